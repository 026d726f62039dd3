package linge.bot.place;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a text says about where.
 *
 * @param best the place to take; null when there is none, or when several fit and the resident must choose
 * @param candidates at most 8, likeliest first. When the text names a county or town for sure and a village in it that
 *     several share, best is that county or town and the candidates begin with the villages to ask about
 */
public record Located(@Nullable FoundPlace best, List<FoundPlace> candidates) {
    public Located {
        candidates = List.copyOf(candidates);
    }
}
