package linge.bot.knowledge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import linge.bot.knowledge.law.LawIndex;
import linge.bot.knowledge.law.MadeUpLaws;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LegalAdviserTest {
    private static final List<String> QUESTIONS = List.of(
            "老板拖欠我三个月工资怎么办",
            "网上被骗了钱还能要回来吗",
            "我想离婚孩子归谁",
            "集市哪天开张啊乡公所几天答复",
            "今天天气怎么样",
            "怎么偷税不被发现",
            "隔壁着火了现在",
            "",
            "？？？",
            "abc");

    @TempDir
    static Path dir;

    private static LawIndex laws;
    private static LegalAdviser adviser;

    @BeforeAll
    static void take_in() throws IOException {
        laws = LawIndex.open(MadeUpLaws.index(dir));
        adviser = new LegalAdviser(Cards.shipped(), laws);
    }

    @AfterAll
    static void close() throws IOException {
        laws.close();
    }

    @Test
    void a_card_answers_and_every_sentence_of_its_answer_rests_on_an_article() {
        Advice advice = adviser.ask("老板拖欠我三个月工资怎么办");
        assertEquals(Advice.Kind.CARD, advice.kind());
        assertNotNull(advice.card());
        assertTrue(
                advice.card().answer().stream()
                        .noneMatch(sentence -> sentence.citations().isEmpty()),
                advice::answer);
        assertTrue(advice.sentences().containsAll(advice.card().answer()), advice::answer);
        assertNotNull(advice.route());
        assertFalse(advice.refused());
    }

    @Test
    void how_to_do_wrong_is_declined_whatever_card_is_near() {
        Advice advice = adviser.ask("怎么偷税不被发现");
        assertEquals(Advice.Kind.DECLINED, advice.kind());
        assertTrue(advice.refused());
        assertNull(advice.card());
    }

    @Test
    void danger_comes_before_the_law() {
        Advice advice = adviser.ask("隔壁着火了现在");
        assertEquals(Advice.Kind.EMERGENCY, advice.kind());
        assertEquals("119", advice.hotline());
        assertTrue(advice.spoken().contains("119"), advice::spoken);
    }

    @Test
    void a_number_to_call_back_is_no_part_of_the_question() {
        assertEquals(
                adviser.ask("老板拖欠我三个月工资怎么办").card(),
                adviser.ask("老板拖欠我三个月工资怎么办，电话13800012345").card());
    }

    @Test
    void what_no_card_knows_is_quoted_from_the_statutes_and_without_them_not_known() {
        String question = "赶集的日子是初几开张";
        Advice quoted = adviser.ask(question);
        assertEquals(Advice.Kind.ARTICLES, quoted.kind(), quoted::answer);
        assertFalse(quoted.articles().isEmpty());
        Advice bare = new LegalAdviser(Cards.shipped(), null).ask(question);
        assertEquals(Advice.Kind.UNSURE, bare.kind(), bare::answer);
        assertEquals(List.of(), bare.articles());
    }

    @Test
    void eight_threads_get_the_same_advice_as_one() throws Exception {
        List<Advice> alone = QUESTIONS.stream().map(adviser::ask).toList();
        var pool = Executors.newFixedThreadPool(8);
        try {
            Callable<List<Advice>> all =
                    () -> QUESTIONS.stream().map(adviser::ask).toList();
            for (var answered : pool.invokeAll(Collections.nCopies(16, all))) {
                assertEquals(alone, answered.get());
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
