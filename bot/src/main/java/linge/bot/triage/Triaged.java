package linge.bot.triage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a complaint is about and how soon somebody must act.
 *
 * @param category the likeliest; null only when the text has no known word. When abstained, show it as a guess at most
 * @param confidence of the category, 0 to 1
 * @param abstained the confidence is below what held-out lines ask for: let the resident or a clerk choose
 * @param hotline 110, 119, 120 or 122 for an emergency, else null
 * @param candidates the next best, at most 5, likeliest first
 */
public record Triaged(
        @Nullable Category category,
        double confidence,
        boolean abstained,
        Urgency urgency,
        @Nullable String hotline,
        List<ScoredCategory> candidates) {
    public Triaged {
        candidates = List.copyOf(candidates);
    }
}
