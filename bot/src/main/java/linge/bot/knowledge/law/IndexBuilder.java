package linge.bot.knowledge.law;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import linge.bot.embed.Embedder;
import linge.bot.text.Normalizer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Writes articles into an empty folder: Lucene's index of their words, and their vectors. */
final class IndexBuilder {
    static final String LUCENE = "lucene";
    static final String VECTORS = "vectors.bin";

    private static final FieldType SEARCHED = new FieldType();

    static {
        SEARCHED.setTokenized(true);
        SEARCHED.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        SEARCHED.freeze();
    }

    private final List<Article> articles;
    private final Map<Long, Vectors.Row> known;
    private final LawImport.Progress progress;

    /**
     * @param articles those in force first
     * @param known vectors of texts met before
     */
    IndexBuilder(List<Article> articles, Map<Long, Vectors.Row> known, LawImport.Progress progress) {
        this.articles = articles;
        this.known = known;
        this.progress = progress;
    }

    IndexFolder.Counts into(Path folder) throws IOException {
        int searched = (int) articles.stream()
                .filter(article -> article.status() == Status.CURRENT)
                .count();
        progress.at(0, searched);
        writeWords(folder.resolve(LUCENE));
        Vectors.write(folder.resolve(VECTORS), embed(articles.subList(0, searched)));
        return new IndexFolder.Counts(articles.size(), searched);
    }

    private void writeWords(Path folder) throws IOException {
        var config = new IndexWriterConfig(null);
        // Merges only neighbours, so that an article keeps the number it was written under.
        config.setMergePolicy(new LogDocMergePolicy());
        config.setRAMBufferSizeMB(64);
        try (var directory = FSDirectory.open(folder);
                var writer = new IndexWriter(directory, config)) {
            for (Article article : articles) {
                writer.addDocument(document(article));
            }
            writer.forceMerge(1);
        }
    }

    private static Document document(Article article) {
        var document = new Document();
        document.add(
                new StringField(ArticleStore.KEY, ArticleStore.key(article.law(), article.article()), Field.Store.NO));
        document.add(new StoredField(ArticleStore.LAW, article.law()));
        document.add(new StoredField(ArticleStore.TITLE, article.title()));
        document.add(new StoredField(ArticleStore.CHAPTER, article.chapter()));
        document.add(new StoredField(ArticleStore.ARTICLE, article.article()));
        document.add(new StoredField(ArticleStore.TEXT, article.text()));
        document.add(new StoredField(ArticleStore.VERSION, article.version()));
        document.add(new StoredField(ArticleStore.STATUS, article.status().name()));
        if (article.status() == Status.CURRENT) {
            String text = Normalizer.normalize(article.text());
            String head = Normalizer.normalize(article.law() + "。" + article.chapter());
            document.add(new SortedDocValuesField(Layout.LAW, new BytesRef(article.law())));
            document.add(
                    new SortedDocValuesField(Layout.CHAPTER, new BytesRef(article.law() + "|" + article.chapter())));
            document.add(new SortedDocValuesField(
                    Layout.ARTICLE, new BytesRef(ArticleStore.key(article.law(), article.article()))));
            document.add(new NumericDocValuesField(Layout.LENGTH, article.text().length()));
            document.add(new Field(ArticleStore.WORDS, new Tokens(Tokens.words(text)), SEARCHED));
            document.add(new Field(ArticleStore.GRAMS, new Tokens(Tokens.grams(text)), SEARCHED));
            document.add(new Field(ArticleStore.HEAD, new Tokens(Tokens.grams(head)), SEARCHED));
        }
        return document;
    }

    /** What the sentence model reads of an article. */
    static String read(Article article) {
        return article.law() + " " + article.chapter() + "\n" + article.text();
    }

    private Vectors.Row[] embed(List<Article> current) {
        var rows = new Vectors.Row[current.size()];
        var done = new AtomicInteger();
        Parallel.each(rows.length, i -> {
            String text = read(current.get(i));
            long print = Vectors.print(text);
            Vectors.@Nullable Row before = known.get(print);
            rows[i] = before != null
                    ? before
                    : Vectors.Row.of(print, Embedder.shared().text(text));
            progress.at(done.incrementAndGet(), rows.length);
        });
        return rows;
    }
}
