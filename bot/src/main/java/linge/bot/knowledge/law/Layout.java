package linge.bot.knowledge.law;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiDocValues;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;

/** Where each article in force stands: its law, its chapter, its number and its length, as numbers to count with. */
final class Layout {
    static final String LAW = "layout-law";
    static final String CHAPTER = "layout-chapter";
    static final String ARTICLE = "layout-article";
    static final String LENGTH = "layout-length";

    private final Names laws;
    private final Names chapters;
    private final Names articles;
    private final int[] lengths;

    Layout(IndexReader reader, int searched) throws IOException {
        this.laws = new Names(MultiDocValues.getSortedValues(reader, LAW), searched);
        this.chapters = new Names(MultiDocValues.getSortedValues(reader, CHAPTER), searched);
        this.articles = new Names(MultiDocValues.getSortedValues(reader, ARTICLE), searched);
        this.lengths = new int[searched];
        NumericDocValues values = MultiDocValues.getNumericValues(reader, LENGTH);
        for (int i = 0; i < searched && values != null && values.advanceExact(i); i++) {
            lengths[i] = (int) values.longValue();
        }
    }

    int law(int document) {
        return laws.of[document];
    }

    int chapter(int document) {
        return chapters.of[document];
    }

    int article(int document) {
        return articles.of[document];
    }

    /** The document that has an article's number; in force there is one. */
    int documentOfArticle(int article) {
        return articles.first[article];
    }

    int length(int document) {
        return lengths[document];
    }

    Names laws() {
        return laws;
    }

    Names chapters() {
        return chapters;
    }

    Names articles() {
        return articles;
    }

    /** Names of one kind and which document has which. */
    static final class Names {
        private final Map<String, Integer> numbers = new HashMap<>();
        private final int[] of;
        private final int[] first;

        Names(@org.jspecify.annotations.Nullable SortedDocValues values, int searched) throws IOException {
            this.of = new int[searched];
            this.first = new int[searched];
            if (values == null) {
                return;
            }
            for (int i = 0; i < searched && values.advanceExact(i); i++) {
                int ord = values.ordValue();
                String name = values.lookupOrd(ord).utf8ToString();
                int next = numbers.size();
                of[i] = numbers.computeIfAbsent(name, added -> next);
                if (of[i] == next) {
                    first[next] = i;
                }
            }
        }

        int count() {
            return numbers.size();
        }

        /** The number of a name, or -1. */
        int number(String name) {
            return numbers.getOrDefault(name, -1);
        }

        Map<String, Integer> numbers() {
            return numbers;
        }
    }
}
