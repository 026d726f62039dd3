package linge.bot.triage.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import linge.bot.embed.Embedder;
import linge.bot.learn.Distillation;
import linge.bot.learn.Distilled;
import linge.bot.learn.Labelled;
import linge.bot.learn.Scored;
import linge.bot.learn.Tally;
import linge.bot.learn.TextModel;
import org.jspecify.annotations.Nullable;

/**
 * Trains the triage model from the lines we wrote, what staff put right and, where given, the shared complaints, and
 * measures it against the present one.
 */
public final class TriageTraining {
    /** A keyword speaks for its category, but nobody complains in one word. */
    private static final double KEYWORD = 0.5;

    /** What staff put right is how residents of this very place write. */
    private static final double CORRECTION = 3;

    private TriageTraining() {}

    /**
     * What to train on.
     *
     * @param lines the folder with lines/, keywords.tsv and held-out.txt
     * @param shared the folder with complaints/; null to do without
     * @param corrections a CSV file of the columns text,label,was,corrected_at; null for none
     * @param folds of the cross-validation on which confidence is calibrated
     * @param threads the result does not depend on it
     */
    public record Sources(
            Path lines, @Nullable Path shared, @Nullable Path corrections, int folds, int threads) {}

    /**
     * A trained model and what it was measured to be.
     *
     * @param crossValidated on our own lines
     * @param heldOut the new model on the held-out lines
     * @param present the present model on the held-out lines
     * @param refusals why it may not replace the present one, in Chinese; empty when it may
     */
    public record Outcome(TextModel model, Tally crossValidated, Tally heldOut, Tally present, List<String> refusals) {
        public Outcome {
            refusals = List.copyOf(refusals);
        }
    }

    /**
     * Trains and measures.
     *
     * @param progress hears in Chinese what is being done
     * @throws BadLines when lines or corrections cannot be used
     * @throws IOException when a file cannot be read
     */
    public static Outcome run(Sources sources, TextModel present, long seed, Consumer<String> progress)
            throws IOException {
        List<Line> held = heldOut(sources.lines());
        List<Line> corrected = sources.corrections() == null ? List.of() : Corrections.read(sources.corrections());
        List<Labelled> own = own(sources.lines(), corrected);
        var distillation = new Distillation(
                own,
                sources.shared() == null ? List.of() : shared(sources.shared(), sources.lines()),
                text -> Embedder.shared().text(text.isBlank() ? "。" : text),
                Distillation.Settings.DEFAULT,
                seed,
                sources.threads(),
                progress);
        return measured(distillation.run(sources.folds()), held, corrected, present);
    }

    /** Corrections first, then our lines, then keywords. */
    static List<Labelled> own(Path folder, List<Line> corrected) throws IOException {
        var own = new ArrayList<Labelled>();
        add(corrected, CORRECTION, own);
        add(OwnLines.read(folder.resolve("lines")), 1, own);
        add(OwnLines.readKeywords(folder.resolve("keywords.tsv")), KEYWORD, own);
        return own;
    }

    /** Complaints of others: the teacher says what they are about. */
    static List<Distillation.Unlabelled> shared(Path data, Path maps) throws IOException {
        List<SharedText> texts = SharedText.read(data, maps).stream()
                .filter(text -> !text.heldOut())
                .toList();
        var shared = new ArrayList<Distillation.Unlabelled>();
        texts.forEach(text -> shared.add(new Distillation.Unlabelled(text.text(), text.allowed())));
        return shared;
    }

    private static Outcome measured(Distilled distilled, List<Line> held, List<Line> corrected, TextModel present) {
        var fresh = new Tally();
        var old = new Tally();
        var answers = new ArrayList<Gate.Answer>();
        for (Line line : held) {
            Scored now = distilled.model().classify(line.text());
            Scored before = present.classify(line.text());
            fresh.add(line.code(), now);
            old.add(line.code(), before);
            answers.add(answer(line, before, now));
        }
        var put = new ArrayList<Gate.Answer>();
        for (int i = 0; i < corrected.size(); i++) {
            Line line = corrected.get(i);
            put.add(answer(
                    line, present.classify(line.text()), distilled.unseen().get(i)));
        }
        return new Outcome(distilled.model(), distilled.crossValidation(), fresh, old, Gate.refusals(answers, put));
    }

    private static Gate.Answer answer(Line line, Scored before, Scored now) {
        return new Gate.Answer(
                line.code(), line.code().equals(before.label()), line.code().equals(now.label()));
    }

    private static void add(List<Line> lines, double weight, List<Labelled> to) {
        lines.forEach(line -> to.add(new Labelled(List.of(line.text()), line.code(), weight)));
    }

    /** The lines that no model is trained on: held-out.txt of a folder of lines. */
    public static List<Line> heldOut(Path folder) throws IOException {
        Path file = folder.resolve("held-out.txt");
        if (!Files.exists(file)) {
            throw new BadLines("目录 " + folder + " 里没有 held-out.txt，无法判断新模型是不是更好。");
        }
        return OwnLines.readFile(file);
    }

    /**
     * Tickets of another city's hotline that are never trained on and whose labels allow exactly one of our categories:
     * not our words, and not chosen by any model.
     *
     * @param shared the shared data folder
     * @param folder of hotline-map.tsv and messages-map.tsv
     */
    public static List<Line> heldOutTickets(Path shared, Path folder) throws IOException {
        return SharedText.read(shared, folder).stream()
                .filter(text -> text.heldOut() && text.allowed().size() == 1)
                .map(text -> new Line(text.allowed().iterator().next(), text.text()))
                .toList();
    }
}
