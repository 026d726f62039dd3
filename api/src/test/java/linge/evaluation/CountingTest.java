package linge.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import linge.clocks.ServiceCalendar;
import linge.shared.Role;
import org.junit.jupiter.api.Test;

/** How points, days on duty and ranks are counted, without a database. */
class CountingTest {

    private static final Instant START = Instant.parse("2026-07-01T00:00:00Z");

    @Test
    void the_lines_of_any_deeds_add_up_to_what_their_rules_give_and_in_any_order_they_are_the_same() {
        Random dice = new Random(37);
        for (int i = 0; i < 500; i++) {
            Book book = book(dice);
            int days = dice.nextInt(70);
            Presence presence = new Presence(days, days == 0 ? 0 : dice.nextInt(days + 1));
            List<Deed> deeds = new ArrayList<>();
            Map<Counted, Long> units = new EnumMap<>(Counted.class);
            for (int n = dice.nextInt(60); n > 0; n--) {
                Counted counted = Counted.values()[dice.nextInt(Counted.values().length - 1)];
                int times = 1 + dice.nextInt(9);
                deeds.add(new Deed(
                        counted,
                        START.plusSeconds(dice.nextInt(40)),
                        Deed.Evidence.CASE,
                        "" + deeds.size(),
                        deeds.size(),
                        times,
                        null));
                units.merge(counted, (long) times, Long::sum);
            }
            List<Deed> shuffled = new ArrayList<>(deeds);
            java.util.Collections.shuffle(shuffled, dice);
            deeds.sort(Deed.IN_ORDER);
            shuffled.sort(Deed.IN_ORDER);
            List<Tally.Line> lines = Tally.lines(book, presence, deeds);
            assertEquals(
                    Tally.points(Tally.sums(book, presence, units)),
                    lines.stream().mapToLong(Tally.Line::points).sum());
            assertEquals(lines, Tally.lines(book, presence, shuffled));
            for (Book.Rule rule : book.rules().values()) {
                long sum = lines.stream()
                        .filter(line -> line.deed().counted() == rule.counted())
                        .mapToLong(Tally.Line::points)
                        .sum();
                assertTrue(rule.cap() == null || Math.abs(sum) <= rule.cap(), rule::toString);
            }
        }
    }

    @Test
    void a_cap_is_used_up_in_the_order_of_time_and_what_is_over_it_gives_nothing() {
        Book book = book(List.of(new Book.Rule(Counted.VISIT, 20, 50, "走访")));
        List<Deed> deeds = new ArrayList<>();
        for (int n = 0; n < 4; n++) {
            deeds.add(new Deed(Counted.VISIT, START.plusSeconds(n), Deed.Evidence.LOG, "" + n, null, 1, null));
        }
        assertEquals(
                List.of(20L, 20L, 10L, 0L),
                Tally.lines(book, new Presence(60, 60), deeds).stream()
                        .map(Tally.Line::points)
                        .toList());
        // Half the time on duty: half the cap, and as much as anybody when it is compared.
        Presence half = new Presence(60, 30);
        long points = Tally.points(Tally.sums(book, half, Map.of(Counted.VISIT, 4L)));
        assertEquals(25, points);
        assertEquals(50, half.whole(points));
    }

    @Test
    void days_on_duty_are_working_days_after_joining_and_without_leave() {
        ServiceCalendar calendar = ServiceCalendar.shipped();
        LocalDate first = LocalDate.of(2026, 7, 1);
        LocalDate last = LocalDate.of(2026, 7, 31);
        assertEquals(new Presence(23, 23), Presence.of(calendar, first, last, null, List.of()));
        assertEquals(new Presence(23, 5), Presence.of(calendar, first, last, LocalDate.of(2026, 7, 25), List.of()));
        // A week with its weekend, told twice, is five days.
        Presence.Leave week = new Presence.Leave(LocalDate.of(2026, 7, 6), LocalDate.of(2026, 7, 12));
        assertEquals(new Presence(23, 18), Presence.of(calendar, first, last, null, List.of(week, week)));
        assertEquals(
                new Presence(23, 0),
                Presence.of(
                        calendar,
                        first,
                        last,
                        null,
                        List.of(new Presence.Leave(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 12, 31)))));
        assertEquals(new Presence(23, 0), Presence.of(calendar, first, last, last.plusDays(1), List.of()));
    }

    @Test
    void equal_points_share_a_rank_and_whoever_was_hardly_there_is_not_ranked() {
        Presence there = new Presence(60, 60);
        List<Standing> all = List.of(
                Standing.of(who("a"), 900, there, 33),
                Standing.of(who("b"), 1000, there, 33),
                Standing.of(who("c"), 900, there, 33),
                Standing.of(who("d"), 100, there, 33),
                Standing.of(who("e"), 600, new Presence(60, 30), 33),
                Standing.of(who("f"), 800, new Presence(60, 19), 33));
        List<Standing.Ranked> ranked = Standing.order(all);
        assertEquals(
                List.of("e", "b", "a", "c", "d", "f"),
                ranked.stream().map(one -> one.standing().who().user()).toList());
        assertEquals(
                Arrays.asList(1, 2, 3, 3, 5, null),
                ranked.stream().map(Standing.Ranked::rank).toList());
        assertTrue(String.valueOf(ranked.get(5).standing().unranked()).contains("不到"));
        assertTrue(Standing.unordered(all).stream().allMatch(one -> one.rank() == null));
    }

    @Test
    void a_year_is_the_mean_of_the_quarters_somebody_was_ranked_in_and_its_lines_add_up() {
        Standing.Who who = who("a");
        Map<Term, List<Standing>> quarters = new java.util.LinkedHashMap<>();
        long[] points = {1000, 1001, 500, 0};
        int[] duty = {60, 60, 5, 60};
        for (int i = 0; i < 4; i++) {
            quarters.put(new Term(2025, i + 1), List.of(Standing.of(who, points[i], new Presence(60, duty[i]), 33)));
        }
        Instant now = Instant.parse("2026-02-01T00:00:00Z");
        Year.Made leftOut = Year.of(quarters, Book.Missing.LEFT_OUT, now).get(0);
        assertEquals((1000 + 1001) / 3, leftOut.standing().points());
        assertEquals(3, leftOut.lines().size());
        assertEquals(
                leftOut.standing().points(),
                leftOut.lines().stream().mapToLong(Tally.Line::points).sum());
        assertNull(leftOut.standing().unranked());
        Year.Made zero = Year.of(quarters, Book.Missing.ZERO, now).get(0);
        assertEquals((1000 + 1001) / 4, zero.standing().points());
    }

    @Test
    void texts_are_alike_by_what_they_share_whatever_their_numbers() {
        assertEquals(100, Alike.percent("3 号楼东侧井盖松动", "5号楼东侧井盖松动！"));
        assertTrue(Alike.percent("三号楼东侧的井盖松动了", "三号楼门口堆着垃圾没人清") < 40);
        assertEquals(
                List.of(0, 1, 3), Alike.largestGroup(List.of("1 号楼灯坏了不亮", "2 号楼灯坏了不亮", "河边栏杆断了一截", "3 号楼灯坏了不亮"), 80));
    }

    @Test
    void a_quarter_has_its_days_and_knows_when_it_is_over() {
        Term quarter = new Term(2026, 3);
        assertEquals("2026Q3", quarter.code());
        assertEquals(LocalDate.of(2026, 7, 1), quarter.first());
        assertEquals(LocalDate.of(2026, 9, 30), quarter.last());
        assertTrue(quarter.over(Instant.parse("2026-09-30T16:00:00Z")));
        assertTrue(!quarter.over(Instant.parse("2026-09-30T15:59:59Z")));
        assertEquals(new Term(2027, 1), Term.quarterOf(Instant.parse("2026-12-31T16:00:00Z")));
    }

    @Test
    void the_shipped_rules_speak_of_everything_that_can_be_counted_once() {
        Set<Counted> ruled = new HashSet<>();
        Shipped.rules().forEach(rule -> assertTrue(ruled.add(rule.counted()), rule::toString));
        for (Counted counted : Counted.values()) {
            assertEquals(counted.hasRule(), ruled.contains(counted), counted::name);
        }
        assertEquals(12, Shipped.thresholds().size());
    }

    private static Book book(Random dice) {
        List<Book.Rule> rules = new ArrayList<>();
        for (Counted counted : Counted.values()) {
            if (counted.hasRule() && dice.nextInt(4) > 0) {
                Integer cap = dice.nextInt(3) == 0 ? null : dice.nextInt(400);
                rules.add(new Book.Rule(counted, dice.nextInt(101) - 50, cap, counted.label()));
            }
        }
        return book(rules);
    }

    private static Book book(List<Book.Rule> rules) {
        return new Book(
                1,
                "",
                true,
                33,
                Book.Missing.LEFT_OUT,
                Book.byCounted(rules),
                Book.Thresholds.of(Shipped.thresholdValues()));
    }

    private static Standing.Who who(String user) {
        return new Standing.Who(
                UUID.nameUUIDFromBytes(user.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                user,
                user,
                Role.GRID_WORKER,
                "140403001001001",
                true);
    }
}
