package linge.bot.place;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressIndexTest {
    private static final Gazetteer GAZETTEER = Gazetteer.shipped();
    private static final AddressIndex INDEX = new AddressIndex(GAZETTEER);

    @TestFactory
    Stream<DynamicTest> each_address_line_means_its_place() {
        return lines().map(cells -> dynamicTest(
                cells[0] + (cells[1].equals("-") ? "" : " near " + cells[1]),
                () -> assertEquals(cells[2], outcome(cells[0], cells[1].equals("-") ? null : cells[1]))));
    }

    private static String outcome(String text, String near) {
        Located located = INDEX.locate(text, near);
        if (located.best() != null) {
            String code = located.best().place().code();
            return code.length() == 4 ? located.best().place().name() : GAZETTEER.fullName(code);
        }
        // A faint candidate is no question worth asking.
        boolean worthAsking = located.candidates().stream().anyMatch(found -> found.confidence() >= 0.5);
        return worthAsking ? "ask" : "none";
    }

    private static Stream<String[]> lines() {
        var stream = AddressIndexTest.class.getResourceAsStream("addresses.tsv");
        return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
                .lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.split("\\|"));
    }

    @Test
    void the_full_name_of_every_place_is_found_as_that_place() {
        var wrong = Stream.of(Level.COUNTY, Level.TOWN, Level.VILLAGE)
                .flatMap(level -> GAZETTEER.all(level).stream())
                .filter(place -> !GAZETTEER.isVirtual(place.code()))
                .filter(place -> {
                    FoundPlace best = INDEX.locate("长治市" + GAZETTEER.fullName(place.code()), null)
                            .best();
                    return best == null || !best.place().equals(place);
                })
                .map(place -> place.code() + GAZETTEER.fullName(place.code()))
                .toList();
        assertEquals(List.of(), wrong);
    }

    @Test
    void a_shared_village_name_comes_back_as_candidates_of_equal_standing() {
        Located located = INDEX.locate("东庄村", null);
        assertNull(located.best());
        assertTrue(located.candidates().size() >= 5);
        assertTrue(located.candidates().get(0).reason().contains("处"), located::toString);
    }

    @Test
    void a_find_says_its_words_and_its_reason() {
        FoundPlace best = INDEX.locate("潞州区东街街道的路灯坏了", null).best();
        assertNotNull(best);
        assertEquals("潞州区东街街道", best.text());
        assertEquals("地址中写明了潞州区东街街道", best.reason());
        assertTrue(best.confidence() > 0.9 && best.confidence() <= 1);
    }

    @Test
    void a_former_name_is_explained() {
        assertEquals("“长治县”现在叫上党区", INDEX.locate("长治县", null).best().reason());
    }

    @Test
    void eight_threads_find_the_same_places() throws Exception {
        List<String> texts = lines().map(cells -> cells[0]).toList();
        List<Located> alone =
                texts.stream().map(text -> INDEX.locate(text, null)).toList();
        var pool = Executors.newFixedThreadPool(8);
        try {
            Callable<List<Located>> all =
                    () -> texts.stream().map(text -> INDEX.locate(text, null)).toList();
            for (var answer :
                    pool.invokeAll(Stream.generate(() -> all).limit(16).collect(Collectors.toList()))) {
                assertEquals(alone, answer.get());
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "，。！？",
                "😀😀😀",
                "\u202e\u200f\u0000\u0007",
                "\ud800",
                "<script>alert(1)</script>",
                "'; DROP TABLE cases;--"
            })
    void bad_input_finds_nothing(String text) {
        assertEquals(new Located(null, List.of()), INDEX.locate(text, "999999"));
    }

    @Test
    void a_very_long_text_is_read_in_bounded_time() {
        var threads = ManagementFactory.getThreadMXBean();
        String text = "潞州区东街街道东关社区".repeat(10_000);
        long start = threads.getCurrentThreadCpuTime();
        assertEquals("140403001002", INDEX.locate(text, null).best().place().code());
        assertTrue(threads.getCurrentThreadCpuTime() - start < 2_000_000_000L);
    }

    @Test
    void right_to_left_and_zero_width_marks_do_not_hide_a_name() {
        assertEquals(
                "140403",
                INDEX.locate("\u202e潞\u200b州\ufeff区\u200f", null).best().place().code());
    }
}
