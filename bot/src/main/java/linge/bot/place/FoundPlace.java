package linge.bot.place;

/**
 * A place that a text may mean.
 *
 * @param text the words it was found by
 * @param confidence 0 to 1: about how often such a find is right
 * @param reason a short Chinese sentence for the resident
 */
public record FoundPlace(Place place, String text, double confidence, String reason) {}
