package linge.bot.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LawsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROW = """
            {"law":"%s","article":"%s","text":"%s","status":"current"}""";

    @TempDir
    Path dir;

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop_listening() {
        System.setOut(out);
        System.setErr(err);
    }

    @Test
    void statutes_are_imported_searched_and_the_search_is_scored() throws IOException {
        Path laws = write(
                "laws.jsonl",
                ROW.formatted("养狗规矩", "第一条", "遛狗应当拴绳，狗咬了人由养狗的人赔偿。"),
                ROW.formatted("养狗规矩", "第二条", "养狗应当打疫苗、办证。"),
                ROW.formatted("停车规矩", "第一条", "消防通道不得停车。"));
        String index = dir.resolve("index").toString();
        assertEquals(0, Main.run("laws", "import", "--articles", laws.toString(), "--index", index));
        assertEquals(3, lines().get(0).path("searched").asInt());

        Path questions = write(
                "questions.jsonl",
                "{\"query_id\":7,\"question\":\"狗咬人谁赔\",\"gold_articles\":[\"《养狗规矩》第1条\"],\"more\":NaN}",
                "",
                "{\"query_id\":\"b\",\"question\":\"车停在消防通道\",\"gold_articles\":[\"停车规矩第一条\",\"没有的法第一条\"]}");
        said.reset();
        assertEquals(0, Main.run("laws", "search", "--index", index, "--queries", questions.toString(), "--k", "2"));
        List<JsonNode> found = lines();
        assertEquals(2, found.size());
        assertEquals(7, found.get(0).path("query_id").asInt());
        assertEquals(2, found.get(0).path("hits").size());
        assertEquals("养狗规矩", found.get(0).at("/hits/0/law").asText());
        assertEquals("第一条", found.get(0).at("/hits/0/article").asText());
        assertTrue(found.get(0).at("/hits/0/score").isNumber());
        assertEquals("b", found.get(1).path("query_id").asText());
        assertEquals("停车规矩", found.get(1).at("/hits/0/law").asText());

        said.reset();
        assertEquals(0, Main.run("laws", "evaluate", "--index", index, "--gold", questions.toString()));
        JsonNode score = lines().get(lines().size() - 1);
        assertEquals(1, score.path("mrr@10").asDouble());
        assertEquals(1, score.path("hit@5").asDouble());
        assertEquals(0.75, score.path("recall@100").asDouble(), "one right article is not in the index");
        assertTrue(score.path("queriesPerSecond").asDouble() > 0);
    }

    @Test
    void what_cannot_be_done_is_said_in_one_line_without_a_trace() throws IOException {
        Path broken = write("broken.jsonl", "{");
        String index = dir.resolve("index").toString();
        assertEquals(1, Main.run("laws", "import", "--articles", broken.toString(), "--index", index));
        assertTold("broken.jsonl 第 1 行不是 JSON");
        assertEquals(1, Main.run("laws", "search", "--index", index, "--queries", broken.toString()));
        assertTold("没有法条索引");
        assertEquals(2, Main.run("laws", "search", "--index", index));
    }

    private void assertTold(String message) {
        String all = told.toString(StandardCharsets.UTF_8);
        assertTrue(all.contains(message) && !all.contains("\tat "), all);
    }

    private Path write(String name, String... lines) throws IOException {
        return Files.write(dir.resolve(name), List.of(lines), StandardCharsets.UTF_8);
    }

    private List<JsonNode> lines() {
        return said.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> {
                    try {
                        return JSON.readTree(line);
                    } catch (IOException e) {
                        throw new AssertionError(line, e);
                    }
                })
                .toList();
    }
}
