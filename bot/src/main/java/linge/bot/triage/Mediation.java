package linge.bot.triage;

/** The kind of people's mediation committee that a dispute goes to. */
public enum Mediation {
    FAMILY,
    NEIGHBOURS,
    PROPERTY,
    LABOUR,
    TRAFFIC,
    MEDICAL,
    LAND,
    CONSUMER
}
