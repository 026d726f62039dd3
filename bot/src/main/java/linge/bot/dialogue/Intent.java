package linge.bot.dialogue;

/** What a resident wants with one message. */
enum Intent {
    REPORT,
    PROGRESS,
    URGE,
    SUPPLEMENT,
    WITHDRAW,
    RATE,
    TEAM,
    LAW,
    AID,
    MEDIATION,
    HOTLINES,
    PERSON,
    GREETING,
    THANKS,
    BYE,
    ABOUT,
    RESUME,
    CANCEL,
    CHAT
}
