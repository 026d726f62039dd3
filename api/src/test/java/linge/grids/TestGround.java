package linge.grids;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import linge.bot.place.AddressIndex;
import linge.bot.place.Gazetteer;
import linge.grids.demo.DemoGround;

/** The demo ground in memory, generated once for all tests. */
final class TestGround {
    static final Gazetteer GAZETTEER = Gazetteer.shipped();
    static final AddressIndex ADDRESSES = new AddressIndex(GAZETTEER);
    static final List<Grid> GRIDS = DemoGround.generate(GAZETTEER);
    static final GridIndex INDEX = index(1, GRIDS);

    private TestGround() {}

    static GridIndex index(long version, List<Grid> grids) {
        return new GridIndex(
                new GridVersion(version, LocalDate.of(2026, 1, 1), "generated", true, "test", Instant.EPOCH),
                grids,
                GAZETTEER,
                ADDRESSES,
                2_000);
    }

    static List<Grid> residentialOf(String village) {
        return INDEX.ofVillage(village).stream()
                .filter(g -> g.kind() == GridKind.RESIDENTIAL)
                .toList();
    }

    /** A village (or community) with so many residential grids whose name nobody else has. */
    static String villageWith(int grids) {
        var names = new java.util.HashMap<String, Integer>();
        GAZETTEER.all(linge.bot.place.Level.VILLAGE).forEach(v -> names.merge(v.name(), 1, Integer::sum));
        return GAZETTEER.all(linge.bot.place.Level.VILLAGE).stream()
                .filter(v -> names.get(v.name()) == 1 && !GAZETTEER.isVirtual(v.code()))
                .map(v -> v.code())
                .filter(v -> residentialOf(v).size() == grids)
                .findFirst()
                .orElseThrow();
    }
}
