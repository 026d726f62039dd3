package linge.bot.learn;

/**
 * How a model is trained.
 *
 * @param minDocs features seen in fewer texts are dropped: 5 keeps what one person wrote out of the weights
 * @param mostRead characters read of a field
 * @param cost how dear a wrong line is against large weights (C of a support vector machine)
 * @param balance 0: every line counts the same; 1: every label counts the same
 * @param folds parts of the cross-validation that confidence is calibrated on
 * @param answered share of texts that are to be answered without abstaining
 * @param threads for training; the result does not depend on it
 */
public record Options(int minDocs, int mostRead, double cost, double balance, int folds, double answered, int threads) {
    public static final Options DEFAULT = new Options(5, 4_000, 1, 0.5, 5, 0.9, 2);

    public Options {
        if (minDocs < 1
                || mostRead < 1
                || !(cost > 0)
                || folds < 2
                || !(answered > 0 && answered <= 1)
                || threads < 1) {
            throw new IllegalArgumentException("options out of range");
        }
    }

    public Options minDocs(int least) {
        return new Options(least, mostRead, cost, balance, folds, answered, threads);
    }

    public Options cost(double dear) {
        return new Options(minDocs, mostRead, dear, balance, folds, answered, threads);
    }

    public Options balance(double share) {
        return new Options(minDocs, mostRead, cost, share, folds, answered, threads);
    }

    public Options folds(int parts) {
        return new Options(minDocs, mostRead, cost, balance, parts, answered, threads);
    }

    public Options answered(double share) {
        return new Options(minDocs, mostRead, cost, balance, folds, share, threads);
    }

    public Options threads(int many) {
        return new Options(minDocs, mostRead, cost, balance, folds, answered, many);
    }
}
