package linge.replies;

/** How strictly an area has answers read. Personal data stops an answer anywhere. */
enum Stance {
    /** Concerns are shown while somebody writes, and kept on record where the answer goes out with them. */
    REMIND,
    /** Any concern stops an answer until it is mended or a supervisor lets it pass. */
    STOP
}
