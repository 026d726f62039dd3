package linge.bot.dialogue;

import java.util.List;
import linge.bot.dialogue.Intents.Wanted;
import linge.bot.text.Digits;
import linge.bot.triage.Triaged;
import org.jspecify.annotations.Nullable;

/**
 * A resident's words, read once: every hint in them that a topic may ask for.
 *
 * @param text normalized, without identity and bank numbers, phones short
 * @param told the text without any of these numbers, as it may go into a report
 * @param plain the told text in lower case without blanks and final marks
 * @param wanted every intent, likeliest first
 * @param since since when, in words, or null
 */
record Message(
        String text,
        String told,
        String plain,
        Digits digits,
        Triaged triaged,
        List<Wanted> wanted,
        Where where,
        @Nullable String since) {
    private static final Cues CUES = Cues.shipped();
    /** Above, an intent may take the talk elsewhere. */
    static final double SURE = 0.75;
    /** Above, an intent is taken when nothing else is being talked about. */
    static final double LIKELY = 0.45;

    boolean says(String cue) {
        return CUES.in(cue, plain);
    }

    Intent intent() {
        return wanted.get(0).intent();
    }

    double confidence() {
        return wanted.get(0).confidence();
    }

    boolean wants(Intent intent) {
        return intent() == intent && confidence() >= LIKELY;
    }

    boolean surely(Intent intent) {
        return intent() == intent && confidence() >= SURE;
    }

    /** Whether triage knows a problem in it that one can report. */
    boolean tellsProblem() {
        return triaged.category() != null
                && triaged.confidence() >= (isShort() ? 0.6 : 0.5)
                && !triaged.category().code().startsWith("GENERAL.")
                && !triaged.category().code().startsWith("LAW.");
    }

    boolean isShort() {
        return plain.length() <= 6;
    }

    /** What is left when the abuse is taken away. */
    String calmly() {
        return CUES.matcher("ABUSE", plain).replaceAll("");
    }

    boolean isEmpty() {
        return plain.isEmpty();
    }

    boolean isYes() {
        return CUES.in("YES", bare());
    }

    boolean isNo() {
        return CUES.in("NO", bare()) || CUES.in("NONE", bare());
    }

    /** Without marks of any kind: 没错，报吧 is 没错报吧. */
    private String bare() {
        return plain.replaceAll("\\p{P}", "");
    }

    /** Nothing in it but when. */
    boolean onlySince() {
        return since != null && plain.length() - since.length() <= 4;
    }

    /** A place and not a character more. */
    boolean isPlace() {
        String words = where.words();
        return words != null && !where.vague() && plain.length() - words.length() <= 1;
    }

    /** Hardly anything in it but where. */
    boolean onlyWhere() {
        String words = where.words();
        return words != null && plain.length() - words.length() <= 4;
    }

    boolean isAny() {
        return says("ANY") || (isShort() && says("ANY_ALSO"));
    }

    boolean isDontKnow() {
        return plain.length() <= 14 && says("DONT_KNOW");
    }
}
