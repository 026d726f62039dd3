package linge.bot.reply;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether an answer is a template and nothing else: a field left open, or no words of the case's own between the template's. */
final class Boilerplate {

    private static final Pattern FIELD = Pattern.compile("\\{[^{}\\n]{1,20}\\}");
    /** Fewer signs of one's own say nothing. */
    private static final int LEAST_OWN = 8;
    /** Shorter pieces of a template are words anybody may use. */
    private static final int PIECE = 6;

    private Boilerplate() {}

    static Optional<Concern> of(Plain reply, List<String> templates, List<String> filled) {
        Matcher open = FIELD.matcher(reply.words());
        if (open.find()) {
            return Optional.of(Concern.of(
                    Concern.Kind.NO_SUBSTANCE, "“" + open.group() + "”还没有填。", reply.span(open.start(), open.end())));
        }
        boolean bare = templates.stream().anyMatch(template -> bare(reply.words(), template, filled));
        return bare
                ? Optional.of(Concern.of(Concern.Kind.NO_SUBSTANCE, "这是模板里的话，没有写这一件的办理情况。", null))
                : Optional.empty();
    }

    private static boolean bare(String reply, String template, List<String> filled) {
        String rest = reply;
        int pieces = 0;
        for (String piece : FIELD.split(Plain.of(template).words())) {
            if (piece.length() >= PIECE && rest.contains(piece)) {
                rest = rest.replace(piece, "");
                pieces++;
            }
        }
        if (pieces == 0) {
            return false;
        }
        for (String known : filled) {
            rest = known.isBlank() ? rest : rest.replace(Plain.of(known).words(), "");
        }
        return rest.codePoints().filter(Character::isLetterOrDigit).count() < LEAST_OWN;
    }
}
