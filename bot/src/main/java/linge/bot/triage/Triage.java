package linge.bot.triage;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import linge.bot.learn.Scored;
import linge.bot.learn.TextModel;
import org.jspecify.annotations.Nullable;

/** What a complaint is about, whose it is and how soon: the category model and the urgency rules. Thread-safe; CPU only. */
public final class Triage {
    private static final String MODEL = "category-model.bin";
    private static final int MOST_CANDIDATES = 5;

    private final TextModel model;
    private final UrgencyRules urgency;
    private final Categories categories;
    private final IssueSplitter splitter = new IssueSplitter(this::of);

    private Triage(TextModel model, UrgencyRules urgency, Categories categories) {
        this.model = model;
        this.urgency = urgency;
        this.categories = categories;
        model.labels().forEach(this::category);
    }

    private static final class Shipped {
        static final Triage TRIAGE = new Triage(read(), new UrgencyRules(), Categories.shipped());

        private static TextModel read() {
            try (InputStream in = Triage.class.getResourceAsStream(MODEL)) {
                return TextModel.load(new BufferedInputStream(Objects.requireNonNull(in, MODEL)));
            } catch (IOException e) {
                throw new UncheckedIOException("分类模型读不出来", e);
            }
        }
    }

    /** The shipped model and rules; read once, on first use. */
    public static Triage shipped() {
        return Shipped.TRIAGE;
    }

    /**
     * The same rules with another model of the same categories.
     *
     * @throws IllegalArgumentException when the model knows a label that is no category
     */
    public static Triage with(TextModel model) {
        return new Triage(model, new UrgencyRules(), Categories.shipped());
    }

    /** What says the category. */
    public TextModel model() {
        return model;
    }

    /** Judges a text; any text is answered, one without known words with no category. */
    public Triaged of(String text) {
        UrgencyRules.Judged judged = urgency.of(text);
        Scored scored = model.classify(text);
        @Nullable Category best = scored.label() == null ? null : category(scored.label());
        List<ScoredCategory> next = scored.shares().stream()
                .skip(1)
                .limit(MOST_CANDIDATES)
                .map(share -> new ScoredCategory(category(share.label()), rounded(share.confidence())))
                .toList();
        return new Triaged(
                best, rounded(scored.confidence()), scored.abstained(), judged.urgency(), judged.hotline(), next);
    }

    private Category category(String code) {
        return categories
                .find(code)
                .orElseThrow(
                        () -> new IllegalArgumentException("The model knows a label that is no category: " + code));
    }

    private static double rounded(double confidence) {
        return Math.round(confidence * 1000) / 1000.0;
    }

    /** The matters a text names, each judged by itself; at least one, at most five, in the order of the text. */
    public List<Issue> issues(String text) {
        return splitter.split(text);
    }
}
