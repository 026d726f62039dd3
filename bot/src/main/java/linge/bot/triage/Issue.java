package linge.bot.triage;

/**
 * One matter of a text that may name several.
 *
 * @param text the words that speak of it, normalized
 * @param triaged what it is about and how soon somebody must act
 */
public record Issue(String text, Triaged triaged) {}
