package linge.bot.dialogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
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
@JsonInclude(JsonInclude.Include.NON_NULL)
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
    static final int MOST_ADDRESS = 120;
    static final int MOST_SINCE = 40;

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
        return Wording.told(what);
    }

    Draft told(List<String> words, @Nullable String category, boolean hazard) {
        return new Draft(
                key,
                bounded(words),
                category,
                hazard,
                where,
                placeCode,
                point,
                since,
                danger,
                media,
                phone,
                anonymous,
                confidential,
                mediation,
                askedTwice);
    }

    Draft at(@Nullable String where, @Nullable String placeCode) {
        String cut = where == null ? null : Scene.cut(where, MOST_ADDRESS);
        return new Draft(
                key,
                what,
                category,
                hazard,
                cut,
                placeCode,
                point,
                since,
                danger,
                media,
                phone,
                anonymous,
                confidential,
                mediation,
                askedTwice);
    }

    Draft at(Heard.@Nullable Point point) {
        return new Draft(
                key,
                what,
                category,
                hazard,
                where,
                placeCode,
                point,
                since,
                danger,
                media,
                phone,
                anonymous,
                confidential,
                mediation,
                askedTwice);
    }

    Draft since(@Nullable String since) {
        String cut = since == null ? null : Scene.cut(since, MOST_SINCE);
        return new Draft(
                key,
                what,
                category,
                hazard,
                where,
                placeCode,
                point,
                cut,
                danger,
                media,
                phone,
                anonymous,
                confidential,
                mediation,
                askedTwice);
    }

    Draft danger(@Nullable Boolean danger) {
        return new Draft(
                key,
                what,
                category,
                hazard,
                where,
                placeCode,
                point,
                since,
                danger,
                media,
                phone,
                anonymous,
                confidential,
                mediation,
                askedTwice);
    }

    Draft showing(List<String> more) {
        var all = new ArrayList<>(media);
        more.stream().filter(id -> !all.contains(id)).forEach(all::add);
        return new Draft(
                key,
                what,
                category,
                hazard,
                where,
                placeCode,
                point,
                since,
                danger,
                all.subList(0, Math.min(MOST_MEDIA, all.size())),
                phone,
                anonymous,
                confidential,
                mediation,
                askedTwice);
    }

    /** @param phone empty when they would rather not leave one */
    Draft calling(@Nullable String phone) {
        return new Draft(
                key,
                what,
                category,
                hazard,
                where,
                placeCode,
                point,
                since,
                danger,
                media,
                phone,
                anonymous,
                confidential,
                mediation,
                askedTwice);
    }

    Draft hiding(boolean anonymous, boolean confidential) {
        return new Draft(
                key,
                what,
                category,
                hazard,
                where,
                placeCode,
                point,
                since,
                danger,
                media,
                phone,
                anonymous,
                confidential,
                mediation,
                askedTwice);
    }

    Draft mediated() {
        return new Draft(
                key,
                what,
                category,
                hazard,
                where,
                placeCode,
                point,
                since,
                danger,
                media,
                phone,
                anonymous,
                confidential,
                true,
                askedTwice);
    }

    Draft askedAgain(Talk.Ask question) {
        return new Draft(
                key,
                what,
                category,
                hazard,
                where,
                placeCode,
                point,
                since,
                danger,
                media,
                phone,
                anonymous,
                confidential,
                mediation,
                question);
    }

    private static List<String> bounded(List<String> words) {
        var kept = new ArrayList<String>();
        int length = 0;
        for (String word : words) {
            String cut = Scene.cut(word, Math.max(0, MOST_CHARACTERS - length));
            if (!cut.isEmpty() && kept.size() < MOST_WHAT) {
                kept.add(cut);
                length += cut.length();
            }
        }
        return kept;
    }
}
