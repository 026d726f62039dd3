package linge.bot.learn;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** A trained classifier of texts. Immutable, so threads may share it. */
public final class TextModel {
    private final List<String> labels;
    private final Lexicon lexicon;
    private final Linear linear;
    private final Calibration calibration;
    private final double sure;
    private final Figures crossValidated;

    TextModel(
            List<String> labels,
            Lexicon lexicon,
            Linear linear,
            Calibration calibration,
            double sure,
            Figures crossValidated) {
        this.labels = List.copyOf(labels);
        this.lexicon = lexicon;
        this.linear = linear;
        this.calibration = calibration;
        this.sure = sure;
        this.crossValidated = crossValidated;
    }

    /**
     * Trains a model; the same lines, options and seed give the same model, byte for byte.
     *
     * @param lines at least two labels with as many lines each as options has folds; all with the same number of fields
     * @param progress hears in Chinese what is being done
     * @throws NotEnough when there is too little to learn from
     */
    public static Trained train(List<Labelled> lines, Options options, long seed, Consumer<String> progress)
            throws NotEnough {
        return new Training(lines, options, seed, progress).run();
    }

    /** Judges a text, given in the fields that the model was trained on. */
    public Scored classify(List<String> fields) {
        if (fields.size() != fields()) {
            throw new IllegalArgumentException("the model reads " + fields() + " fields, not " + fields.size());
        }
        return judge(lexicon.vector(fields));
    }

    /** Judges one text that is not parted into fields: it is taken for each of them. */
    public Scored classify(String text) {
        return classify(java.util.Collections.nCopies(fields(), text));
    }

    private Scored judge(Vector vector) {
        return vector.ids().length == 0
                ? Scored.UNKNOWN
                : scored(labels, calibration.shares(linear.scores(vector)), sure);
    }

    static Scored scored(List<String> labels, double[] shares, double sure) {
        var ranked = new ArrayList<Share>(shares.length);
        for (int k = 0; k < shares.length; k++) {
            ranked.add(new Share(labels.get(k), shares[k]));
        }
        ranked.sort(Comparator.comparingDouble(Share::confidence).reversed());
        Share best = ranked.get(0);
        return new Scored(best.label(), best.confidence(), best.confidence() < sure, ranked);
    }

    /** The labels it knows, sorted. */
    public List<String> labels() {
        return labels;
    }

    /** How many fields a text has. */
    public int fields() {
        return lexicon.fields();
    }

    /** How many features it knows. */
    public int features() {
        return lexicon.size();
    }

    /** Below this confidence it abstains. */
    public double sure() {
        return sure;
    }

    /** How well it did in the cross-validation of its training, each line judged by a model that had not seen it. */
    public Figures crossValidated() {
        return crossValidated;
    }

    /** Writes the model; the stream stays open. */
    public void save(OutputStream out) throws IOException {
        ModelFile.write(this, out);
    }

    /**
     * Reads a model that {@link #save} wrote; the stream stays open.
     *
     * @throws BadModel when it is something else, of another version, cut short or changed
     */
    public static TextModel load(InputStream in) throws IOException {
        return ModelFile.read(in);
    }

    Lexicon lexicon() {
        return lexicon;
    }

    Linear linear() {
        return linear;
    }

    Calibration calibration() {
        return calibration;
    }
}
