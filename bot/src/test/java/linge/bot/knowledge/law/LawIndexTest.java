package linge.bot.knowledge.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LawIndexTest {
    private static final List<String> QUESTIONS =
            List.of("楼上漏水把我家天花板泡了谁赔", "邻居半夜放音乐怎么办", "狗叫得一晚上睡不着", "老板不给工钱找谁", "乡公所几天答复", "集市哪天开张", "?", "abc");

    @TempDir
    static Path dir;

    private static LawIndex laws;

    @BeforeAll
    static void take_in() throws IOException {
        laws = LawIndex.open(MadeUpLaws.index(dir));
    }

    @AfterAll
    static void close() throws IOException {
        laws.close();
    }

    @Test
    void a_question_finds_the_article_that_answers_it() {
        assertEquals("第四条", laws.search("楼上漏水把我家天花板泡了谁赔", 3).get(0).article().article());
        assertEquals("第二条", laws.search("邻居半夜放音乐唱歌怎么办", 3).get(0).article().article());
        assertEquals("帮工报酬法", laws.search("老板拖欠工钱", 3).get(0).article().law());
    }

    @Test
    void only_law_in_force_is_searched() {
        var found = new HashSet<String>();
        laws.search("漏水 集市", 100).forEach(hit -> {
            assertEquals(Status.CURRENT, hit.article().status());
            found.add(hit.article().law() + hit.article().article());
        });
        assertFalse(found.contains("旧集市法第一条"));
        assertEquals(7, laws.size());
    }

    @Test
    void hits_come_best_first_each_once_and_no_more_than_asked() {
        List<ArticleHit> hits = laws.search("邻居 工钱", 5);
        assertEquals(5, hits.size());
        assertEquals(5, new HashSet<>(hits).size());
        for (int i = 1; i < hits.size(); i++) {
            assertTrue(hits.get(i - 1).score() >= hits.get(i).score());
        }
        assertEquals(7, laws.search("邻居", 1_000).size());
        assertEquals(hits.subList(0, 2), laws.search("邻居 工钱", 2));
    }

    @Test
    void a_question_without_words_finds_nothing_and_a_very_long_one_still_does() {
        assertTrue(laws.search("", 5).isEmpty());
        assertTrue(laws.search(" 　？！\u200b", 5).isEmpty());
        assertTrue(laws.search("漏水", 0).isEmpty());
        assertFalse(laws.search("楼上漏水，".repeat(3_000), 5).isEmpty());
        assertFalse(laws.search("\uD800漏水\u0000", 5).isEmpty());
    }

    @Test
    void an_article_is_found_by_name_and_number() {
        Article article = laws.article("中华人民共和国邻里安宁法", "4").orElseThrow();
        assertEquals("第四条", article.article());
        assertEquals("第三章 水", article.chapter());
        assertEquals("2020-01-01", article.version());
        assertEquals("第二章 声音", laws.article("《邻里安宁法》", "二").orElseThrow().chapter());
        assertEquals("第二条之一", laws.article("帮工报酬法", "2之一").orElseThrow().article());
        assertTrue(laws.article("帮工报酬法", "第三条").isEmpty());
        assertTrue(laws.article("没有的法", "第一条").isEmpty());
        assertEquals(article, laws.named("邻里安宁法第四条").orElseThrow());
    }

    @Test
    void an_article_of_a_law_that_ended_is_shown_as_such() {
        assertEquals(Status.REPEALED, laws.article("旧集市法", "1").orElseThrow().status());
        assertEquals(Status.CURRENT, laws.article("邻里安宁法", "4").orElseThrow().status());
    }

    @Test
    void many_threads_get_the_same_answers_as_one() throws Exception {
        List<List<ArticleHit>> alone =
                QUESTIONS.stream().map(question -> laws.search(question, 7)).toList();
        var workers = Executors.newFixedThreadPool(8);
        try {
            List<Callable<List<List<ArticleHit>>>> work = Collections.nCopies(
                    16,
                    () -> QUESTIONS.stream()
                            .map(question -> laws.search(question, 7))
                            .toList());
            var answers = new ArrayList<List<List<ArticleHit>>>();
            for (Future<List<List<ArticleHit>>> answer : workers.invokeAll(work)) {
                answers.add(answer.get());
            }
            answers.forEach(answer -> assertEquals(alone, answer));
        } finally {
            workers.shutdown();
        }
    }
}
