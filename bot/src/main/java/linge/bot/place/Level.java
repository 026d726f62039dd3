package linge.bot.place;

/** How large a place is, largest first. */
public enum Level {
    CITY,
    COUNTY,
    TOWN,
    VILLAGE
}
