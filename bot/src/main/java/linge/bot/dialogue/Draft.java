package linge.bot.dialogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A report in the making: what the resident has told of one problem. Immutable.
 *
 * @param key unique, the Idempotency-Key of its filing
 * @param what the words so far, each told thing once
 * @param category code that triage gave, or null
 * @param hazard whether it is the kind of thing that can hurt somebody: then danger is asked
 * @param where the place in words, or null
 * @param placeCode code of the smallest place known, or null
 * @param since since when, in words, or null
 * @param danger whether somebody may get hurt, or null when not told
 * @param phone as told, or null
 * @param askedTwice the question that was asked again once already; not a third time
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Draft(
        String key,
        List<String> what,
        @Nullable String category,
        boolean hazard,
        @Nullable String where,
        @Nullable String placeCode,
        Heard.@Nullable Point point,
        @Nullable String since,
        @Nullable Boolean danger,
        List<String> media,
        @Nullable String phone,
        boolean anonymous,
        boolean confidential,
        boolean mediation,
        Talk.@Nullable Ask askedTwice) {
    static final int MOST_WHAT = 12;
    static final int MOST_CHARACTERS = 3_000;
    static final int MOST_MEDIA = 9;

    public Draft {
        what = what == null ? List.of() : List.copyOf(what);
        media = media == null ? List.of() : List.copyOf(media);
    }

    static Draft empty(String key) {
        return new Draft(
                key, List.of(), null, false, null, null, null, null, null, List.of(), null, false, false, false, null);
    }

    /** All that was told of the problem, in one text. */
    String words() {
        return String.join("。", what);
    }
}
