package linge.board;

/** What one figure came to: how many rounds it is counted among, and how many of them meet it. A plain count meets itself. */
public record Count(long base, long hit) {

    static final Count NONE = new Count(0, 0);

    Count plus(long more, long met) {
        return new Count(base + more, hit + met);
    }
}
