package linge.bot.knowledge.law;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
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
    private final Searching searching;

    private LawIndex(IndexFolder.Built built, DirectoryReader reader, ArticleStore store, Searching searching) {
        this.built = built;
        this.reader = reader;
        this.store = store;
        this.searching = searching;
    }

    /**
     * Opens the index that the last whole import left in a folder.
     *
     * @throws LawIndexException if there is none, or it is damaged or of another format
     */
    public static LawIndex open(Path dir) {
        var folder = new IndexFolder(dir);
        IndexFolder.Built built = folder.built();
        try {
            var reader = DirectoryReader.open(FSDirectory.open(folder.of(built).resolve(IndexBuilder.LUCENE)));
            if (reader.maxDoc() != built.articles()) {
                throw new LawIndexException("法条索引不完整，请重新运行 laws import：" + dir);
            }
            Vectors vectors = Vectors.read(folder.of(built).resolve(IndexBuilder.VECTORS), built.searched());
            return new LawIndex(built, reader, new ArticleStore(reader), new Searching(reader, vectors));
        } catch (CorruptIndexException | IndexFormatTooOldException | IndexFormatTooNewException e) {
            throw new LawIndexException("法条索引已损坏，请重新运行 laws import：" + dir, e);
        } catch (IOException e) {
            throw new LawIndexException("法条索引打不开，请重新运行 laws import：" + dir + "（" + e.getMessage() + "）", e);
        }
    }

    /**
     * The articles in force that fit a question best, best first.
     *
     * @param question in a resident's words; only blanks find nothing
     * @param k at most this many
     */
    @Override
    public List<ArticleHit> search(String question, int k) {
        try {
            var hits = new java.util.ArrayList<ArticleHit>();
            for (Searching.Found found : searching.best(question, k)) {
                hits.add(new ArticleHit(store.article(found.document()), found.score()));
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

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
