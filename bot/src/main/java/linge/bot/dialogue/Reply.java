package linge.bot.dialogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One bubble of the bot.
 *
 * @param name of the wording in the replies file, for logs and tests
 * @param choices to tap; empty for none
 */
public record Reply(
        String name,
        String text,
        List<Choice> choices,
        @Nullable Card card) {
    public Reply {
        choices = List.copyOf(choices);
    }

    /**
     * Something to tap.
     *
     * @param id what {@link Heard.Tap} brings back. Three are also for the page: {@code sign-in} (open the sign-in, then
     *     send the tap), {@code point} (open the map), {@code media} (open the camera)
     */
    public record Choice(String id, String label) {}

    /** What a card shows. */
    public enum Kind {
        CASE,
        LAW,
        DRAFT,
        TEAM,
        HOTLINE,
        ELIGIBILITY
    }

    /**
     * Facts to show under the words. Values are strings, numbers, booleans, lists and maps of these; absent is not known.
     *
     * <ul>
     *   <li>CASE: number, text, stateName, due, url-free; as in {@link Outcome.CaseFacts}
     *   <li>DRAFT: what, where, since, danger, photos (count), phone (masked), category, anonymous
     *   <li>LAW: question, answer, citations [{law, article, since, url}], articles [{law, article, text}], route, card
     *   <li>TEAM: grid, place, demo, members [{role, name, phone}]
     *   <li>HOTLINE: lines [{number, name, hours, for}]
     *   <li>ELIGIBILITY: verdict, reasons, papers, article
     * </ul>
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Card(Kind kind, Map<String, Object> facts) {
        public Card {
            facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        }
    }
}
