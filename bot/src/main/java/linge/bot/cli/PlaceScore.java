package linge.bot.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import linge.bot.place.AddressIndex;
import linge.bot.place.FoundPlace;
import linge.bot.place.Gazetteer;
import linge.bot.place.Level;
import linge.bot.place.Located;
import org.jspecify.annotations.Nullable;

/** How often the index finds the place that a line means, asks where several fit, and is sure of a wrong one. */
final class PlaceScore {
    private static final double SURE = 0.8;

    private final Gazetteer gazetteer;
    private final AddressIndex index;
    private final Map<String, int[]> byKind = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private int n;
    private int right;
    private int surelyWrong;

    /** Reads lines of kind | text | expected full name, 'none', 'ask' or 'ask X'. */
    PlaceScore(Gazetteer gazetteer, Path file) {
        this.gazetteer = gazetteer;
        this.index = new AddressIndex(gazetteer);
        try {
            for (String line : Files.readAllLines(file)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] cells = line.split("\\|", 3);
                    if (cells.length < 3) {
                        throw new Failure(file + "：这一行应为 类别|原话|答案：" + line);
                    }
                    count(cells[0], cells[1], cells[2]);
                }
            }
        } catch (IOException e) {
            throw Failure.unread(file, e);
        }
    }

    private void count(String kind, String text, String expected) {
        Located located = index.locate(text, null);
        @Nullable FoundPlace best = located.best();
        String name = best == null ? "" : nameOf(best);
        boolean good = switch (expected) {
            case "none" -> best == null;
            case "ask" -> best == null && located.candidates().size() > 1;
            default ->
                expected.startsWith("ask ")
                        ? (best == null || expected.endsWith(" " + name))
                                && located.candidates().size() > 1
                        : expected.equals(name);
        };
        n++;
        right += good ? 1 : 0;
        surelyWrong += !good && best != null && best.confidence() > SURE ? 1 : 0;
        int[] counts = byKind.computeIfAbsent(kind, k -> new int[2]);
        counts[0]++;
        counts[1] += good ? 1 : 0;
        if (!good) {
            wrong.add(kind + " " + expected + "：" + text + " → " + name + " " + (best == null ? 0 : best.confidence()));
        }
    }

    private String nameOf(FoundPlace found) {
        return found.place().level() == Level.CITY
                ? found.place().name()
                : gazetteer.fullName(found.place().code());
    }

    List<String> wrong() {
        return wrong;
    }

    Map<String, Object> figures() {
        var kinds = new LinkedHashMap<String, String>();
        byKind.forEach((kind, counts) -> kinds.put(kind, counts[1] + "/" + counts[0]));
        var figures = new LinkedHashMap<String, Object>();
        figures.put("n", n);
        figures.put("right", n == 0 ? 0 : Math.round(10_000.0 * right / n) / 10_000.0);
        figures.put("surelyWrong", n == 0 ? 0 : Math.round(10_000.0 * surelyWrong / n) / 10_000.0);
        figures.put("rightByKind", kinds);
        return figures;
    }
}
