package linge.bot.knowledge.law;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import linge.bot.embed.Embedder;

/**
 * What people usually ask of which law, learned from questions with known answers: linear maps from a question to laws,
 * to chapters, to single articles, and to the meaning an answering article is likely to have. The last works for any law;
 * the others only speak of laws, chapters and articles that were asked about, and are silent about all else.
 */
final class Habits {
    private final Traits traits;
    private final List<String> laws;
    private final List<String> chapters;
    private final List<String> articles;
    private final LinearMap map;
    private final float[] usualMeaning;
    private final float[] lawFame;
    private final float[] articleFame;

    /**
     * @param map from traits to laws, chapters, articles and meaning, in this order
     * @param lawFame of each law, the logarithm of one more than the questions it answered; articleFame likewise
     */
    Habits(
            Traits traits,
            List<String> laws,
            List<String> chapters,
            List<String> articles,
            LinearMap map,
            float[] usualMeaning,
            float[] lawFame,
            float[] articleFame) {
        this.traits = traits;
        this.laws = List.copyOf(laws);
        this.chapters = List.copyOf(chapters);
        this.articles = List.copyOf(articles);
        this.map = map;
        this.usualMeaning = usualMeaning;
        this.lawFame = lawFame;
        this.articleFame = articleFame;
    }

    /**
     * What is to be expected of a question.
     *
     * @param laws how likely each known law, about 0 to 1; so chapters and articles
     * @param meaning of an article that answers
     */
    record Outlook(float[] laws, float[] chapters, float[] articles, float[] meaning) {}

    Outlook of(QuestionView question) {
        float[] all = map.apply(traits.of(question));
        int chapterFrom = laws.size();
        int articleFrom = chapterFrom + chapters.size();
        int meaningFrom = articleFrom + articles.size();
        float[] meaning = java.util.Arrays.copyOfRange(all, meaningFrom, meaningFrom + Embedder.SIZE);
        for (int i = 0; i < meaning.length; i++) {
            meaning[i] += usualMeaning[i];
        }
        return new Outlook(
                java.util.Arrays.copyOfRange(all, 0, chapterFrom),
                java.util.Arrays.copyOfRange(all, chapterFrom, articleFrom),
                java.util.Arrays.copyOfRange(all, articleFrom, meaningFrom),
                meaning);
    }

    List<String> laws() {
        return laws;
    }

    List<String> chapters() {
        return chapters;
    }

    List<String> articles() {
        return articles;
    }

    float[] lawFame() {
        return lawFame;
    }

    float[] articleFame() {
        return articleFame;
    }

    void write(DataOutputStream out) throws IOException {
        writeNames(out, traits.runs());
        writeFloats(out, traits.rarity());
        writeFloats(out, traits.centre());
        writeNames(out, laws);
        writeNames(out, chapters);
        writeNames(out, articles);
        map.write(out);
        writeFloats(out, usualMeaning);
        writeFloats(out, lawFame);
        writeFloats(out, articleFame);
    }

    static Habits read(DataInputStream in) throws IOException {
        var traits = new Traits(readNames(in), readFloats(in), readFloats(in));
        return new Habits(
                traits,
                readNames(in),
                readNames(in),
                readNames(in),
                LinearMap.read(in),
                readFloats(in),
                readFloats(in),
                readFloats(in));
    }

    private static void writeNames(DataOutputStream out, List<String> names) throws IOException {
        out.writeInt(names.size());
        for (String name : names) {
            out.writeUTF(name);
        }
    }

    private static List<String> readNames(DataInputStream in) throws IOException {
        int count = in.readInt();
        var names = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            names.add(in.readUTF());
        }
        return names;
    }

    static void writeFloats(DataOutputStream out, float[] values) throws IOException {
        out.writeInt(values.length);
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    static float[] readFloats(DataInputStream in) throws IOException {
        float[] values = new float[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readFloat();
        }
        return values;
    }
}
