package linge.bot.knowledge.law;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import linge.bot.embed.Embedder;
import linge.bot.knowledge.law.Looked.Fact;

/** Orders the articles a first look found: what searching tells of each, and what people's habits make likely, added up. */
final class Ranking {
    /** Facts, then what the habits say of law, chapter, article and meaning, then the fame of law and article. */
    static final int CLUES = Fact.COUNT + 6;

    /** A first guess at the weights, in the order of the clues. */
    static final float[] GUESS = {0, 20, 10, 50, 100, 0, 0, 0, 20, 20, 20, 50, 0, 0};

    private final Habits habits;
    private final float[] weights;

    Ranking(Habits habits, float[] weights) {
        this.habits = habits;
        this.weights = weights;
    }

    /** Before anything was learned: a guess at what clues are worth, and no habits. */
    static Ranking plain() {
        int size = Embedder.SIZE;
        var silent = LinearMap.of(new float[size][size], size);
        var traits = new Traits(List.of(), new float[0], new float[size]);
        return new Ranking(
                new Habits(
                        traits, List.of(), List.of(), List.of(), silent, new float[size], new float[0], new float[0]),
                GUESS);
    }

    /** This ranking's view of one index: the names it knows as that index numbers them. */
    final class Over {
        private final Vectors vectors;
        private final Layout layout;
        private final int[] lawOf;
        private final int[] chapterOf;
        private final int[] articleOf;

        Over(Layout layout, Vectors vectors) {
            this.layout = layout;
            this.vectors = vectors;
            this.lawOf = known(layout.laws(), habits.laws());
            this.chapterOf = known(layout.chapters(), habits.chapters());
            this.articleOf = known(layout.articles(), habits.articles());
        }

        /** A row an article of the look, a column a clue. */
        float[][] clues(Looked looked) {
            Habits.Outlook outlook = habits.of(looked.question());
            float[][] clues = new float[looked.documents().length][];
            Vectors.Wanted meaning = vectors.wanted(outlook.meaning());
            for (int row = 0; row < clues.length; row++) {
                int document = looked.documents()[row];
                float[] clue = Arrays.copyOf(looked.facts()[row], CLUES);
                clue[Fact.COUNT] = value(outlook.laws(), lawOf[layout.law(document)]);
                clue[Fact.COUNT + 1] = value(outlook.chapters(), chapterOf[layout.chapter(document)]);
                clue[Fact.COUNT + 2] = value(outlook.articles(), articleOf[layout.article(document)]);
                clue[Fact.COUNT + 3] = vectors.product(meaning, document);
                clue[Fact.COUNT + 4] = value(habits.lawFame(), lawOf[layout.law(document)]);
                clue[Fact.COUNT + 5] = value(habits.articleFame(), articleOf[layout.article(document)]);
                clues[row] = clue;
            }
            return clues;
        }

        /** The fame of each law, by its number in this index. */
        float[] lawFame() {
            float[] fame = new float[lawOf.length];
            for (int law = 0; law < fame.length; law++) {
                fame[law] = value(habits.lawFame(), lawOf[law]);
            }
            return fame;
        }

        float[] scores(Looked looked) {
            float[][] clues = clues(looked);
            float[] scores = new float[clues.length];
            for (int row = 0; row < scores.length; row++) {
                scores[row] = Mixer.sum(weights, clues[row]);
            }
            return scores;
        }
    }

    private static float value(float[] values, int number) {
        return number < 0 ? 0 : values[number];
    }

    /** For each name the index has, the number the habits know it by, or -1. */
    private static int[] known(Layout.Names names, List<String> known) {
        int[] numbers = new int[names.count()];
        Arrays.fill(numbers, -1);
        for (int i = 0; i < known.size(); i++) {
            int number = names.number(known.get(i));
            if (number >= 0) {
                numbers[number] = i;
            }
        }
        return numbers;
    }

    void write(DataOutputStream out) throws IOException {
        habits.write(out);
        Habits.writeFloats(out, weights);
    }

    static Ranking read(DataInputStream in) throws IOException {
        var habits = Habits.read(in);
        float[] weights = Habits.readFloats(in);
        if (weights.length != CLUES) {
            throw new IOException("weights for " + weights.length + " clues");
        }
        return new Ranking(habits, weights);
    }
}
