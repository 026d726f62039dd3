package linge.bot.knowledge.law;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.store.FSDirectory;

/**
 * The imported statutes: found by question, or by name and number. Read-only and thread-safe; an import into the same
 * folder does not disturb an index that is open, it is seen by the next one opened.
 */
public final class LawIndex implements Statutes, Closeable {
    private final IndexFolder.Built built;
    private final DirectoryReader reader;
    private final ArticleStore store;
    private final Layout layout;
    private final Vectors vectors;
    private final FirstLook firstLook;
    private final Ranking.Over ranking;
    private final float[] lawFame;

    private LawIndex(IndexFolder.Built built, DirectoryReader reader, Vectors vectors, Ranking ranking)
            throws IOException {
        this.built = built;
        this.reader = reader;
        this.store = new ArticleStore(reader);
        this.layout = new Layout(reader, built.searched());
        this.vectors = vectors;
        this.firstLook = new FirstLook(reader, vectors, layout);
        this.ranking = ranking.new Over(layout, vectors);
        this.lawFame = this.ranking.lawFame();
    }

    /**
     * Opens the index that the last whole import left in a folder, with the ranking that comes with this version.
     *
     * @throws LawIndexException if there is none, or it is damaged or of another format
     */
    public static LawIndex open(Path dir) {
        return open(dir, RankingFile.shipped());
    }

    /** Opens an index with a ranking that {@link LawLearning} wrote. */
    public static LawIndex open(Path dir, Path ranking) {
        return open(dir, RankingFile.read(ranking));
    }

    static LawIndex open(Path dir, Ranking ranking) {
        var folder = new IndexFolder(dir);
        IndexFolder.Built built = folder.built();
        try {
            Vectors vectors = Vectors.read(folder.of(built).resolve(IndexBuilder.VECTORS), built.searched());
            var reader = DirectoryReader.open(FSDirectory.open(folder.of(built).resolve(IndexBuilder.LUCENE)));
            if (reader.maxDoc() != built.articles()) {
                reader.close();
                throw new LawIndexException("法条索引不完整，请重新运行 laws import：" + dir);
            }
            return new LawIndex(built, reader, vectors, ranking);
        } catch (CorruptIndexException | IndexFormatTooOldException | IndexFormatTooNewException e) {
            throw new LawIndexException("法条索引已损坏，请重新运行 laws import：" + dir, e);
        } catch (IOException e) {
            throw new LawIndexException("法条索引打不开，请重新运行 laws import：" + dir + "（" + e.getMessage() + "）", e);
        }
    }

    /**
     * The articles in force that fit a question best, best first.
     *
     * @param question in a resident's words; one without a letter, digit or Chinese character finds nothing
     * @param k at most this many
     */
    @Override
    public List<ArticleHit> search(String question, int k) {
        var hits = new ArrayList<ArticleHit>();
        if (k <= 0 || question.codePoints().noneMatch(Character::isLetterOrDigit)) {
            return hits;
        }
        try {
            Looked looked = look(question, lawFame);
            float[] scores = ranking.scores(looked);
            for (int row : FirstLook.Top.of(scores, k)) {
                hits.add(new ArticleHit(store.article(looked.documents()[row]), scores[row]));
            }
            return List.copyOf(hits);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Many questions at once on every processor; the answers in their order, each as if asked alone. */
    public List<List<ArticleHit>> search(List<Question> questions, int k) {
        return Parallel.map(questions, question -> search(question.text(), k));
    }

    /**
     * One article, by any usual name of its law (with or without 中华人民共和国 and 《》, short or in full) and its number
     * (“30”, “第三十条”, “二百八十七条之一”). The wording in force; of a law that has ended the last one, which says so.
     */
    @Override
    public Optional<Article> article(String law, String article) {
        try {
            return store.article(law, article);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The article that a name of law and article in one means, “劳动合同法第三十条”. */
    public Optional<Article> named(String lawAndArticle) {
        int split = lawAndArticle.lastIndexOf('第');
        return split <= 0
                ? Optional.empty()
                : article(lawAndArticle.substring(0, split), lawAndArticle.substring(split));
    }

    /** How many articles are in force and searched. */
    public int size() {
        return built.searched();
    }

    Looked look(String question, float[] fame) {
        try {
            return firstLook.at(QuestionView.of(question), fame);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The number of an article in force, by a name of law and article in one. */
    Optional<Integer> document(String lawAndArticle) {
        return named(lawAndArticle)
                .filter(article -> article.status() == Status.CURRENT)
                .map(article -> layout.articles().number(ArticleStore.key(article.law(), article.article())))
                .map(layout::documentOfArticle);
    }

    Layout layout() {
        return layout;
    }

    Vectors vectors() {
        return vectors;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
