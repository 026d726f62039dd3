package linge.bot.triage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TriageTest {
    private static final Triage TRIAGE = Triage.shipped();
    private static final Path HELD_OUT = Path.of("src/data/triage/held-out.txt");

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private record Expected(String code, String text) {}

    private static List<Expected> heldOut() throws IOException {
        var lines = new ArrayList<Expected>();
        String code = "";
        for (String line : Files.readAllLines(HELD_OUT)) {
            if (line.startsWith("# ")) {
                code = line.substring(2);
            } else if (!line.isBlank()) {
                lines.add(new Expected(code, line));
            }
        }
        return lines;
    }

    private static String code(Triaged triaged) {
        return triaged.category() == null ? "" : triaged.category().code();
    }

    @Test
    void held_out_lines_are_sorted_at_least_as_well_as_docs_accuracy_says() throws IOException {
        var lines = heldOut();
        var wrong = lines.stream()
                .filter(line -> !code(TRIAGE.of(line.text())).equals(line.code()))
                .map(line -> line.text() + ": " + code(TRIAGE.of(line.text())))
                .toList();
        assertTrue(wrong.size() <= lines.size() * (1 - FLOOR), wrong::toString);
    }

    @Test
    void an_answer_that_is_not_abstained_is_mostly_right() throws IOException {
        var given = heldOut().stream()
                .filter(line -> !TRIAGE.of(line.text()).abstained())
                .toList();
        long right = given.stream()
                .filter(line -> code(TRIAGE.of(line.text())).equals(line.code()))
                .count();
        assertTrue(right >= given.size() * SURE_FLOOR, right + " of " + given.size());
    }

    private static final double FLOOR = 0.94;
    private static final double SURE_FLOOR = 0.96;

    @ParameterizedTest
    @CsvSource({
        "小区门口路灯坏了三天了, MUNICIPAL.STREET_LAMP, URBAN_MANAGEMENT",
        "老板拖欠我三个月工资, LABOUR.WAGES, HUMAN_RESOURCES",
        "物业费太高不公开, PROPERTY.FEES, HOUSING",
        "消防通道被占, SAFETY.FIRE, FIRE_RESCUE",
        "邻居狗不拴绳, SANITATION.DOGS, PUBLIC_SECURITY",
        "低保怎么申请, WELFARE.ALLOWANCE, CIVIL_AFFAIRS",
        "宅基地批不下来, RURAL.HOMESTEAD, AGRICULTURE",
    })
    void a_plain_complaint_has_its_category_and_owner(String text, String category, String department) {
        Triaged triaged = TRIAGE.of(text);
        assertEquals(category, code(triaged));
        assertEquals(department, triaged.category().department().code());
        assertTrue(!triaged.abstained(), triaged::toString);
        assertEquals(5, triaged.candidates().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"asdf qwer zxcv", "鬱龘靐齉", "12345 67890", "😀😀", "Привет"})
    void a_text_of_unknown_words_only_is_abstained(String text) {
        Triaged triaged = TRIAGE.of(text);
        assertTrue(triaged.abstained(), triaged::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "  ", "，。！？……", "\u0000\u0001\u0007", "\u202e\u200f\u200b", "\ud83d", "'; DROP TABLE x;--"})
    void bad_input_is_abstained_and_normal(String text) {
        Triaged triaged = TRIAGE.of(text);
        assertNull(triaged.category());
        assertTrue(triaged.abstained());
        assertEquals(Urgency.NORMAL, triaged.urgency());
        assertTrue(triaged.candidates().isEmpty());
    }

    @Test
    void a_hundred_thousand_characters_are_judged_in_bounded_time() {
        for (String text : List.of("路灯不亮", "着火", "打架", "没没没没", "水水", "1234", "aaaa", "一二三", "老人", "有人被", "电线")) {
            long start = THREADS.getCurrentThreadCpuTime();
            assertNotNull(TRIAGE.of(text.repeat(100_000 / text.length())));
            assertTrue(THREADS.getCurrentThreadCpuTime() - start < 1_000_000_000L, text);
        }
    }

    @Test
    void eight_threads_get_the_same_answers() throws Exception {
        var texts = heldOut().stream().map(Expected::text).toList();
        var alone = texts.stream().map(TRIAGE::of).toList();
        var pool = Executors.newFixedThreadPool(8);
        try {
            Callable<List<Triaged>> all = () -> texts.stream().map(TRIAGE::of).toList();
            for (var answer :
                    pool.invokeAll(Stream.generate(() -> all).limit(16).collect(Collectors.toList()))) {
                assertEquals(alone, answer.get());
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void every_category_has_two_names_and_a_department_and_the_model_knows_it() throws IOException {
        var categories = Categories.shipped();
        assertEquals(125, categories.all().size());
        var codes = new HashSet<String>();
        categories.all().forEach(category -> {
            assertEquals(2, category.path().size());
            assertTrue(categories.departments().contains(category.department()));
            assertEquals(category, categories.find(category.code()).orElseThrow());
            codes.add(category.code());
        });
        assertEquals(codes, new HashSet<>(TRIAGE.model().labels()));
    }
}
