package linge.bot.learn;

import java.util.ArrayList;
import java.util.List;

/**
 * How the longest field begins, as a field of its own: people name their matter first and tell its story afterwards. Only
 * of texts in several fields, whose last is the story; a text of one field is short and is its own opening.
 */
final class Opening {
    private static final int LENGTH = 80;

    private Opening() {}

    /** The fields and, of several, the first characters of the last once more. */
    static List<String> with(List<String> fields) {
        if (fields.size() == fields(fields.size())) {
            return fields;
        }
        String story = fields.get(fields.size() - 1).strip();
        var all = new ArrayList<>(fields);
        all.add(story.substring(0, Math.min(LENGTH, story.length())));
        return all;
    }

    /** How many fields there are then. */
    static int fields(int given) {
        return given < 2 ? given : given + 1;
    }
}
