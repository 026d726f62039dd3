package linge.bot.learn;

/**
 * How well a model did on lines it had not seen.
 *
 * @param accuracy share of right answers, abstained ones counted at their best guess
 * @param macroF1 mean of the F1 of every label that the lines have
 * @param ece expected calibration error: how far confidence is from being right, over 15 bins
 * @param abstained share of lines that a person would be asked about
 * @param accuracyAnswered share of right answers among those not abstained
 */
public record Figures(int n, double accuracy, double macroF1, double ece, double abstained, double accuracyAnswered) {}
