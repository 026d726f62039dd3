package linge.bot.dialogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import linge.bot.Bot;
import linge.bot.knowledge.Hardship;
import org.junit.jupiter.api.Test;

class RepliesTest {
    private static final Path CODE = Path.of("src/main/java/linge/bot/dialogue");
    private static final Pattern NAME = Pattern.compile("\"([a-z]+(?:[.-][a-z0-9:.-]+)?)\"");
    private static final Replies SHIPPED = Replies.shipped();

    private static String code() throws IOException {
        try (Stream<Path> files = Files.list(CODE)) {
            return files.map(file -> {
                        try {
                            return Files.readString(file);
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    })
                    .collect(Collectors.joining());
        }
    }

    @Test
    void every_reply_is_said_by_some_code() throws IOException {
        String code = code();
        var quoted = NAME.matcher(code).results().map(match -> match.group(1)).collect(Collectors.toSet());
        var unused = new TreeSet<>(SHIPPED.names());
        unused.removeAll(quoted);
        // Names that code puts together: one for each state, number, channel and choice.
        unused.removeIf(name -> name.matches(
                        "progress\\.(submitted|accepted|dispatched|handling|reported|rated|archived|declined|withdrawn)")
                || name.matches("emergency\\.(119|110|120|122|gas|water|home|missing|fraud|jump)")
                || name.matches("channel\\.(court|review|discipline|police-case)")
                || (name.startsWith("choice.")
                        && (quoted.contains(name.substring(7)) || name.startsWith("choice.topic:"))));
        assertTrue(unused.isEmpty(), unused::toString);
    }

    @Test
    void every_reply_that_code_says_is_in_the_file() throws IOException {
        var said = Pattern.compile("(?:say|lead|text|ask|reply)\\((?:Ask\\.[A-Z_]+, )?\"([a-z][a-z0-9.-]*[a-z0-9])\"")
                .matcher(code())
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(said.size() > 80, "found " + said.size());
        said.removeAll(SHIPPED.names());
        assertTrue(said.isEmpty(), said::toString);
    }

    @Test
    void a_field_that_nobody_fills_is_found() {
        assertThrows(IllegalStateException.class, () -> SHIPPED.of("report.filed"));
        assertEquals("共2张。", SHIPPED.text("report.photos", "count", 2).substring(6));
    }

    @Test
    void a_city_lays_its_own_words_over_ours() {
        Bot bot = Bot.of(new StringReader("## small.hello\n潞州小格在呢，您说。\n"), Hardship.DEFAULT);
        Instant now = Instant.parse("2026-11-24T02:00:00Z");
        Turn turn = bot.hear(Talk.fresh(now), Heard.text(now, Heard.Who.NOBODY, "你好"));
        assertEquals("潞州小格在呢，您说。", turn.replies().get(0).text());
        assertEquals(3, turn.replies().get(0).choices().size());
    }

    @Test
    void own_words_with_an_unknown_name_field_or_choice_are_refused_in_chinese() {
        for (String own : new String[] {
            "## small.helo\n您好\n",
            "## small.hello\n您好{name}\n",
            "## small.hello\n您好\n- nonsense: 点我\n",
            "## small.hello\n"
        }) {
            var refused = assertThrows(IllegalArgumentException.class, () -> SHIPPED.with(new StringReader(own)));
            assertTrue(refused.getMessage().contains("small.hel"), refused.getMessage());
        }
    }

    @Test
    void no_reply_is_long_or_scolds() {
        for (String name : SHIPPED.names()) {
            String text = SHIPPED.text(
                    name,
                    "count",
                    1,
                    "list",
                    "",
                    "first",
                    "",
                    "what",
                    "",
                    "where",
                    "",
                    "why",
                    "",
                    "number",
                    "",
                    "due",
                    "",
                    "more",
                    "",
                    "since",
                    "",
                    "phone",
                    "",
                    "day",
                    "",
                    "state",
                    "",
                    "holder",
                    "",
                    "answer",
                    "",
                    "role",
                    "",
                    "name",
                    "",
                    "grid",
                    "",
                    "people",
                    "",
                    "hours",
                    "",
                    "office",
                    "",
                    "question",
                    "",
                    "papers",
                    "");
            assertTrue(text.length() <= 90, name + ": " + text.length());
            assertTrue(!text.contains("必须") && !text.contains("请勿") && !text.contains("违者"), name);
        }
    }
}
