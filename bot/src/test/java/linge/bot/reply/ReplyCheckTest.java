package linge.bot.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import linge.bot.text.Resources;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ReplyCheckTest {

    private static final String LAMP = "小区门口路灯坏了三天，晚上看不见路";
    private static final String MENDED = "11月24日下午，街道市政维修人员到现场检查，是灯头进水短路，已更换新灯头并试亮，当晚恢复照明。";

    @TestFactory
    Stream<DynamicTest> what_a_colleague_would_say() {
        return lines().stream()
                .map(line -> DynamicTest.dynamicTest(
                        line.expected() + " " + line.draft().words(),
                        () -> assertEquals(plain(line.expected()), plain(line.heard()))));
    }

    /** Whether an answer is beside the question is a judgement: right most of the time, and seldom a false alarm. */
    @Test
    void most_answers_beside_the_question_are_noticed_and_few_others_suspected() {
        List<Judged> beside =
                lines().stream().filter(line -> off(line.expected())).toList();
        long noticed = beside.stream().filter(line -> off(line.heard())).count();
        List<Judged> suspected = lines().stream()
                .filter(line -> !off(line.expected()) && off(line.heard()))
                .toList();
        assertTrue(beside.size() >= 12 && noticed >= beside.size() * 3 / 4, () -> noticed + " of " + beside.size());
        assertTrue(suspected.size() <= 3, suspected::toString);
    }

    @Test
    void an_answer_of_another_case_is_known_again_though_a_few_words_changed() {
        Earlier earlier = new Earlier("202611200012", "学校东墙外的路灯不亮", MENDED.replace("街道", "本街道"));
        List<Concern> concerns =
                ReplyCheck.shipped().of(Draft.of(LAMP, null, MENDED).beside(List.of(earlier)));
        assertEquals(
                List.of(Concern.Kind.COPIED),
                concerns.stream().map(Concern::kind).toList());
        assertEquals("202611200012", concerns.get(0).copiedFrom());
    }

    @Test
    void the_same_report_filed_twice_may_be_answered_the_same() {
        Earlier twin = new Earlier("202611200012", " " + LAMP, MENDED);
        assertEquals(
                List.of(), ReplyCheck.shipped().of(Draft.of(LAMP, null, MENDED).beside(List.of(twin))));
    }

    @Test
    void an_answer_of_its_own_is_no_copy_of_one_like_it() {
        Earlier like = new Earlier("202611200012", "学校东墙外的路灯不亮", "11月20日上午，市政所师傅到现场检查，是线路老化，已换线，当天下午亮灯。");
        assertEquals(
                List.of(), ReplyCheck.shipped().of(Draft.of(LAMP, null, MENDED).beside(List.of(like))));
    }

    @Test
    void a_concern_quotes_what_it_is_about() {
        List<Concern> concerns =
                ReplyCheck.shipped().of(Draft.of(LAMP, null, "11月24日街道维修人员检查了路灯，联系人 139 3455 6677，将安排更换电缆。"));
        assertEquals(
                List.of("139 3455 6677", "将安排更换电缆"),
                concerns.stream().map(Concern::quote).toList());
    }

    @Test
    void any_text_is_read_without_failing() {
        for (String text : List.of(
                "",
                " ",
                "ßŉ将安排更换，ß手机139 3455 6677。",
                "。。。",
                "\ud800",
                "a".repeat(50_000),
                "将".repeat(20_000),
                "1".repeat(20_000))) {
            long before = System.nanoTime();
            assertTrue(ReplyCheck.shipped().of(Draft.of(text, null, text).beside(List.of(new Earlier("1", text, text))))
                    != null);
            assertTrue(System.nanoTime() - before < Duration.ofSeconds(20).toNanos(), "no pattern runs away");
        }
    }

    private static List<Judged> lines() {
        return Judged.read(Resources.lines(ReplyCheckTest.class, "answers.tsv"));
    }

    private static boolean off(Set<Concern.Kind> kinds) {
        return kinds.contains(Concern.Kind.OFF_THE_QUESTION);
    }

    /** Without the judgement. */
    private static Set<Concern.Kind> plain(Set<Concern.Kind> kinds) {
        return kinds.stream()
                .filter(kind -> kind != Concern.Kind.OFF_THE_QUESTION)
                .collect(Collectors.toSet());
    }
}
