package linge.bot.learn;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model thinks of a text.
 *
 * @param label the model's answer; null for a text without one known feature
 * @param confidence calibrated: of all answers given with 0.8, four fifths are right
 * @param abstained whether the confidence is so low that a person should be asked
 * @param shares every label, the most believed first; they sum to 1, and are empty where label is null
 */
public record Scored(@Nullable String label, double confidence, boolean abstained, List<Share> shares) {
    static final Scored UNKNOWN = new Scored(null, 0, true, List.of());
}
