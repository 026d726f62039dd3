package linge.bot.knowledge.law;

/** Whether an article of law holds. */
public enum Status {
    /** In force: searched and cited. */
    CURRENT,
    /** An older wording of a law that still holds. */
    SUPERSEDED,
    /** The whole law has ended. */
    REPEALED
}
