package linge.bot.triage;

/** A category with its share of the model's belief, 0 to 1. */
public record ScoredCategory(Category category, double confidence) {}
