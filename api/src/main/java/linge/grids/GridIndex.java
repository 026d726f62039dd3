package linge.grids;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import linge.bot.place.AddressIndex;
import linge.bot.place.Gazetteer;
import linge.shared.AreaLevel;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.algorithm.locate.IndexedPointInAreaLocator;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Location;
import org.locationtech.jts.index.strtree.STRtree;

/** All grids of one version in memory, found by point, words or code; immutable and thread-safe. */
public final class GridIndex {
    /** A phone's own error; nearer than this to a border, both sides may be meant. Metres. */
    static final double BORDER = 15;
    /** A device that knows its place no better than this is asked to confirm. Metres. */
    static final double VAGUE = 200;

    private final GridVersion version;
    private final Gazetteer gazetteer;
    private final AddressIndex addresses;
    private final Map<String, Grid> byCode;
    private final Map<String, List<Grid>> byVillage;
    private final STRtree tree;
    private final GridWords words;
    private final double reach;

    /** A grid with its outline prepared for many questions. */
    private record Prepared(Grid grid, IndexedPointInAreaLocator locator, double area) {
        boolean covers(Coordinate point) {
            return locator.locate(point) != Location.EXTERIOR;
        }
    }

    /**
     * Builds the index; tens of milliseconds for 4,000 grids.
     *
     * @param reach how far outside, in metres, a point still finds its nearest grid
     */
    public GridIndex(GridVersion version, List<Grid> grids, Gazetteer gazetteer, AddressIndex addresses, double reach) {
        this.version = version;
        this.gazetteer = gazetteer;
        this.addresses = addresses;
        this.reach = reach;
        this.byCode = new TreeMap<>();
        this.byVillage = new LinkedHashMap<>();
        this.tree = new STRtree();
        grids.stream().sorted(Comparator.comparing(Grid::code)).forEach(grid -> {
            byCode.put(grid.code(), grid);
            byVillage.computeIfAbsent(grid.village(), v -> new ArrayList<>()).add(grid);
            tree.insert(
                    grid.outline().getEnvelopeInternal(),
                    new Prepared(
                            grid,
                            new IndexedPointInAreaLocator(grid.outline()),
                            grid.outline().getArea()));
        });
        // An STRtree builds itself on the first question, and that is not safe from two threads.
        tree.build();
        this.words = new GridWords(this);
    }

    private GridIndex(GridIndex same, AddressIndex addresses) {
        this.version = same.version;
        this.gazetteer = same.gazetteer;
        this.addresses = addresses;
        this.reach = same.reach;
        this.byCode = same.byCode;
        this.byVillage = same.byVillage;
        this.tree = same.tree;
        this.words = new GridWords(this, same.words);
    }

    /** The same grids, found by other names of places. */
    GridIndex with(AddressIndex other) {
        return new GridIndex(this, other);
    }

    /** Finds places, also those without a grid. */
    public AddressIndex addresses() {
        return addresses;
    }

    public GridVersion version() {
        return version;
    }

    public int size() {
        return byCode.size();
    }

    Gazetteer gazetteer() {
        return gazetteer;
    }

    public Optional<Grid> get(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    /** All grids, by code. */
    public List<Grid> all() {
        return List.copyOf(byCode.values());
    }

    /** The grids of a village or community, residential first. */
    public List<Grid> ofVillage(String village) {
        return List.copyOf(byVillage.getOrDefault(village, List.of()));
    }

    /** The grid at a point: dedicated before residential, the nearest when just outside. */
    public GridAnswer at(GeoPoint point) {
        Coordinate here = point.wgs84();
        if (byCode.isEmpty()) {
            return GridAnswer.refused("本市还没有导入网格，请用文字写明地点，由中心人工分流。");
        }
        double error = Math.max(BORDER, Math.min(point.accuracy(), VAGUE));
        List<Prepared> under = new ArrayList<>();
        List<Prepared> beside = new ArrayList<>();
        for (Prepared candidate : around(Metres.around(here, error))) {
            (candidate.covers(here) ? under : beside).add(candidate);
        }
        under.sort(Comparator.<Prepared, GridKind>comparing(p -> p.grid().kind(), Comparator.reverseOrder())
                .thenComparingDouble(Prepared::area)
                .thenComparing(p -> p.grid().code()));
        return under.isEmpty() ? justOutside(here) : inside(point, here, under, beside, error);
    }

    private GridAnswer inside(
            GeoPoint point, Coordinate here, List<Prepared> under, List<Prepared> beside, double error) {
        Grid grid = under.get(0).grid();
        var others = new ArrayList<Candidate>();
        boolean atEdge = Metres.toEdge(here, grid.outline()) <= error;
        // On the edge of a dedicated grid the ground below may be meant; on a border, the neighbour.
        if (atEdge) {
            under.stream().skip(1).forEach(p -> others.add(candidate(p.grid(), 0.4, "定位点也在这个网格内")));
        }
        for (Prepared neighbour : beside) {
            double far = Metres.toEdge(here, neighbour.grid().outline());
            boolean rival = neighbour.grid().kind() == GridKind.DEDICATED || grid.kind() == GridKind.RESIDENTIAL;
            if (far <= error && rival) {
                others.add(candidate(neighbour.grid(), 0.45, "定位点离这个网格只有" + Math.round(far) + "米"));
            }
        }
        double confidence = 0.97;
        String reason =
                grid.kind() == GridKind.DEDICATED ? "定位点在专属网格“" + grid.name() + "”内" : "定位点在" + grid.name() + "内";
        if (point.accuracy() > VAGUE) {
            confidence = 0.5;
            reason += "，但手机定位误差约" + Math.round(point.accuracy()) + "米，请核对";
        } else if (!others.isEmpty()) {
            confidence = 0.7;
            reason += "，紧邻" + others.get(0).name() + "，请核对";
        }
        return new GridAnswer(found(grid, confidence, reason, null), placeOf(grid, confidence, reason), others, null);
    }

    private GridAnswer justOutside(Coordinate here) {
        Prepared nearest = null;
        double least = reach;
        for (Prepared candidate : around(Metres.around(here, reach))) {
            double far = Metres.toEdge(here, candidate.grid().outline());
            if (candidate.grid().kind() == GridKind.RESIDENTIAL && far <= least) {
                nearest = candidate;
                least = far;
            }
        }
        if (nearest == null) {
            return GridAnswer.refused("这个位置不在长治市的网格范围内，请核对定位，或用文字写明县区、乡镇和村（社区）。");
        }
        double confidence = 0.6 - 0.3 * least / reach;
        String reason =
                "定位点在网格外" + Math.round(least) + "米，最近的是" + nearest.grid().name() + "，请核对";
        return new GridAnswer(
                found(nearest.grid(), confidence, reason, (double) Math.round(least)),
                placeOf(nearest.grid(), confidence, reason),
                List.of(),
                null);
    }

    /** The grid that words mean; {@code home} is the grid code of the resident's home, or null. */
    public GridAnswer find(String text, @Nullable String home) {
        return words.find(text, home);
    }

    /** The resident's home; refused when the grid is no longer there. */
    public GridAnswer home(String code) {
        Grid grid = byCode.get(code);
        if (grid == null) {
            return GridAnswer.refused("您登记的住址所在网格已调整，请重新选择。");
        }
        String reason = "按您登记的住址";
        return new GridAnswer(found(grid, 0.9, reason, null), placeOf(grid, 0.9, reason), List.of(), null);
    }

    /**
     * The grid that somebody picked by hand.
     *
     * @throws Refusal {@code NOT_SENSIBLE} at {@code /grid} when it is not in force
     */
    public GridAnswer chosen(String code) {
        Grid grid = get(code).orElseThrow(() -> Refusal.notSensible("/grid", "没有这个网格，请重新选择。"));
        String reason = "由您选定";
        return new GridAnswer(found(grid, 1, reason, null), placeOf(grid, 1, reason), List.of(), null);
    }

    /** Grids that touch a box, those nearest its middle first. */
    List<Grid> touching(Envelope box, int most) {
        var shape = org.locationtech.jts.geom.prep.PreparedGeometryFactory.prepare(
                new org.locationtech.jts.geom.GeometryFactory().toGeometry(box));
        Coordinate middle = box.centre();
        return around(box).stream()
                .map(Prepared::grid)
                .filter(grid -> shape.intersects(grid.outline()))
                .sorted(Comparator.<Grid>comparingDouble(grid -> middle.distance(
                                grid.outline().getEnvelopeInternal().centre()))
                        .thenComparing(Grid::code))
                .limit(most)
                .toList();
    }

    @SuppressWarnings("unchecked")
    private List<Prepared> around(Envelope box) {
        return byCode.isEmpty() ? List.of() : (List<Prepared>) tree.query(box);
    }

    FoundGrid found(Grid grid, double confidence, String reason, @Nullable Double distance) {
        return new FoundGrid(
                grid.code(),
                grid.name(),
                grid.kind(),
                FoundGrid.round(confidence),
                reason,
                version.demo(),
                distance,
                gazetteer.fullName(grid.village()));
    }

    Candidate candidate(Grid grid, double confidence, String reason) {
        return new Candidate(
                grid.code(),
                grid.name(),
                gazetteer.fullName(grid.village()) + " " + grid.name(),
                AreaLevel.GRID,
                FoundGrid.round(confidence),
                reason);
    }

    private MeantPlace placeOf(Grid grid, double confidence, String reason) {
        String village = grid.village();
        String name = gazetteer.get(village).map(place -> place.name()).orElse(grid.name());
        return new MeantPlace(
                "", village, name, gazetteer.fullName(village), AreaLevel.VILLAGE, FoundGrid.round(confidence), reason);
    }
}
