package linge.bot.twins;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import linge.bot.text.Normalizer;

/**
 * Numbers by which an index finds reports that may be of one matter without reading all: each stands for one thing said (what it is
 * about, a rare pair of characters), on one piece of ground, in one span of thirty days. However many reports there are, few share
 * one, so looking up stays quick.
 */
public final class Marks {

    /** Changes whenever marks made before would not be found any more. */
    public static final int VERSION = 1;

    private static final int COUNTY = 6;
    private static final int TOWN = 9;
    private static final int VILLAGE = 12;
    private static final long SPAN = 30;
    private static final int WORDS = 8;
    /** Of a report whose town is known: for those who only know the county. */
    private static final int WORDS_FOR_THE_COUNTY = 4;
    /** Degrees: some 450 m; a report is looked for in its cell and those around. */
    private static final double CELL = 0.004;

    private final Report report;
    private final Set<Long> marks = new TreeSet<>();

    private Marks(Report report) {
        this.report = report;
    }

    /** Under which a report is kept. */
    public static Set<Long> of(Report report) {
        Marks marks = new Marks(report);
        List<Long> spans = List.of(span(report.at()));
        String area = report.area() == null ? "" : report.area();
        List<String> about = marks.about();
        List<String> words = marks.words();
        marks.put(about, cut(area, finest(area)), spans);
        marks.put(words, cut(area, Math.min(finest(area), TOWN)), spans);
        if (finest(area) > COUNTY) {
            marks.put(words.subList(0, Math.min(WORDS_FOR_THE_COUNTY, words.size())), cut(area, COUNTY), spans);
        }
        if (report.point() != null) {
            marks.put(about, cell(report.point(), 0, 0), spans);
        }
        return marks.marks;
    }

    /**
     * Under which to look for others like it.
     *
     * @param within how much earlier or later they may have been reported
     * @param view strangers' are never looked for by words
     */
    public static Set<Long> lookups(Report report, Duration within, Weights.View view) {
        Marks marks = new Marks(report);
        List<Long> spans = new ArrayList<>();
        for (long span = span(report.at().minus(within));
                span <= span(report.at().plus(within));
                span++) {
            spans.add(span);
        }
        String area = report.area() == null ? "" : report.area();
        List<String> about = marks.about();
        for (int digits : new int[] {COUNTY, TOWN, VILLAGE}) {
            if (digits <= area.length()) {
                marks.put(about, cut(area, digits), spans);
                if (digits <= TOWN && view == Weights.View.STAFF) {
                    marks.put(marks.words(), cut(area, digits), spans);
                }
            }
        }
        if (report.point() != null) {
            for (int east = -1; east <= 1; east++) {
                for (int north = -1; north <= 1; north++) {
                    marks.put(about, cell(report.point(), east, north), spans);
                }
            }
        }
        return marks.marks;
    }

    private List<String> about() {
        List<String> about = new ArrayList<>();
        if (report.category() != null) {
            about.add("K" + report.category());
        }
        Matters.SHIPPED.in(Normalizer.normalize(report.words())).forEach(matter -> about.add("M" + matter.code()));
        return about;
    }

    private List<String> words() {
        return Rarity.pairs(Normalizer.normalize(report.words())).stream()
                .sorted(Comparator.comparingDouble((String pair) -> -Rarity.SHIPPED.of(pair))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(WORDS)
                .map(pair -> "W" + pair)
                .toList();
    }

    private void put(List<String> said, String ground, List<Long> spans) {
        for (String one : said) {
            for (long span : spans) {
                marks.add(hash(one + "@" + ground + "#" + span));
            }
        }
    }

    private static int finest(String area) {
        return area.length() >= VILLAGE ? VILLAGE : area.length() >= TOWN ? TOWN : COUNTY;
    }

    private static String cut(String area, int digits) {
        return area.substring(0, Math.min(digits, area.length()));
    }

    private static String cell(Report.Point point, int east, int north) {
        return (Math.round(Math.floor(point.lon() / CELL)) + east) + ","
                + (Math.round(Math.floor(point.lat() / CELL)) + north);
    }

    private static long span(Instant at) {
        return Math.floorDiv(at.atZone(ZoneOffset.UTC).toLocalDate().toEpochDay(), SPAN);
    }

    /** FNV-1a, 64 bits. Two things with one number only cost a look. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }
}
