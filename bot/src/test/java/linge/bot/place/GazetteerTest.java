package linge.bot.place;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class GazetteerTest {
    private final Gazetteer gazetteer = Gazetteer.shipped();

    @Test
    void the_city_has_12_counties_149_towns_and_2628_villages() {
        assertEquals(1, gazetteer.all(Level.CITY).size());
        assertEquals(12, gazetteer.all(Level.COUNTY).size());
        assertEquals(149, gazetteer.all(Level.TOWN).size());
        assertEquals(2628, gazetteer.all(Level.VILLAGE).size());
    }

    @Test
    void every_code_begins_with_its_parents_code() {
        for (Level level : List.of(Level.COUNTY, Level.TOWN, Level.VILLAGE)) {
            gazetteer.all(level).forEach(place -> assertTrue(place.code().startsWith(place.parent()), place::toString));
        }
    }

    @Test
    void villages_are_named_as_people_say_them() {
        assertEquals("东关社区", name("140403001002"));
        assertEquals("东关社区居委会", gazetteer.officialName("140403001002"));
        assertEquals("桃园村", name("140403005200"));
        assertEquals("畅村", name("140431102213"));
        gazetteer
                .all(Level.VILLAGE)
                .forEach(place -> assertFalse(place.name().matches(".*(委会|委员会|村村|社区村)$"), place::toString));
    }

    @Test
    void a_path_runs_from_the_county_to_the_place() {
        assertEquals(
                List.of("潞州区", "东街街道", "东关社区"),
                gazetteer.path("140403001002").stream().map(Place::name).toList());
        assertEquals("潞州区东街街道东关社区", gazetteer.fullName("140403001002"));
        assertEquals("长治市", gazetteer.fullName("1404"));
        assertEquals("", gazetteer.fullName("999999"));
    }

    @Test
    void there_are_21_zones_and_16_virtual_communities_and_both_keep_their_codes() {
        assertEquals(
                21,
                gazetteer.all(Level.TOWN).stream()
                        .filter(p -> gazetteer.isZone(p.code()))
                        .count());
        var virtual = gazetteer.all(Level.VILLAGE).stream()
                .filter(p -> gazetteer.isVirtual(p.code()))
                .toList();
        assertEquals(16, virtual.size());
        virtual.forEach(place -> assertTrue(gazetteer.isZone(place.parent()), place::toString));
        assertEquals("上党区上党经济技术开发区", gazetteer.fullName("140404401498"));
    }

    @Test
    void children_of_a_county_are_its_towns() {
        assertEquals(19, gazetteer.children("140403").size());
        assertTrue(gazetteer.children("140403001002").isEmpty());
        assertTrue(gazetteer.get("nowhere").isEmpty());
    }

    @Test
    void official_names_and_other_level_words_are_read() {
        var small = Gazetteer.read(new StringReader("code,name,level,parent\n1404,长治市,city,\n140403,潞州区,county,1404\n"
                + "140403103,马厂镇,township,140403\n140403103201,暴马村委会,village,140403103\n"));
        assertEquals("暴马村", small.get("140403103201").orElseThrow().name());
        assertEquals("暴马村委会", small.officialName("140403103201"));
    }

    @Test
    void a_faulty_table_is_refused_with_its_line() {
        var orphan = assertThrows(
                IllegalArgumentException.class,
                () -> Gazetteer.read(new StringReader("code,name,level,parent\n140403,潞州区,county,1404\n")));
        assertTrue(orphan.getMessage().contains("第1条"), orphan::getMessage);
        assertThrows(
                IllegalArgumentException.class, () -> Gazetteer.read(new StringReader("code,name,level,parent\n")));
        assertThrows(
                IllegalArgumentException.class,
                () -> Gazetteer.read(new StringReader("code,name,level,parent\n14x,甲,city,\n")));
        assertThrows(
                IllegalArgumentException.class,
                () -> Gazetteer.read(new StringReader("code,name,level,parent\n1404,甲,planet,\n")));
    }

    /** The shared data has the same table from the same package, taken by other hands. */
    @Test
    void the_shared_table_has_the_same_codes_and_official_names() throws IOException {
        Path shared = Path.of("../../shared/data/places/changzhi_divisions.csv");
        if (!"true".equals(System.getenv("CI"))) {
            assumeTrue(Files.exists(shared), "the shared data is not here");
        }
        var theirs = Gazetteer.read(Files.newBufferedReader(shared));
        for (Level level : Level.values()) {
            assertEquals(theirs.all(level).size(), gazetteer.all(level).size());
            for (Place place : theirs.all(level)) {
                assertEquals(theirs.officialName(place.code()), gazetteer.officialName(place.code()));
            }
        }
    }

    private String name(String code) {
        return gazetteer.get(code).orElseThrow().name();
    }
}
