package linge.bot.triage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a complaint is about, whose it is and how soon: the category model and the urgency rules. Thread-safe; CPU only. */
public final class Triage {
    /** Chosen on held-out lines, see docs/accuracy.md: below it an answer is more often wrong than right. */
    static final double SURE = 0.5;

    private static final int MOST_CANDIDATES = 5;

    private final CategoryModel model;
    private final UrgencyRules urgency;
    private final List<Category> categories;
    private final IssueSplitter splitter = new IssueSplitter(this::of);

    private Triage(CategoryModel model, UrgencyRules urgency, Categories categories) {
        this.model = model;
        this.urgency = urgency;
        this.categories = IntStream.range(0, model.codes().length)
                .mapToObj(i -> categories.find(model.codes()[i]).orElseThrow())
                .toList();
    }

    private static final class Shipped {
        static final Triage TRIAGE = load();

        private static Triage load() {
            try {
                var triage = new Triage(CategoryModel.shipped(), new UrgencyRules(), Categories.shipped());
                // HanLP reads its dictionary on first use: pay for it here, not in the first resident's wait.
                triage.of("路灯不亮");
                return triage;
            } catch (IOException e) {
                throw new UncheckedIOException("分类模型读不出来", e);
            }
        }
    }

    /** The shipped model and rules; read once, on first use. */
    public static Triage shipped() {
        return Shipped.TRIAGE;
    }

    /** Judges a text; any text is answered, one without known words with no category. */
    public Triaged of(String text) {
        UrgencyRules.Judged judged = urgency.of(text);
        double[] scores = model.scores(text);
        List<ScoredCategory> ranked = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            ranked.add(new ScoredCategory(categories.get(i), Math.round(scores[i] * 1000) / 1000.0));
        }
        ranked.sort(Comparator.comparingDouble(ScoredCategory::confidence).reversed());
        @Nullable Category best = ranked.isEmpty() ? null : ranked.get(0).category();
        double confidence = ranked.isEmpty() ? 0 : ranked.get(0).confidence();
        List<ScoredCategory> next =
                ranked.isEmpty() ? ranked : ranked.subList(1, Math.min(1 + MOST_CANDIDATES, ranked.size()));
        return new Triaged(best, confidence, confidence < SURE, judged.urgency(), judged.hotline(), next);
    }

    /** The matters a text names, each judged by itself; at least one, at most five, in the order of the text. */
    public List<Issue> issues(String text) {
        return splitter.split(text);
    }
}
