package linge.bot.learn;

import java.util.List;

/**
 * A text in its fields (a title and a detail, say), what it is, and how much it counts.
 *
 * @param fields as many as every other line of the same training has; any characters, empty where absent
 * @param weight 1 for an ordinary line, less for a doubtful one; more than 0
 * @param source whoever or whatever lines share (a sender, a campaign), so that a split never parts them; empty for none
 */
public record Labelled(List<String> fields, String label, double weight, String source) {
    public Labelled {
        fields = List.copyOf(fields);
        if (!(weight > 0)) {
            throw new IllegalArgumentException("weight " + weight);
        }
    }

    public Labelled(List<String> fields, String label, double weight) {
        this(fields, label, weight, "");
    }
}
