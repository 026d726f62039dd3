package linge.grids.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import linge.bot.place.Gazetteer;
import linge.bot.place.Level;
import linge.bot.place.Place;
import linge.grids.Grid;
import linge.grids.GridKind;
import linge.grids.demo.Splitter.Share;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Polygon;

/**
 * Generated grids for every village and community of the gazetteer: the same on every machine, and nobody's outlines.
 *
 * <p>Ground is shared out among counties, then towns, by weighted nearness to real towns ({@link PowerDiagram}), cut
 * into villages and grids ({@link Splitter}), and drawn as one Voronoi diagram over the middles ({@link Cells}), so
 * that grids meet without gap or overlap.
 */
public final class DemoGround {
    /** Counties are weighed on coarse squares; villages are cut out of fine ones. Metres. */
    private static final double COARSE = 600;

    private static final double FINE = 150;
    private static final String[] NUMERALS = {"一", "二", "三", "四", "五", "六", "七", "八", "九"};

    private final Gazetteer gazetteer;
    private final Facts facts = Facts.read();
    private final List<Place> towns;
    private final Raster raster = new Raster(FINE);

    private DemoGround(Gazetteer gazetteer) {
        this.gazetteer = gazetteer;
        this.towns = gazetteer.all(Level.TOWN).stream()
                .filter(town -> facts.towns().containsKey(town.code()))
                .toList();
    }

    /**
     * Generates the ground; takes three to four seconds of one processor.
     *
     * @return residential and dedicated grids in the order of their codes
     * @throws IllegalStateException when the gazetteer knows a town that we cannot place
     */
    public static List<Grid> generate(Gazetteer gazetteer) {
        var ground = new DemoGround(gazetteer);
        List<String> lost = gazetteer.all(Level.TOWN).stream()
                .map(Place::code)
                .filter(code -> !ground.facts.towns().containsKey(code))
                .toList();
        if (!lost.isEmpty()) {
            throw new IllegalStateException("no place is known for the towns " + lost);
        }
        return ground.grids();
    }

    private List<Grid> grids() {
        shareAmongCounties();
        raster.joinPieces(towns.size());
        List<Seed> seeds = seeds();
        Map<Seed, Polygon> cells = Cells.of(seeds, strangers());
        var byVillage = new LinkedHashMap<String, List<Seed>>();
        seeds.forEach(seed -> byVillage
                .computeIfAbsent(seed.village(), v -> new ArrayList<>())
                .add(seed));
        var grids = new ArrayList<Grid>();
        byVillage.forEach((village, own) -> grids.addAll(residential(village, own, cells)));
        grids.addAll(new DedicatedGround(gazetteer).over(grids));
        grids.sort(Comparator.comparing(Grid::code));
        return List.copyOf(grids);
    }

    private List<Place> counties() {
        return gazetteer.all(Level.COUNTY);
    }

    /** Every square its county, then its town. */
    private void shareAmongCounties() {
        var sites = new ArrayList<List<Coordinate>>();
        double[] areas = new double[counties().size() + 1];
        for (Place county : counties()) {
            areas[sites.size()] = Objects.requireNonNull(facts.areas().get(county.code()), county.code());
            sites.add(sitesOf(townsOf(county).stream()
                    .filter(town -> !gazetteer.isZone(town.code()))
                    .toList()));
        }
        areas[sites.size()] = Double.NaN;
        sites.add(facts.around());
        var coarse = new Raster(COARSE);
        PowerDiagram counties = PowerDiagram.tuned(sites, areas, coarse.middles(), coarse.squareArea());
        for (int square = 0; square < coarse.owner.length; square++) {
            coarse.owner[square] = owner(counties, coarse.middle(square));
        }
        for (int square = 0; square < raster.owner.length; square++) {
            // Far from every border the coarse answer is good.
            int around = coarse.squareAt(raster.middle(square));
            raster.owner[square] =
                    coarse.isInland(around) ? coarse.owner[around] : owner(counties, raster.middle(square));
        }
        // Towns are numbered across the city, so counties are read before any of them is overwritten.
        List<int[]> squares = raster.squaresByOwner(counties().size());
        for (int county = 0; county < counties().size(); county++) {
            shareAmongTowns(townsOf(counties().get(county)), squares.get(county));
        }
    }

    private int owner(PowerDiagram counties, Coordinate spot) {
        int county = counties.ownerOf(spot);
        return county == counties().size() ? Raster.OUTSIDE : county;
    }

    private void shareAmongTowns(List<Place> ours, int[] squares) {
        double all = ours.stream().mapToDouble(this::weight).sum();
        double[] areas = new double[ours.size()];
        for (int i = 0; i < areas.length; i++) {
            areas[i] = squares.length * raster.squareArea() * weight(ours.get(i)) / all;
        }
        var ground = new ArrayList<Coordinate>();
        for (int square : squares) {
            ground.add(raster.middle(square));
        }
        List<List<Coordinate>> sites = sitesOf(ours).stream().map(List::of).toList();
        // A few thousand spots weigh a county's towns well enough.
        int every = Math.max(1, squares.length / 4000);
        var sample = new ArrayList<Coordinate>();
        for (int i = 0; i < squares.length; i += every) {
            sample.add(ground.get(i));
        }
        PowerDiagram shares = PowerDiagram.tuned(sites, areas, sample, raster.squareArea() * every);
        for (int i = 0; i < squares.length; i++) {
            raster.owner[squares[i]] = towns.indexOf(ours.get(shares.ownerOf(ground.get(i))));
        }
    }

    private List<Place> townsOf(Place county) {
        return towns.stream()
                .filter(town -> county.code().equals(town.parent()))
                .toList();
    }

    private List<Coordinate> sitesOf(List<Place> ours) {
        return ours.stream()
                .map(town -> Objects.requireNonNull(facts.towns().get(town.code())))
                .toList();
    }

    private double weight(Place town) {
        return gazetteer.children(town.code()).stream()
                .mapToDouble(this::villageWeight)
                .sum();
    }

    /** How much ground a village or community takes against a country village. */
    private double villageWeight(Place village) {
        boolean street = gazetteer
                .get(village.code().substring(0, 9))
                .orElseThrow()
                .name()
                .endsWith("街道");
        if (gazetteer.isVirtual(village.code())) {
            return 0.5;
        }
        if (isCommunity(village)) {
            return street ? 0.3 : 0.4;
        }
        return street ? 0.6 : 1;
    }

    private static boolean isCommunity(Place village) {
        return village.name().endsWith("社区");
    }

    /** How many grids a village has: a community has two to four, of ten villages seven have one. */
    private int gridsOf(Place village) {
        if (gazetteer.isVirtual(village.code())) {
            return 1;
        }
        int ten = new Dice("grids of " + village.code()).between(1, 10);
        if (isCommunity(village)) {
            return ten <= 3 ? 2 : ten <= 7 ? 3 : 4;
        }
        return ten <= 7 ? 1 : ten <= 9 ? 2 : 3;
    }

    /** The middle of a grid-to-be. */
    record Seed(String village, Coordinate middle) {}

    private List<Seed> seeds() {
        var seeds = new ArrayList<Seed>();
        var splitter = new Splitter(raster);
        List<int[]> squaresByTown = raster.squaresByOwner(towns.size());
        for (int town = 0; town < towns.size(); town++) {
            String code = towns.get(town).code();
            var dice = new Dice("cuts of " + code);
            List<Share<Place>> villages = gazetteer.children(code).stream()
                    .map(village -> new Share<>(village, villageWeight(village)))
                    .toList();
            var ours = new ArrayList<Seed>();
            splitter.split(squaresByTown.get(town), villages, dice, (village, squares) -> {
                List<Share<String>> parts = java.util.stream.IntStream.range(0, gridsOf(village))
                        .mapToObj(i -> new Share<>(village.code(), 1))
                        .toList();
                splitter.split(squares, parts, dice, (of, part) -> ours.add(new Seed(of, middle(part, dice))));
            });
            Coordinate street = Objects.requireNonNull(facts.towns().get(code));
            // A zone has no say in where its county ends, so its spot may have fallen to another.
            if (raster.owner[raster.squareAt(street)] == town) {
                moveNearestTo(street, ours);
            }
            seeds.addAll(ours);
        }
        return seeds;
    }

    private Coordinate middle(int[] squares, Dice dice) {
        double x = 0;
        double y = 0;
        for (int square : squares) {
            Coordinate at = raster.middle(square);
            x += at.x;
            y += at.y;
        }
        double reach = 0.12 * Math.sqrt(squares.length) * FINE;
        return new Coordinate(
                x / squares.length + dice.between(-reach, reach), y / squares.length + dice.between(-reach, reach));
    }

    /** A town's main street lies in the town for certain: one of its grids has its middle there. */
    private static void moveNearestTo(Coordinate street, List<Seed> ours) {
        Seed nearest = ours.stream()
                .min(Comparator.comparingDouble(seed -> seed.middle().distance(street)))
                .orElseThrow();
        ours.set(ours.indexOf(nearest), new Seed(nearest.village(), street));
    }

    /** Middles outside the city, which keep the cells at its edge from running away. */
    private List<Coordinate> strangers() {
        int[] steps = raster.stepsOutside(40);
        var strangers = new ArrayList<Coordinate>();
        var dice = new Dice("strangers");
        for (int square = 0; square < steps.length; square++) {
            boolean onLattice = square % raster.columns % 10 == 0 && square / raster.columns % 10 == 0;
            if (onLattice && steps[square] >= 8) {
                Coordinate at = raster.middle(square);
                strangers.add(new Coordinate(at.x + dice.between(-400, 400), at.y + dice.between(-400, 400)));
            }
        }
        return strangers;
    }

    private List<Grid> residential(String village, List<Seed> seeds, Map<Seed, Polygon> cells) {
        String name = gazetteer.get(village).orElseThrow().name();
        var ordered = new ArrayList<>(seeds);
        ordered.sort(Comparator.<Seed>comparingDouble(seed -> seed.middle().x)
                .thenComparingDouble(seed -> -seed.middle().y));
        var grids = new ArrayList<Grid>();
        for (int i = 0; i < ordered.size(); i++) {
            String code = village + String.format("%03d", i + 1);
            String said = ordered.size() == 1 ? name + "网格" : name + "第" + NUMERALS[i] + "网格";
            int households = new Dice("households of " + code).between(300, 500);
            Polygon outline = Objects.requireNonNull(cells.get(ordered.get(i)));
            grids.add(new Grid(code, said, GridKind.RESIDENTIAL, null, households, outline));
        }
        return grids;
    }
}
