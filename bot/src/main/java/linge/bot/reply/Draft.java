package linge.bot.reply;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer on its way out, with all the check may know.
 *
 * @param report what the resident wrote
 * @param category code of what it is about, or null to let it be understood
 * @param words the answer as it would go out
 * @param names full names that must not stand in it, e.g. of who filed
 * @param earlier answers to other cases that may be the same
 * @param templates words of templates with their fields, to know what is nobody's own
 * @param filled what the service itself put into fields: it says nothing of what was done
 */
public record Draft(
        String report,
        @Nullable String category,
        String words,
        List<String> names,
        List<Earlier> earlier,
        List<String> templates,
        List<String> filled) {

    public static Draft of(String report, @Nullable String category, String words) {
        return new Draft(report, category, words, List.of(), List.of(), List.of(), List.of());
    }

    public Draft beside(List<Earlier> others) {
        return new Draft(report, category, words, names, others, templates, filled);
    }

    public Draft without(List<String> hidden) {
        return new Draft(report, category, words, hidden, earlier, templates, filled);
    }
}
