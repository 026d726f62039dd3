package linge.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** What made-up residents report and what is said about it, put together from sentences written for this. */
final class Stories {

    /** Something that happens: of which category, how often, and whether more often lately. */
    record Story(String category, double weight, String trend, String text) {
        /** @param progress 0 at the beginning of the month, 1 at its end */
        double weightAt(double progress) {
            return switch (trend) {
                case "up" -> weight * (0.35 + 1.5 * progress);
                case "down" -> weight * (1.7 - 1.3 * progress);
                default -> weight;
            };
        }
    }

    private static final Stories SHIPPED = new Stories();

    private final List<Story> stories = new ArrayList<>();
    private final Map<String, List<String>> phrases = new HashMap<>();

    private Stories() {
        for (String[] row : rows("stories.tsv")) {
            stories.add(new Story(row[0], Double.parseDouble(row[1]), row[2], row[3]));
        }
        for (String[] row : rows("phrases.tsv")) {
            phrases.computeIfAbsent(row[0], kind -> new ArrayList<>()).add(row[1]);
        }
    }

    static Stories shipped() {
        return SHIPPED;
    }

    private static List<String[]> rows(String file) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Stories.class.getResourceAsStream(file)), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && line.charAt(0) != '#')
                    .map(line -> line.split("\t", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Story> all() {
        return List.copyOf(stories);
    }

    Story pick(Random dice, double progress) {
        double sum =
                stories.stream().mapToDouble(story -> story.weightAt(progress)).sum();
        double at = dice.nextDouble() * sum;
        for (Story story : stories) {
            at -= story.weightAt(progress);
            if (at <= 0) {
                return story;
            }
        }
        return stories.get(stories.size() - 1);
    }

    /** The whole report: where, what, since when, and what is wished for. */
    String told(Story story, String place, Random dice) {
        String spot = place + say("spot", dice);
        return (story.text().replace("{spot}", spot) + say("since", dice) + say("wish", dice)).strip();
    }

    String say(String kind, Random dice) {
        List<String> known = Objects.requireNonNull(phrases.get(kind), kind);
        return known.get(dice.nextInt(known.size()));
    }
}
