package linge.bot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import linge.bot.place.AddressIndex;
import linge.bot.place.Gazetteer;
import linge.bot.triage.Urgency;
import linge.bot.triage.UrgencyRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SenseTest {
    private static final Path LINES = Path.of("src/test/resources/linge/bot");
    private static final Path TICKETS = Path.of("../../shared/data/complaints/hotline_tickets_train.csv.gz");

    @TempDir
    Path folder = Path.of("");

    @Test
    void no_emergency_of_our_lines_is_missed_and_few_alarms_are_false() {
        var score = new UrgencyScore(LINES.resolve("triage/crises.txt"));
        Map<String, Object> figures = score.figures();
        assertTrue(number(figures, "emergencies") >= 200, figures::toString);
        assertTrue(number(figures, "harmless") >= 200, figures::toString);
        assertEquals(0, number(figures, "missed"), score.wrong()::toString);
        assertEquals(0, number(figures, "notOffered12356"), score.wrong()::toString);
        assertTrue(number(figures, "wrongService") <= 2, score.wrong()::toString);
        assertTrue(number(figures, "falseAlarmRate") <= 0.03, score.wrong()::toString);
    }

    @Test
    void few_tickets_of_a_hotline_raise_an_alarm() {
        if (!"true".equals(System.getenv("CI"))) {
            assumeTrue(Files.exists(TICKETS), "the shared data is not here");
        }
        Map<String, Object> figures = UrgencyScore.tickets(TICKETS);
        assertTrue(number(figures, "tickets") > 13_000, figures::toString);
        assertTrue(number(figures, "alarmRate") <= 0.005, figures::toString);
    }

    @Test
    void places_are_found_asked_about_and_hardly_ever_surely_wrong() {
        var score = new PlaceScore(Gazetteer.shipped(), LINES.resolve("place/mentions.tsv"));
        Map<String, Object> figures = score.figures();
        assertTrue(number(figures, "n") >= 300, figures::toString);
        assertTrue(number(figures, "right") >= 0.95, score.wrong()::toString);
        assertTrue(number(figures, "surelyWrong") <= 0.01, score.wrong()::toString);
    }

    @Test
    void a_line_with_a_stray_carriage_return_gets_one_answer() {
        Commands.Said said = Commands.run("路灯\r坏了\r\n\n着火了", "urgency");
        assertEquals(0, said.code());
        List<String> answers = said.out().lines().toList();
        assertEquals(3, answers.size(), said::out);
        assertTrue(answers.get(2).contains("EMERGENCY"), said::out);
    }

    @Test
    void a_file_that_cannot_be_read_is_told_in_words() throws IOException {
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1, (byte) 0x80});
        for (List<String> command : List.of(
                List.of("locate", "--places"),
                List.of("locate", "--evaluate"),
                List.of("urgency", "--evaluate"),
                List.of("twins", "evaluate", "--pairs"),
                List.of("reply", "evaluate", "--answers"),
                List.of("cards", "evaluate", "--questions"))) {
            refused("不是 UTF-8 编码。", command, binary);
            refused("找不到文件 ", command, folder.resolve("nowhere"));
        }
    }

    private static void refused(String why, List<String> command, Path file) {
        var words = new ArrayList<>(command);
        words.add(file.toString());
        Commands.Said said = Commands.run("", words.toArray(new String[0]));
        assertEquals(1, said.code(), words::toString);
        assertTrue(said.err().startsWith("邻格：") && said.err().contains(why), said::err);
        assertEquals(1, said.err().lines().count(), said::err);
    }

    @Test
    void eight_threads_judge_urgency_as_one_does() throws Exception {
        List<String> lines = Files.readAllLines(LINES.resolve("triage/crises.txt"));
        UrgencyRules rules = UrgencyRules.shipped();
        List<UrgencyRules.Judged> alone = lines.stream().map(rules::of).toList();
        var pool = Executors.newFixedThreadPool(8);
        try {
            Callable<List<UrgencyRules.Judged>> all =
                    () -> lines.stream().map(rules::of).toList();
            for (var judged : pool.invokeAll(Collections.nCopies(16, all))) {
                assertEquals(alone, judged.get());
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void a_judgement_names_the_words_that_decided() {
        UrgencyRules.Judged judged = UrgencyRules.shipped().of("隔壁现在着火了");
        assertEquals(Urgency.EMERGENCY, judged.urgency());
        assertEquals("119", judged.hotline());
        assertTrue(judged.why().contains("着火"), judged::why);
        assertTrue(judged.confidence() > 0.9 && judged.confidence() < 1, judged::toString);
        assertEquals("没有说到危险的字词", UrgencyRules.shipped().of("路灯不亮").why());
    }

    @Test
    void another_citys_table_is_not_disturbed_by_ours() {
        var index = new AddressIndex(Gazetteer.read(new StringReader("code,name,level,parent\n"
                + "1305,邢台市,city,13\n130502,襄都区,county,1305\n130502001,南长街街道,town,130502\n"
                + "130502001001,羊市道社区,village,130502001\n130502100,祝村镇,town,130502\n"
                + "130502100201,东庄村委会,village,130502100\n")));
        assertEquals("130502100201", code(index, "河北省邢台市襄都区祝村镇东庄村"));
        assertEquals("130502100", code(index, "襄都区祝村镇的路灯坏了"));
        assertEquals("130502001001", code(index, "羊市道社区漏水"));
        assertEquals("", code(index, "山西省长治市上党区荫城镇东庄村"));
        assertEquals("", code(index, "长治县东庄村"));
    }

    @Test
    void a_faulty_table_is_refused_in_plain_words() {
        assertRefused("code,name,level\n1404,长治市,city\n", "缺少列 parent");
        assertRefused("code,name,level,parent\n1404,甲市,city,\n140499100,乙镇,town,140499\n", "不存在");
        assertRefused("code,name,level,parent\n1404,甲市,city,\n1404,甲市,city,\n", "重复");
    }

    private static void assertRefused(String csv, String words) {
        var fault = assertThrows(IllegalArgumentException.class, () -> Gazetteer.read(new StringReader(csv)));
        assertTrue(fault.getMessage().contains(words), fault::getMessage);
    }

    private static String code(AddressIndex index, String text) {
        var best = index.locate(text, null).best();
        return best == null ? "" : best.place().code();
    }

    private static double number(Map<String, Object> figures, String name) {
        return ((Number) figures.get(name)).doubleValue();
    }
}
