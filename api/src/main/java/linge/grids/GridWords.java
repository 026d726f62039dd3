package linge.grids;

import com.hankcs.hanlp.collection.AhoCorasick.AhoCorasickDoubleArrayTrie;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import linge.bot.place.FoundPlace;
import linge.bot.place.Level;
import linge.bot.place.Located;
import linge.bot.place.Place;
import linge.bot.text.Normalizer;
import linge.shared.AreaLevel;
import org.jspecify.annotations.Nullable;

/** Finds the grid that words mean: by a grid's own name, or by its village and what singles it out there. */
final class GridWords {
    private static final int MOST_READ = 4_000;
    private static final int SHORTEST_NAME = 4;
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern NUMBERED = Pattern.compile("第?([一二三四五六七八九十]{1,3}|[0-9]{1,3})号?(?:大|小)?网格");
    private static final String DIGITS = "一二三四五六七八九";

    private final GridIndex index;
    private final @Nullable AhoCorasickDoubleArrayTrie<List<Grid>> names;

    GridWords(GridIndex index) {
        this.index = index;
        var byName = new TreeMap<String, List<Grid>>();
        for (Grid grid : index.all()) {
            namesOf(grid).forEach(name -> {
                List<Grid> same = byName.computeIfAbsent(name, n -> new ArrayList<>());
                if (!same.contains(grid)) {
                    same.add(grid);
                }
            });
        }
        if (byName.isEmpty()) {
            names = null;
        } else {
            names = new AhoCorasickDoubleArrayTrie<>();
            names.build(byName);
        }
    }

    /** The names of the same grids for another index of them. */
    GridWords(GridIndex index, GridWords same) {
        this.index = index;
        this.names = same.names;
    }

    /** 东关社区小学专属网格 is also said 东关社区小学 and 东关小学. */
    private List<String> namesOf(Grid grid) {
        String full = normal(grid.name());
        var said = new ArrayList<String>();
        said.add(full);
        if (grid.kind() == GridKind.DEDICATED) {
            String plain = full.replaceFirst("(专属)?网格$", "");
            said.add(plain);
            String village =
                    index.gazetteer().get(grid.village()).map(Place::name).orElse("");
            String bare = village.replaceFirst("(社区|村)$", "");
            if (!village.isEmpty() && plain.startsWith(village) && !bare.isEmpty()) {
                said.add(bare + plain.substring(village.length()));
            }
        }
        return said.stream().filter(name -> name.length() >= SHORTEST_NAME).toList();
    }

    private static String normal(String text) {
        String read = BLANKS.matcher(Normalizer.normalize(text)).replaceAll("");
        return read.length() > MOST_READ ? read.substring(0, MOST_READ) : read;
    }

    GridAnswer find(String text, @Nullable String home) {
        String read = normal(text);
        Grid homeGrid = home == null ? null : index.get(home).orElse(null);
        Located located = index.addresses().locate(read, homeGrid == null ? null : homeGrid.village());
        FoundPlace best = located.best();
        List<Candidate> places =
                located.candidates().stream().map(this::candidate).toList();
        List<Grid> named = named(read);
        if (!named.isEmpty()) {
            GridAnswer answer = byName(named, best, places, homeGrid);
            if (answer != null) {
                return answer;
            }
        }
        if (best == null) {
            return new GridAnswer(null, null, places, null);
        }
        return best.place().level() == Level.VILLAGE
                ? inVillage(best, read, homeGrid, places)
                : above(best, homeGrid, places);
    }

    /** The grids whose names the text says, the longest name winning where names overlap. */
    private List<Grid> named(String read) {
        if (names == null) {
            return List.of();
        }
        record Hit(int begin, int end, List<Grid> grids) {}
        var hits = new ArrayList<Hit>();
        names.parseText(read, (AhoCorasickDoubleArrayTrie.IHit<List<Grid>>)
                (begin, end, grids) -> hits.add(new Hit(begin, end, grids)));
        return hits.stream()
                .max(Comparator.<Hit>comparingInt(hit -> hit.end() - hit.begin())
                        .thenComparing(Hit::begin, Comparator.reverseOrder()))
                .map(Hit::grids)
                .orElse(List.of());
    }

    private @Nullable GridAnswer byName(
            List<Grid> named, @Nullable FoundPlace best, List<Candidate> places, @Nullable Grid home) {
        List<Grid> fitting = named;
        if (best != null && named.stream().anyMatch(g -> in(g, best.place().code()))) {
            fitting = named.stream().filter(g -> in(g, best.place().code())).toList();
        } else if (best != null && best.place().level() != Level.VILLAGE) {
            // The text puts it into a town or county where no grid has this name.
            return null;
        }
        boolean byHome = false;
        if (fitting.size() > 1 && home != null) {
            for (int digits : new int[] {12, 9, 6}) {
                String near = home.code().substring(0, digits);
                List<Grid> nearer = fitting.stream().filter(g -> in(g, near)).toList();
                if (nearer.size() == 1) {
                    fitting = nearer;
                    byHome = true;
                    break;
                }
            }
        }
        if (fitting.size() == 1) {
            Grid grid = fitting.get(0);
            String reason = byHome ? "叫这个名字的网格有多个，按您的住址选了最近的" + grid.name() : "文字中写明了" + grid.name();
            double confidence = byHome ? 0.75 : 0.95;
            FoundGrid found = index.found(grid, confidence, reason, null);
            return new GridAnswer(found, place(grid.village(), "", confidence, reason), List.of(), null);
        }
        var asked = new ArrayList<Candidate>();
        fitting.forEach(g -> asked.add(index.candidate(g, 0.9 / named.size(), "叫这个名字的网格有" + named.size() + "个")));
        return new GridAnswer(null, best == null ? null : place(best), asked, null).withFirst(asked);
    }

    private GridAnswer inVillage(FoundPlace best, String read, @Nullable Grid home, List<Candidate> places) {
        String village = best.place().code();
        List<Grid> residential = index.ofVillage(village).stream()
                .filter(grid -> grid.kind() == GridKind.RESIDENTIAL)
                .toList();
        if (residential.isEmpty()) {
            String why = index.gazetteer().fullName(village) + "还没有划分网格，由上一级中心分流。";
            return new GridAnswer(null, place(best), places, why);
        }
        List<Candidate> rivals =
                places.stream().filter(c -> !c.code().equals(village)).toList();
        double sure = best.confidence();
        if (residential.size() == 1) {
            return of(residential.get(0), best, sure * 0.98, best.reason() + "，这里只有一个网格", rivals);
        }
        Grid numbered = numbered(read, residential);
        if (numbered != null) {
            return of(numbered, best, sure * 0.97, best.reason() + "，写明了" + numbered.name(), rivals);
        }
        if (home != null && home.village().equals(village)) {
            Grid own = home.kind() == GridKind.RESIDENTIAL ? home : residential.get(0);
            List<Candidate> others = residential.stream()
                    .filter(g -> !g.code().equals(own.code()))
                    .map(g -> index.candidate(g, 0.3, "同一村（社区）的另一个网格"))
                    .toList();
            return of(own, best, sure * 0.75, best.reason() + "，具体网格按您的住址选择", others);
        }
        // Somebody must answer for it even when nobody says which: the first takes it, the others are offered.
        Grid first = residential.get(0);
        List<Candidate> others = residential.stream()
                .skip(1)
                .map(g -> index.candidate(g, sure / residential.size(), "同一村（社区）的另一个网格"))
                .toList();
        String reason = place(best).name() + "有" + residential.size() + "个网格，文字里看不出是哪一个，先由" + first.name() + "接办，可以改选";
        return of(first, best, sure / residential.size(), reason, others);
    }

    private static @Nullable Grid numbered(String read, List<Grid> residential) {
        Matcher matcher = NUMBERED.matcher(read);
        while (matcher.find()) {
            int wanted = number(matcher.group(1));
            for (Grid grid : residential) {
                Matcher own = NUMBERED.matcher(normal(grid.name()));
                if (own.find() && number(own.group(1)) == wanted) {
                    return grid;
                }
            }
        }
        return null;
    }

    /** 十二 and 12 are 12; 0 for what is no number. */
    static int number(String word) {
        if (word.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Integer.parseInt(word);
        }
        int ten = word.indexOf('十');
        if (ten < 0) {
            return word.length() == 1 ? DIGITS.indexOf(word) + 1 : 0;
        }
        int tens = ten == 0 ? 1 : DIGITS.indexOf(word.charAt(ten - 1)) + 1;
        int ones = ten == word.length() - 1 ? 0 : DIGITS.indexOf(word.charAt(ten + 1)) + 1;
        return tens * 10 + ones;
    }

    /** A town or county is not enough; the candidates are what to ask. */
    private GridAnswer above(FoundPlace best, @Nullable Grid home, List<Candidate> places) {
        var asked = new ArrayList<Candidate>();
        if (home != null
                && best.place().level() != Level.CITY
                && in(home, best.place().code())) {
            asked.add(index.candidate(home, 0.5, "您登记的住址在" + best.place().name()));
        }
        places.stream().filter(c -> !c.code().equals(best.place().code())).forEach(asked::add);
        List<Place> below = index.gazetteer().children(best.place().code());
        if (below.size() <= GridAnswer.MOST_CANDIDATES && asked.size() < 2) {
            below.forEach(p -> asked.add(candidate(
                    p, best.confidence() / below.size(), "在" + best.place().name() + "内")));
        }
        return new GridAnswer(null, place(best), asked, null);
    }

    private GridAnswer of(Grid grid, FoundPlace place, double confidence, String reason, List<Candidate> others) {
        return new GridAnswer(index.found(grid, confidence, reason, null), place(place), others, null);
    }

    private static boolean in(Grid grid, String area) {
        return AreaLevel.covers(area, grid.code());
    }

    private Candidate candidate(FoundPlace found) {
        return candidate(found.place(), found.confidence(), found.reason());
    }

    private Candidate candidate(Place place, double confidence, String reason) {
        return new Candidate(
                place.code(),
                place.name(),
                index.gazetteer().fullName(place.code()),
                AreaLevel.of(place.code()),
                FoundGrid.round(confidence),
                reason);
    }

    private MeantPlace place(FoundPlace found) {
        return place(found.place().code(), found.text(), found.confidence(), found.reason());
    }

    private MeantPlace place(String code, String text, double confidence, String reason) {
        String name = index.gazetteer().get(code).map(Place::name).orElse(code);
        return new MeantPlace(
                text,
                code,
                name,
                index.gazetteer().fullName(code),
                AreaLevel.of(code),
                FoundGrid.round(confidence),
                reason);
    }
}
