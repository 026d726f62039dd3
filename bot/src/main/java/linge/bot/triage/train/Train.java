package linge.bot.triage.train;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import linge.bot.triage.CategoryModel;
import opennlp.tools.doccat.BagOfWordsFeatureGenerator;
import opennlp.tools.doccat.DoccatFactory;
import opennlp.tools.doccat.DoccatModel;
import opennlp.tools.doccat.DocumentCategorizerME;
import opennlp.tools.doccat.DocumentSample;
import opennlp.tools.doccat.FeatureGenerator;
import opennlp.tools.util.ObjectStreamUtils;
import opennlp.tools.util.TrainingParameters;
import org.jspecify.annotations.Nullable;

/**
 * Trains the shipped category model and prints its held-out score. A command-line tool:
 *
 * <p>{@code Train <folder of src/data/triage> <model file to write> [shared data folder]}
 */
public final class Train {
    /** Our own lines are the way residents write to us: each counts as several of the others. */
    private static final int WEIGHT_OF_OWN = 3;

    private static final int HELD_OUT_EVERY = 5;

    private Train() {}

    public static void main(String[] args) throws IOException {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path data = Path.of(args[0]);
        List<Line> own = OwnLines.read(data.resolve("lines"));
        var seen = new ArrayList<Line>();
        var held = new ArrayList<Line>();
        split(own, seen, held);
        List<Line> keywords = OwnLines.readKeywords(data.resolve("keywords.tsv"));
        seen.addAll(keywords);
        own.addAll(keywords);

        CategoryModel ownOnly = new CategoryModel(train(seen, List.of()));
        out.println("own lines only: " + Score.of(ownOnly, held));
        @Nullable Path sharedData = args.length > 2 ? Path.of(args[2]) : null;
        List<Line> shared = sharedData == null ? List.of() : SharedLines.read(sharedData, data, ownOnly);
        if (sharedData != null) {
            List<Line> tickets = SharedLines.heldOut(sharedData, data);
            out.println("own lines only, on held-out tickets: " + Score.of(ownOnly, tickets));
            CategoryModel both = new CategoryModel(train(seen, shared));
            Score score = Score.of(both, held);
            out.println("own and " + shared.size() + " shared: " + score);
            print(score, out);
            Score onTickets = Score.of(both, tickets);
            out.println("own and shared, on held-out tickets: " + onTickets);
            print(onTickets, out);
            score.answers().stream()
                    .filter(answer -> !answer.isRight())
                    .forEach(answer -> out.println("  " + answer.line().text() + ": "
                            + answer.line().code() + " said " + answer.said() + " "
                            + Math.round(answer.confidence() * 100)));
        }
        DoccatModel model = train(own, shared);
        try (OutputStream file = Files.newOutputStream(Path.of(args[1]))) {
            model.serialize(file);
        }
        Path unseen = data.resolve("held-out.txt");
        if (Files.exists(unseen)) {
            Score last = Score.of(new CategoryModel(model), OwnLines.readFile(unseen));
            out.println("shipped model on held-out.txt: " + last);
            print(last, out);
        }
    }

    private static void print(Score score, PrintStream out) {
        out.println("| at least | answered | right |");
        for (double confidence : new double[] {0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7}) {
            out.println(score.atLeast(confidence));
        }
    }

    /** Every fifth line of each category is held out, so that the split is the same each time. */
    private static void split(List<Line> own, List<Line> seen, List<Line> held) {
        Map<String, Integer> index = new HashMap<>();
        for (Line line : own) {
            boolean out = index.merge(line.code(), 1, Integer::sum) % HELD_OUT_EVERY == 0;
            (out ? held : seen).add(line);
        }
    }

    private static DoccatModel train(List<Line> own, List<Line> shared) throws IOException {
        var samples = new ArrayList<DocumentSample>();
        for (int i = 0; i < (shared.isEmpty() ? 1 : WEIGHT_OF_OWN); i++) {
            own.stream().filter(line -> line.features().length > 0).forEach(line -> samples.add(line.sample()));
        }
        shared.forEach(line -> samples.add(line.sample()));
        var parameters = new TrainingParameters();
        parameters.put(TrainingParameters.ALGORITHM_PARAM, "MAXENT_QN");
        parameters.put(TrainingParameters.ITERATIONS_PARAM, 40);
        // The shared lines have been cut to features seen five times already; a word of our own lines counts from once.
        parameters.put(TrainingParameters.CUTOFF_PARAM, 1);
        parameters.put(TrainingParameters.THREADS_PARAM, 2);
        // Fewer remembered steps than the default 15: a third of the memory, and no worse here.
        parameters.put("NumOfUpdates", 5);
        parameters.put("L1Cost", 0.1);
        parameters.put("L2Cost", 0.1);
        parameters.put("PrintMessages", false);
        return DocumentCategorizerME.train(
                "zh",
                ObjectStreamUtils.createObjectStream(samples),
                parameters,
                new DoccatFactory(new FeatureGenerator[] {new BagOfWordsFeatureGenerator()}));
    }
}
