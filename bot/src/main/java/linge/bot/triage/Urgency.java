package linge.bot.triage;

/** How soon somebody must act. An emergency is told its number at once and never only filed. */
public enum Urgency {
    NORMAL,
    URGENT,
    EMERGENCY
}
