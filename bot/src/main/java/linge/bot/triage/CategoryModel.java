package linge.bot.triage;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import linge.bot.text.Features;
import opennlp.tools.doccat.DoccatModel;
import opennlp.tools.doccat.DocumentCategorizerME;
import opennlp.tools.ml.model.AbstractModel;

/**
 * The trained categoriser: a share of belief for every category.
 *
 * <p>Thread-safe: OpenNLP's model is read-only and its quasi-Newton evaluation keeps nothing between calls; the
 * categoriser around it is cheap and made for each call, as OpenNLP does not promise that it may be shared.
 */
public final class CategoryModel {
    /** OpenNLP's bag-of-words generator puts this before each token. */
    private static final String PREFIX = "bow=";

    private final DoccatModel model;
    private final Set<String> known = new HashSet<>();
    private final String[] codes;

    public CategoryModel(DoccatModel model) {
        this.model = model;
        // The second data structure is the map of predicates.
        ((Map<?, ?>) ((AbstractModel) model.getMaxentModel()).getDataStructures()[1])
                .keySet()
                .forEach(predicate -> known.add(predicate.toString().substring(PREFIX.length())));
        var categorizer = new DocumentCategorizerME(model);
        codes = new String[categorizer.getNumberOfCategories()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = categorizer.getCategory(i);
        }
    }

    static CategoryModel shipped() throws IOException {
        try (InputStream in = CategoryModel.class.getResourceAsStream("category-model.bin")) {
            return new CategoryModel(new DoccatModel(Objects.requireNonNull(in, "category-model.bin")));
        }
    }

    /** The category codes, in the order of the scores. */
    public String[] codes() {
        return codes.clone();
    }

    /**
     * Scores a text.
     *
     * @return one share for each code, summing to 1; an empty array when the text has no word the model knows, where
     *     OpenNLP would name its first category
     */
    public double[] scores(String text) {
        String[] features = Features.of(text);
        int words = 0;
        for (String feature : features) {
            words += known.contains(feature) ? 1 : 0;
        }
        return words == 0 ? new double[0] : new DocumentCategorizerME(model).categorize(features);
    }
}
