package linge.grids.demo;

/** Numbers that look thrown and are the same for the same words on every machine. */
final class Dice {
    private long state;

    Dice(String words) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < words.length(); i++) {
            hash = (hash ^ words.charAt(i)) * 0x100000001b3L;
        }
        state = hash;
    }

    /** From 0 to 1, without 1; splitmix64. */
    double next() {
        state += 0x9e3779b97f4a7c15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
    }

    double between(double low, double high) {
        return low + next() * (high - low);
    }

    int between(int low, int highInclusive) {
        return low + (int) (next() * (highInclusive - low + 1));
    }
}
