package linge.bot.learn;

/** A new model and, line by line, how models trained without that line did in cross-validation. */
public record Trained(TextModel model, Tally crossValidation) {}
