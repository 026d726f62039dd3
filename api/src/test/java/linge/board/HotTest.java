package linge.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What many speak of, and where. */
class HotTest {

    private static final Random DICE = new Random(3);

    @Test
    void reports_alike_stand_together_and_say_what_they_are_about() {
        List<Topics.Report> now = new ArrayList<>();
        List<String> places = List.of("三号楼", "南门口", "幼儿园旁", "菜市场边", "老干部楼");
        for (String place : places) {
            now.add(report("UTILITIES.HEATING", place + "家里暖气不热，只有" + now.size() + "度。"));
        }
        now.add(report("UTILITIES.HEATING", "供热公司多收了去年的面积费，要求退款。"));
        now.add(report("SANITATION.DOGS", "广场上有人遛狗不拴绳，孩子被吓哭了。"));
        List<Topics.Report> before = List.of(report("UTILITIES.HEATING", "五号楼家里暖气不热，老人受不了。"));
        List<Topics.Topic> topics = Topics.of(now, before, 10);
        assertEquals(1, topics.size());
        Topics.Topic heating = topics.get(0);
        assertEquals(5, heating.count());
        assertEquals(1, heating.before());
        assertEquals(4, heating.grew());
        assertTrue(heating.words().contains("暖气不热"), heating::words);
        assertEquals(3, heating.examples().size());
    }

    @Test
    void the_same_words_about_something_else_are_another_topic() {
        List<Topics.Report> now = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            now.add(report("UTILITIES.WATER", "二单元停了一整天，没有看到通知。"));
            now.add(report("UTILITIES.POWER", "二单元停了一整天，没有看到通知。"));
        }
        assertEquals(2, Topics.of(now, List.of(), 10).size());
    }

    @Test
    void thousands_of_reports_are_compared_in_moments() {
        List<Topics.Report> now = new ArrayList<>();
        for (int i = 0; i < HotReports.READ; i++) {
            StringBuilder text = new StringBuilder();
            for (int c = 0; c < 60; c++) {
                text.append((char) ('\u4E00' + DICE.nextInt(900)));
            }
            now.add(report("GENERAL.SERVICE", text.toString()));
        }
        // Nothing alike: the worst there is. That it ends at all shows that not all are compared with all.
        assertTrue(Topics.of(now, now, 10).size() <= 10);
    }

    @Test
    void points_close_together_make_a_spot_and_scattered_ones_none() {
        List<Spots.Point> points = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            points.add(point(113.117 + i * 0.0004, 36.195));
        }
        for (int i = 0; i < 30; i++) {
            points.add(point(113.0 + i * 0.01, 36.3));
        }
        List<Spots.Spot> spots = Spots.of(points, 5);
        assertEquals(1, spots.size());
        assertEquals(9, spots.get(0).points().size(), "a chain of neighbours is one spot");
        assertEquals(113.1186, spots.get(0).lon(), 0.0001);
    }

    @Test
    void which_point_comes_first_does_not_matter() {
        List<Spots.Point> points = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            points.add(point(113.1 + DICE.nextDouble() * 0.02, 36.19 + DICE.nextDouble() * 0.02));
        }
        List<Integer> sizes = sizes(points);
        java.util.Collections.shuffle(points, DICE);
        // Points at the edge of two spots may go to either; how many spots there are stays.
        assertEquals(sizes.size(), sizes(points).size());
    }

    private static List<Integer> sizes(List<Spots.Point> points) {
        return Spots.of(points, 1000).stream().map(spot -> spot.points().size()).toList();
    }

    private static Spots.Point point(double lon, double lat) {
        return new Spots.Point(UUID.randomUUID(), lon, lat);
    }

    private static Topics.Report report(String category, String text) {
        return new Topics.Report(UUID.randomUUID(), "26110100" + DICE.nextInt(9999), category, text);
    }
}
