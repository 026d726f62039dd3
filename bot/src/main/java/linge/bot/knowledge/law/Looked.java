package linge.bot.knowledge.law;

/**
 * The articles worth a closer look for one question, and what is known of each before anything learned.
 *
 * @param question what it reads like
 * @param documents numbers of documents, the likeliest first
 * @param facts a row an article, a column a {@link Fact}
 */
record Looked(QuestionView question, int[] documents, float[][] facts) {

    /** What searching alone tells of an article. */
    enum Fact {
        /** BM25 of characters and pairs, as a share of the best article's. */
        GRAMS,
        /** BM25 of words, as a share of the best article's. */
        WORDS,
        /** BM25 of the law's name and the chapter, as a share of the best article's. */
        HEAD,
        /** BM25 of characters and pairs as it is, by fifty. */
        GRAMS_RAW,
        /** Cosine of the meanings. */
        MEANING,
        /** The larger of the neighbours' GRAMS: answers lie close together. */
        BESIDE,
        /** The larger of the neighbours' MEANING. */
        MEANING_BESIDE,
        /** Logarithm of the length in characters, by five. */
        LENGTH;

        static final int COUNT = values().length;
    }
}
