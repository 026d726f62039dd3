package linge.bot.knowledge.law;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;

/** The articles as they lie in the index, by number of document and by law and number. */
final class ArticleStore {
    static final String KEY = "key";
    static final String LAW = "law";
    static final String TITLE = "title";
    static final String CHAPTER = "chapter";
    static final String ARTICLE = "article";
    static final String TEXT = "text";
    static final String VERSION = "version";
    static final String STATUS = "status";
    static final String WORDS = "words";
    static final String GRAMS = "grams";
    static final String HEAD = "head";

    /** No law has more wordings of one article than this. */
    private static final int MOST_VERSIONS = 100;

    private final IndexReader reader;
    private final IndexSearcher searcher;
    private final LawCatalog catalog;

    ArticleStore(IndexReader reader) throws IOException {
        this.reader = reader;
        this.searcher = new IndexSearcher(reader);
        Map<String, LawCatalog.Entry> laws = new LinkedHashMap<>();
        StoredFields stored = reader.storedFields();
        var wanted = java.util.Set.of(LAW, TITLE, STATUS);
        for (int i = 0; i < reader.maxDoc(); i++) {
            Document document = stored.document(i, wanted);
            boolean current = Status.CURRENT.name().equals(document.get(STATUS));
            // Those in force come first and stay.
            laws.putIfAbsent(document.get(LAW), new LawCatalog.Entry(document.get(LAW), document.get(TITLE), current));
        }
        this.catalog = new LawCatalog(laws.values());
    }

    static String key(String law, String article) {
        return law + "#" + ArticleNumber.of(article).map(ArticleNumber::key).orElse(article);
    }

    Article article(int document) throws IOException {
        Document stored = reader.storedFields().document(document);
        return new Article(
                stored.get(LAW),
                stored.get(TITLE),
                stored.get(CHAPTER),
                stored.get(ARTICLE),
                stored.get(TEXT),
                stored.get(VERSION),
                Status.valueOf(stored.get(STATUS)));
    }

    /** The article in force, or else its newest wording. */
    Optional<Article> article(String law, String article) throws IOException {
        Optional<ArticleNumber> number = ArticleNumber.of(article);
        Optional<String> found = catalog.law(law);
        if (number.isEmpty() || found.isEmpty()) {
            return Optional.empty();
        }
        var query = new TermQuery(new Term(KEY, found.get() + "#" + number.get().key()));
        Article best = null;
        for (ScoreDoc hit : searcher.search(query, MOST_VERSIONS).scoreDocs) {
            Article each = article(hit.doc);
            if (each.status() == Status.CURRENT) {
                return Optional.of(each);
            }
            if (best == null || each.version().compareTo(best.version()) > 0) {
                best = each;
            }
        }
        return Optional.ofNullable(best);
    }
}
