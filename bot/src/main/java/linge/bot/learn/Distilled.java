package linge.bot.learn;

import java.util.List;

/**
 * A student and how it did on lines it had not seen.
 *
 * @param unseen for each of our lines, in order, what a student and a teacher without that line say of it
 */
public record Distilled(TextModel model, Tally crossValidation, List<Scored> unseen) {
    public Distilled {
        unseen = List.copyOf(unseen);
    }
}
