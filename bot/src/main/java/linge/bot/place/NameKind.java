package linge.bot.place;

/** What another name of a place is to it. */
public enum NameKind {
    /** What it was called before. */
    FORMER,
    /** A place that has become part of it. */
    MERGED,
    /** What people say. */
    OTHER,
    /** An estate, a yard or the like that lies in it. */
    ESTATE
}
