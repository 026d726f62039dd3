package linge.bot.twins;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of reports that somebody judged, a line each: {@code same|other, kind, ground, metres, hours, one, other}, with tabs between.
 * Ground is the smallest piece they share: grid, village, town, or - where nobody knows; metres - where one has no point.
 */
public final class Pairs {

    private static final Instant FIRST = Instant.parse("2026-11-02T08:00:00Z");
    private static final double LON = 113.11;
    private static final double LAT = 36.19;
    private static final double METRES_A_DEGREE = 111_320;

    /** A judged pair and of which kind it is. */
    public record Judged(String kind, Weights.Pair pair) {}

    private Pairs() {}

    /**
     * Reads lines; blank ones and those that begin with # are left out.
     *
     * @param category what a text is understood to be about: a code, or null
     * @throws IllegalArgumentException where a line is no pair, with the line
     */
    public static List<Judged> read(List<String> lines, Function<String, @Nullable String> category) {
        return lines.stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> judged(line, category))
                .toList();
    }

    private static Judged judged(String line, Function<String, @Nullable String> category) {
        String[] cells = line.split("\t");
        if (cells.length != 7 || !cells[0].equals("same") && !cells[0].equals("other")) {
            throw new IllegalArgumentException("这一行应为 same 或 other、类型、范围、米、小时、原话、另一条原话，用制表符隔开：" + line);
        }
        boolean located = !cells[3].equals("-");
        double north = located ? Double.parseDouble(cells[3]) / METRES_A_DEGREE : 0;
        Report one = new Report(
                cells[5], null, area(cells[2], false), located ? at(LAT) : null, category.apply(cells[5]), FIRST);
        Report other = new Report(
                cells[6],
                null,
                area(cells[2], true),
                located ? at(LAT + north) : null,
                category.apply(cells[6]),
                FIRST.plus(Duration.ofHours(Long.parseLong(cells[4]))));
        return new Judged(cells[1], new Weights.Pair(one, other, cells[0].equals("same")));
    }

    private static Report.Point at(double lat) {
        return new Report.Point(LON, lat, Report.Point.USUAL_ACCURACY);
    }

    private static @Nullable String area(String ground, boolean second) {
        return switch (ground) {
            case "grid" -> "140403001001001";
            case "village" -> second ? "140403001001002" : "140403001001001";
            case "town" -> second ? "140403001002001" : "140403001001001";
            case "-" -> null;
            default -> throw new IllegalArgumentException("范围应为 grid、village、town 或 -：" + ground);
        };
    }
}
