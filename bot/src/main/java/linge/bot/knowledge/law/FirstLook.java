package linge.bot.knowledge.law;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import linge.bot.knowledge.law.Looked.Fact;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;

/** Scores every article in force by words and by meaning, and keeps the likeliest for the ranking that was learned. */
final class FirstLook {
    /** Deep enough that on known questions nearly no right article is lost, small enough to rank in a few milliseconds. */
    private static final int KEPT = 3_000;

    /** Questions have fewer; more clauses than Lucene allows would be refused. */
    private static final int MOST_TERMS = 1_000;

    private static final float RAW_SCALE = 1f / 50;
    private static final float LENGTH_SCALE = 1f / 5;

    private final IndexSearcher searcher;
    private final Vectors vectors;
    private final Layout layout;

    FirstLook(IndexReader reader, Vectors vectors, Layout layout) {
        this.searcher = new IndexSearcher(reader);
        this.searcher.setSimilarity(new BM25Similarity());
        this.vectors = vectors;
        this.layout = layout;
    }

    /** @param lawFame of each law of the layout: laws often asked about get a nearer look */
    Looked at(QuestionView question, float[] lawFame) throws IOException {
        List<String> grams = Tokens.grams(question.normalized());
        float[] byGrams = scores(ArticleStore.GRAMS, grams);
        float[] byWords = scores(ArticleStore.WORDS, Tokens.words(question.normalized()));
        float[] byHead = scores(ArticleStore.HEAD, grams);
        float[] meaning = vectors.cosines(question.vector());
        float mostGrams = most(byGrams);
        float mostWords = most(byWords);
        float mostHead = most(byHead);
        float[] rough = new float[meaning.length];
        for (int i = 0; i < rough.length; i++) {
            rough[i] = byGrams[i] / mostGrams
                    + 0.5f * byWords[i] / mostWords
                    + 0.3f * byHead[i] / mostHead
                    + 4 * meaning[i]
                    + 0.1f * lawFame[layout.law(i)];
        }
        int[] kept = Top.of(rough, KEPT);
        float[][] facts = new float[kept.length][Fact.COUNT];
        for (int row = 0; row < kept.length; row++) {
            int at = kept[row];
            float[] fact = facts[row];
            fact[Fact.GRAMS.ordinal()] = byGrams[at] / mostGrams;
            fact[Fact.WORDS.ordinal()] = byWords[at] / mostWords;
            fact[Fact.HEAD.ordinal()] = byHead[at] / mostHead;
            fact[Fact.GRAMS_RAW.ordinal()] = byGrams[at] * RAW_SCALE;
            fact[Fact.MEANING.ordinal()] = meaning[at];
            fact[Fact.BESIDE.ordinal()] = beside(byGrams, at) / mostGrams;
            fact[Fact.MEANING_BESIDE.ordinal()] = beside(meaning, at);
            fact[Fact.LENGTH.ordinal()] = (float) Math.log(1 + layout.length(at)) * LENGTH_SCALE;
        }
        return new Looked(question, kept, facts);
    }

    private float beside(float[] scores, int at) {
        float before = at > 0 && layout.law(at - 1) == layout.law(at) ? scores[at - 1] : 0;
        float after = at + 1 < scores.length && layout.law(at + 1) == layout.law(at) ? scores[at + 1] : 0;
        return Math.max(before, after);
    }

    private static float most(float[] scores) {
        float most = 1e-6f;
        for (float score : scores) {
            most = Math.max(most, score);
        }
        return most;
    }

    /** BM25 of every article in force. */
    private float[] scores(String field, Collection<String> tokens) throws IOException {
        float[] scores = new float[vectors.count()];
        var query = new BooleanQuery.Builder();
        new LinkedHashSet<>(tokens)
                .stream()
                        .limit(MOST_TERMS)
                        .forEach(token -> query.add(new TermQuery(new Term(field, token)), BooleanClause.Occur.SHOULD));
        searcher.search(query.build(), new CollectorManager<Collector, float[]>() {
            @Override
            public Collector newCollector() {
                return new IntoArray(scores);
            }

            @Override
            public float[] reduce(Collection<Collector> collectors) {
                return scores;
            }
        });
        return scores;
    }

    /** Writes each document's score to its place. */
    private static final class IntoArray extends SimpleCollector {
        private final float[] scores;
        private int base;
        private Scorable scorer = NOTHING;

        private static final Scorable NOTHING = new Scorable() {
            @Override
            public float score() {
                return 0;
            }

            @Override
            public int docID() {
                return -1;
            }
        };

        IntoArray(float[] scores) {
            this.scores = scores;
        }

        @Override
        protected void doSetNextReader(LeafReaderContext context) {
            base = context.docBase;
        }

        @Override
        public void setScorer(Scorable now) {
            scorer = now;
        }

        @Override
        public void collect(int document) throws IOException {
            scores[base + document] = scorer.score();
        }

        @Override
        public ScoreMode scoreMode() {
            return ScoreMode.COMPLETE;
        }
    }

    /** The numbers of the largest scores. */
    static final class Top {
        private Top() {}

        /** At most `most` indices, the largest score first; equal scores in the order of their indices. */
        static int[] of(float[] scores, int most) {
            long[] keys = new long[scores.length];
            for (int i = 0; i < keys.length; i++) {
                // A float's bits order like the float once the sign is folded in; the index breaks ties.
                int bits = Float.floatToIntBits(scores[i]);
                int ordered = bits ^ ((bits >> 31) & 0x7fffffff);
                keys[i] = ((long) ~ordered << 32) | i;
            }
            Arrays.sort(keys);
            int[] top = new int[Math.min(most, keys.length)];
            for (int i = 0; i < top.length; i++) {
                top[i] = (int) keys[i];
            }
            return top;
        }
    }
}
