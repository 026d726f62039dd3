package linge.grids;

import static linge.grids.TestGround.GAZETTEER;
import static linge.grids.TestGround.INDEX;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import linge.bot.place.Level;
import linge.shared.AreaLevel;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;

/** Words, home and point together find the grid, or say what to ask. */
class GridWordsTest {
    private static final String ONE = TestGround.villageWith(1);
    private static final String THREE = TestGround.villageWith(3);

    private static String full(String village) {
        return GAZETTEER.fullName(village);
    }

    private static GeoPoint middleOf(Grid grid) {
        Coordinate middle = grid.outline().getCentroid().getCoordinate();
        return GeoPoint.wgs84(middle.x, middle.y);
    }

    @Test
    void a_village_of_one_grid_is_that_grid() {
        GridAnswer answer = INDEX.find(full(ONE) + "村口的路灯坏了", null);
        assertNotNull(answer.grid());
        assertEquals(TestGround.residentialOf(ONE).get(0).code(), answer.grid().code());
        assertTrue(answer.grid().confidence() > 0.8, "" + answer.grid().confidence());
        assertNotNull(answer.place());
        assertEquals(ONE, answer.place().code());
    }

    @Test
    void of_several_grids_the_first_answers_for_it_doubtfully_and_the_others_are_offered() {
        GridAnswer answer = INDEX.find(full(THREE), null);
        assertNotNull(answer.grid());
        assertEquals(THREE + "001", answer.grid().code());
        assertTrue(answer.grid().confidence() < 0.5, "" + answer.grid().confidence());
        assertNotNull(answer.place());
        assertEquals(THREE, answer.place().code());
        assertEquals(
                TestGround.residentialOf(THREE).stream().skip(1).map(Grid::code).toList(),
                answer.candidates().stream().map(Candidate::code).toList());
        assertTrue(answer.candidates().stream().allMatch(c -> c.level() == AreaLevel.GRID));
    }

    @Test
    void the_number_of_the_grid_singles_it_out() {
        for (String words : List.of("第二网格", "2网格", "第2网格", "二网格")) {
            GridAnswer answer = INDEX.find(full(THREE) + words + "，下水道堵了", null);
            assertNotNull(answer.grid(), words);
            assertEquals(THREE + "002", answer.grid().code());
        }
    }

    @Test
    void home_singles_out_the_grid_of_its_own_village_only() {
        String home = THREE + "003";
        FoundGrid grid = INDEX.find(full(THREE), home).grid();
        assertNotNull(grid);
        assertEquals(home, grid.code());
        assertTrue(grid.reason().contains("住址"));
        FoundGrid elsewhere = INDEX.find(full(THREE), ONE + "001").grid();
        assertNotNull(elsewhere);
        assertTrue(elsewhere.confidence() < 0.5, "" + elsewhere.confidence());
    }

    @Test
    void a_dedicated_grid_is_found_by_the_name_people_say() {
        Grid school = TestGround.GRIDS.stream()
                .filter(g -> g.use() == GridUse.SCHOOL && g.name().contains("社区"))
                .filter(g -> TestGround.GRIDS.stream()
                                .filter(o -> o.name().equals(g.name()))
                                .count()
                        == 1)
                .findFirst()
                .orElseThrow();
        String said = GAZETTEER.fullName(school.code().substring(0, 9))
                + school.name().replace("社区", "").replace("专属网格", "");
        for (String words : List.of(school.name(), school.name().replace("专属网格", "") + "门口太堵", said + "门口太堵")) {
            GridAnswer answer = INDEX.find(words, null);
            assertNotNull(answer.grid(), words);
            assertEquals(school.code(), answer.grid().code(), words);
        }
    }

    @Test
    void a_town_alone_is_a_place_and_not_a_grid() {
        GridAnswer answer = INDEX.find("襄垣县侯堡镇的暖气不热", null);
        assertNull(answer.grid());
        assertNotNull(answer.place());
        assertEquals("140423102", answer.place().code());
        assertEquals(AreaLevel.TOWN, answer.place().level());
    }

    @Test
    void a_town_that_holds_the_home_offers_it_first() {
        String home = THREE + "001";
        GridAnswer answer = INDEX.find(full(THREE.substring(0, 9)), home);
        assertNull(answer.grid());
        assertEquals(home, answer.candidates().get(0).code());
    }

    @Test
    void words_without_a_place_answer_nothing() {
        GridAnswer answer = INDEX.find("楼上漏水没人管", null);
        assertNull(answer.grid());
        assertNull(answer.place());
        assertNull(answer.refused());
    }

    @Test
    void strange_words_do_no_harm() {
        for (String words : List.of("", "😀", "\u202e\u0000", "网格", "第网格", "第十十网格", "网".repeat(10_000))) {
            assertNull(INDEX.find(words, "nonsense").grid());
        }
    }

    @Test
    void numbers_are_read_in_both_scripts() {
        assertEquals(12, GridWords.number("12"));
        assertEquals(12, GridWords.number("十二"));
        assertEquals(20, GridWords.number("二十"));
        assertEquals(21, GridWords.number("二十一"));
        assertEquals(10, GridWords.number("十"));
        assertEquals(3, GridWords.number("三"));
        assertEquals(0, GridWords.number("三三"));
    }

    @Test
    void home_is_found_by_itself_and_refused_when_gone() {
        assertEquals(ONE + "001", INDEX.home(ONE + "001").grid().code());
        assertNotNull(INDEX.home("140403999999999").refused());
    }

    @Test
    void point_and_words_that_agree_are_surer_than_either() {
        Grid grid = TestGround.residentialOf(ONE).get(0);
        FoundGrid found =
                new Where("路灯坏了", full(ONE), middleOf(grid), null).in(INDEX).grid();
        assertNotNull(found);
        assertEquals(grid.code(), found.code());
        assertTrue(found.confidence() >= 0.97);
    }

    @Test
    void an_exact_point_wins_over_words_that_name_another_place_but_says_so() {
        Grid grid = TestGround.residentialOf(ONE).get(0);
        String elsewhere = GAZETTEER.all(Level.VILLAGE).stream()
                .map(v -> v.code())
                .filter(v ->
                        !v.startsWith(ONE.substring(0, 6)) && INDEX.ofVillage(v).size() == 1)
                .findFirst()
                .orElseThrow();
        GridAnswer answer = new Where(null, full(elsewhere), middleOf(grid), null).in(INDEX);
        assertNotNull(answer.grid());
        assertEquals(grid.code(), answer.grid().code());
        assertTrue(answer.grid().confidence() <= 0.6);
        assertTrue(answer.grid().reason().contains(full(elsewhere)));
        assertTrue(answer.candidates().get(0).code().startsWith(elsewhere));
    }

    @Test
    void a_vague_point_gives_way_to_words() {
        Grid grid = TestGround.residentialOf(ONE).get(0);
        GeoPoint at = middleOf(grid);
        var vague = new GeoPoint(at.lon(), at.lat(), Crs.WGS84, 5_000);
        FoundGrid found =
                new Where(null, full(THREE) + "第三网格", vague, null).in(INDEX).grid();
        assertNotNull(found);
        assertEquals(THREE + "003", found.code());
    }

    @Test
    void a_point_settles_which_grid_of_the_village_is_meant() {
        Grid second = INDEX.get(THREE + "002").orElseThrow();
        FoundGrid found = new Where(full(THREE) + "下水道堵了", null, middleOf(second), null)
                .in(INDEX)
                .grid();
        assertNotNull(found);
        assertFalse(found.confidence() < 0.9);
        assertTrue(found.code().startsWith(THREE));
    }

    @Test
    void without_any_word_of_a_place_home_is_taken_doubtfully() {
        FoundGrid grid = new Where("楼上漏水没人管", null, null, ONE + "001").in(INDEX).grid();
        assertNotNull(grid);
        assertEquals(ONE + "001", grid.code());
        assertTrue(grid.confidence() < 0.5);
        assertNull(new Where("楼上漏水没人管", null, null, "140403999999999").in(INDEX).grid());
    }

    @Test
    void a_point_far_outside_gives_way_to_words_or_says_no() {
        GeoPoint beijing = GeoPoint.wgs84(116.39, 39.9);
        FoundGrid byWords = new Where(null, full(ONE), beijing, null).in(INDEX).grid();
        assertNotNull(byWords);
        assertEquals(ONE + "001", byWords.code());
        assertNotNull(new Where("楼上漏水", null, beijing, null).in(INDEX).refused());
    }
}
