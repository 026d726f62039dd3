package linge.bot.knowledge.law;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;
import linge.bot.embed.Embedder;
import linge.bot.text.Normalizer;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;

/** Joins what the words of a question find with what its meaning finds. */
final class Searching {
    private static final int DEEP = 300;

    private final IndexSearcher searcher;
    private final Vectors vectors;

    Searching(IndexReader reader, Vectors vectors) {
        this.searcher = new IndexSearcher(reader);
        this.searcher.setSimilarity(new BM25Similarity());
        this.vectors = vectors;
    }

    /** A document and how well it fits. */
    record Found(int document, double score) {}

    List<Found> best(String question, int k) throws IOException {
        String normalized = Normalizer.normalize(question);
        if (normalized.isEmpty() || k <= 0) {
            return List.of();
        }
        double[] fused = new double[vectors.count()];
        add(fused, search(ArticleStore.GRAMS, Tokens.grams(normalized)));
        add(fused, search(ArticleStore.WORDS, Tokens.words(normalized)));
        float[] cosines = vectors.cosines(Embedder.shared().question(normalized));
        add(
                fused,
                IntStream.range(0, cosines.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> -cosines[i]))
                        .limit(DEEP)
                        .mapToInt(i -> i)
                        .toArray());
        var found = new ArrayList<Found>();
        for (int i = 0; i < fused.length; i++) {
            if (fused[i] > 0) {
                found.add(new Found(i, fused[i]));
            }
        }
        found.sort(Comparator.comparingDouble(Found::score).reversed().thenComparingInt(Found::document));
        return found.subList(0, Math.min(k, found.size()));
    }

    private int[] search(String field, List<String> tokens) throws IOException {
        var query = new BooleanQuery.Builder();
        for (String token : new LinkedHashSet<>(tokens)) {
            if (query.build().clauses().size() < IndexSearcher.getMaxClauseCount()) {
                query.add(new TermQuery(new Term(field, token)), BooleanClause.Occur.SHOULD);
            }
        }
        ScoreDoc[] hits = searcher.search(query.build(), DEEP).scoreDocs;
        return IntStream.range(0, hits.length).map(i -> hits[i].doc).toArray();
    }

    private static void add(double[] fused, int[] ranked) {
        for (int rank = 0; rank < ranked.length; rank++) {
            fused[ranked[rank]] += 1.0 / (60 + rank);
        }
    }
}
