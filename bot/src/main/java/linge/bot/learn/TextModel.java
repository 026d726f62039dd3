package linge.bot.learn;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A trained classifier of texts. Immutable, so threads may share it. */
public final class TextModel {
    private final List<String> labels;
    private final Lexicon lexicon;
    private final Linear linear;
    private final @Nullable Worded worded;
    private final @Nullable Sensed sensed;
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
        this(labels, lexicon, linear, null, null, calibration, sure, crossValidated);
    }

    TextModel(
            List<String> labels,
            Lexicon lexicon,
            Linear linear,
            @Nullable Worded worded,
            @Nullable Sensed sensed,
            Calibration calibration,
            double sure,
            Figures crossValidated) {
        this.labels = List.copyOf(labels);
        this.lexicon = lexicon;
        this.linear = linear;
        this.worded = worded;
        this.sensed = sensed;
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
        return new Training(lines, options, null, seed, progress).run();
    }

    /**
     * Trains a model that heeds the words and the meaning of a text beside its characters: better, and slower by the few
     * milliseconds that the sentence model in the jar takes for a text. Otherwise as {@link #train}.
     */
    public static Trained trainWithSentences(
            List<Labelled> lines, Options options, long seed, Consumer<String> progress) throws NotEnough {
        return new Training(lines, options, Sentences::vector, seed, progress).run();
    }

    /** Judges a text, given in the fields that the model was trained on. */
    public Scored classify(List<String> fields) {
        if (fields.size() != fields()) {
            throw new IllegalArgumentException("the model reads " + fields() + " fields, not " + fields.size());
        }
        Vector vector = lexicon.vector(worded == null ? fields : Opening.with(fields));
        if (vector.ids().length == 0) {
            return Scored.UNKNOWN;
        }
        double[] scores = linear.scores(vector);
        if (worded != null) {
            scores = worded.joined(scores, fields);
        }
        if (sensed != null) {
            scores = sensed.joined(scores, fields);
        }
        return scored(labels, calibration.shares(scores), sure);
    }

    /** Judges one text that is not parted into fields: it is taken for each of them. */
    public Scored classify(String text) {
        return classify(java.util.Collections.nCopies(fields(), text));
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
        return worded == null ? lexicon.fields() : worded.lexicon().fields();
    }

    /** How many features it knows. */
    public int features() {
        return lexicon.size() + (worded == null ? 0 : worded.lexicon().size());
    }

    /** How much it heeds sentence vectors beside characters, 0 to 1; 0 where it has none. */
    public double meaningShare() {
        return sensed == null ? 0 : sensed.share();
    }

    /** How much it heeds words beside characters, 0 to 1; 0 where it has none. */
    public double wordShare() {
        return worded == null ? 0 : worded.share();
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
        return ModelFile.read(in, Sentences::vector);
    }

    Lexicon lexicon() {
        return lexicon;
    }

    Linear linear() {
        return linear;
    }

    @Nullable
    Worded worded() {
        return worded;
    }

    @Nullable
    Sensed sensed() {
        return sensed;
    }

    Calibration calibration() {
        return calibration;
    }
}
