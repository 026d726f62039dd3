package linge.bot.twins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import linge.bot.text.Resources;
import linge.bot.triage.Category;
import linge.bot.triage.Triage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TwinsTest {

    private static final Instant NOON = Instant.parse("2026-11-26T04:00:00Z");
    private static final String GRID = "140403001001001";

    private static List<Pairs.Judged> pairs(String file) {
        return Pairs.read(Resources.lines(TwinsTest.class, file), text -> {
            @Nullable Category category = Triage.shipped().of(text).category();
            return category == null ? null : category.code();
        });
    }

    private static Report report(String text) {
        return new Report(text, null, GRID, new Report.Point(113.11, 36.19, 30), null, NOON);
    }

    private static Likeness compare(String one, String other) {
        return Twins.shipped().compare(report(one), report(other));
    }

    @Test
    void there_are_enough_pairs_to_say_something_and_half_of_them_are_hard() {
        List<Pairs.Judged> all = Stream.of("pairs.tsv", "pairs-fresh.tsv")
                .flatMap(file -> pairs(file).stream())
                .toList();
        Set<String> easy = Set.of("same words", "far");
        assertTrue(all.size() >= 160, () -> all.size() + " pairs");
        assertTrue(all.stream().filter(one -> !easy.contains(one.kind())).count() * 2 >= all.size());
        Set<String> texts = new HashSet<>();
        pairs("pairs.tsv").forEach(one -> texts.add(one.pair().one().text()));
        assertTrue(pairs("pairs-fresh.tsv").stream()
                .noneMatch(one -> texts.contains(one.pair().one().text())));
    }

    @Test
    void pairs_nothing_was_learnt_from_are_told_apart_as_docs_accuracy_says() {
        TwinsScore.Figures staff = TwinsScore.of(pairs("pairs-fresh.tsv"), Weights.View.STAFF, Twins.LIKELY);
        assertTrue(staff.precision() >= 0.92 && staff.recall() >= 0.92, () -> staff + "");
        TwinsScore.Figures strangers = TwinsScore.of(pairs("pairs-fresh.tsv"), Weights.View.STRANGERS, Twins.SURE);
        assertTrue(strangers.precision() >= 0.88 && strangers.recall() >= 0.85, () -> strangers + "");
    }

    @Test
    void pairs_it_learnt_from_are_told_apart() {
        TwinsScore.Figures staff = TwinsScore.of(pairs("pairs.tsv"), Weights.View.STAFF, Twins.LIKELY);
        assertTrue(staff.precision() >= 0.87 && staff.recall() >= 0.92, () -> staff + "");
    }

    @Test
    void the_weights_that_ship_are_those_the_pairs_teach() {
        List<Weights.Pair> taught =
                pairs("pairs.tsv").stream().map(Pairs.Judged::pair).toList();
        assertEquals(Resources.lines(TwinsTest.class, "weights.tsv"), Weights.learn(taught));
    }

    @Test
    void it_does_not_matter_which_came_first() {
        Twins twins = Twins.shipped();
        for (Pairs.Judged one : pairs("pairs.tsv")) {
            Report a = one.pair().one();
            Report b = one.pair().other();
            assertEquals(twins.compare(a, b).score(), twins.compare(b, a).score(), 1e-9, a.text());
        }
    }

    @Test
    void another_building_is_another_matter_and_is_named_as_the_reason() {
        Likeness same = compare("锦绣花园3号楼路灯不亮", "锦绣花园三号楼的路灯坏了");
        Likeness other = compare("锦绣花园3号楼路灯不亮", "锦绣花园九号楼的路灯坏了");
        assertTrue(same.score() > Twins.LIKELY && other.score() < Twins.LIKELY, () -> same + " " + other);
        assertEquals(
                "楼号不同（3 / 9）",
                other.reasons().stream()
                        .filter(reason -> !reason.speaksFor())
                        .findFirst()
                        .orElseThrow()
                        .words());
    }

    @Test
    void a_road_is_known_by_all_of_its_name() {
        assertTrue(
                PlaceNames.in("潞州区英雄中路太行西街路口").agreeing(PlaceNames.in("我在英雄中路")).containsValue("英雄中路"));
        assertEquals(
                "英雄北路 / 英雄南路",
                PlaceNames.in("英雄北路").contradicting(PlaceNames.in("英雄南路")).get("ROAD"));
        assertTrue(PlaceNames.in("村里的路和我们小区门口").byKind().isEmpty());
        // A street office ends the road before it and begins nothing.
        assertEquals(
                List.of("莲花池社区"), PlaceNames.in("潞州区英雄中路街道莲花池社区门口").byKind().get("VILLAGE"));
    }

    @Test
    void strangers_learn_nothing_of_the_words_nor_of_where_somebody_lives() {
        Report mine = report("3号楼前的路灯坏了");
        double plain =
                Twins.shipped().forStrangers(mine, List.of(report("3号楼的路灯坏了"))).get(0);
        for (String theirs : List.of("3号楼的路灯被张三打坏了，他家住2单元501", "3号楼的路灯坏了，我是4单元1702的，我妈摔倒住院了", "住解放街56号的人说3号楼路灯不亮")) {
            double score =
                    Twins.shipped().forStrangers(mine, List.of(report(theirs))).get(0);
            assertEquals(plain, score, 0.02, theirs);
            // Trying rooms does not help either.
            for (String room : List.of("501", "1702", "303")) {
                Report fishing = report("3号楼前的路灯坏了，2单元" + room);
                assertEquals(
                        score,
                        Twins.shipped()
                                .forStrangers(fishing, List.of(report(theirs)))
                                .get(0),
                        1e-9);
            }
        }
    }

    @Test
    void whatever_is_written_a_score_comes_out() {
        for (String text : List.of("", "？？？", "a", "🙂", "路".repeat(5000), "3号楼".repeat(2000), "\u0000\uD800")) {
            double score = compare(text, "路灯坏了").score();
            assertTrue(score >= 0 && score <= 1, text);
            assertTrue(Marks.of(report(text)).size() < 60);
        }
    }

    @Test
    void an_index_finds_what_is_alike_and_near_in_place_and_time() {
        Report lamp = report("锦绣花园3号楼门口的路灯不亮了");
        Report told = report("天一黑门口伸手不见五指");
        Report nextVillage =
                new Report("路灯坏了", null, "140403001002001", new Report.Point(113.1102, 36.1901, 30), null, NOON);
        Report countyOnly = new Report("锦绣花园3号楼门口的路灯不亮", null, "140403", null, null, NOON);
        Report longAgo = new Report(lamp.text(), null, GRID, null, null, NOON.minus(Duration.ofDays(200)));
        for (Report other : List.of(lamp, told, nextVillage, countyOnly)) {
            assertTrue(meets(lamp, other), other.text());
            assertTrue(meets(other, lamp), other.text());
        }
        assertTrue(!meets(lamp, longAgo));
        assertTrue(!meets(lamp, new Report(lamp.text(), null, "140425001001001", null, null, NOON)));
    }

    private static boolean meets(Report looking, Report kept) {
        Set<Long> found = new HashSet<>(Marks.lookups(looking, Duration.ofDays(31), Weights.View.STAFF));
        found.retainAll(Marks.of(kept));
        return !found.isEmpty();
    }

    @Test
    void words_are_looked_for_only_by_those_who_may_read_them() {
        Report swan = report("黑天鹅被人打死了");
        Set<Long> staff = Marks.lookups(swan, Duration.ofDays(31), Weights.View.STAFF);
        assertNotEquals(Set.of(), staff);
        assertEquals(Set.of(), Marks.lookups(swan, Duration.ofDays(31), Weights.View.STRANGERS));
    }

    @Test
    void chinese_numbers_are_numbers() {
        assertEquals("12", Numbers.arabic("十二"));
        assertEquals("20", Numbers.arabic("二十"));
        assertEquals("103", Numbers.arabic("一百零三"));
        assertEquals("A", Numbers.arabic("a"));
    }
}
