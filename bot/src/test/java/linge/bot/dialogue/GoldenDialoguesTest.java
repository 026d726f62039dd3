package linge.bot.dialogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import linge.bot.Bot;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every dialogue in {@code dialogues/*.md}, word for word. {@code -Dlinge.goldens.write=true} writes what the bot says now. */
class GoldenDialoguesTest {
    private static final Path FOLDER = Path.of("src/test/resources/dialogues");
    private static final int AT_ONCE = 2;
    private static final Bot BOT = Bot.shipped();

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Script> scripts() throws IOException {
        return files().stream().flatMap(file -> Script.of(file).stream()).toList();
    }

    @TestFactory
    Stream<DynamicTest> each_dialogue_goes_as_written() throws IOException {
        if (Boolean.getBoolean("linge.goldens.write")) {
            for (Path file : files()) {
                Files.writeString(file, Script.rewritten(Script.of(file), BOT::hear, new HashSet<>()));
            }
        }
        return scripts().stream()
                .map(script -> DynamicTest.dynamicTest(
                        script.title,
                        () -> assertEquals(
                                script.expectedText(), script.play(BOT::hear, new HashSet<>()), script.why)));
    }

    @Test
    void there_are_at_least_eighty_dialogues_and_each_says_why() throws IOException {
        var scripts = scripts();
        assertTrue(scripts.size() >= 80, "dialogues: " + scripts.size());
        scripts.forEach(script -> assertTrue(script.why.length() >= 6, script.title));
        assertEquals(
                scripts.size(),
                scripts.stream().map(script -> script.title).distinct().count());
    }

    @Test
    void a_talk_goes_on_from_its_json_as_if_nothing_had_happened() throws IOException {
        for (Script script : scripts()) {
            String resumed = script.play(
                    (talk, heard) -> {
                        Talk read = Talk.read(talk.json(), Instant.EPOCH);
                        assertEquals(talk, read, script.title);
                        return BOT.hear(read, heard);
                    },
                    new HashSet<>());
            assertEquals(script.expectedText(), resumed, script.title);
        }
    }

    @Test
    void eight_threads_say_the_same_as_one() throws Exception {
        var scripts = scripts();
        var pool = Executors.newFixedThreadPool(8);
        try {
            var tasks = new ArrayList<Callable<String>>();
            for (Script script : scripts) {
                for (int i = 0; i < AT_ONCE; i++) {
                    tasks.add(() -> script.play(BOT::hear, new HashSet<>()));
                }
            }
            var results = pool.invokeAll(tasks);
            for (int i = 0; i < results.size(); i++) {
                assertEquals(
                        scripts.get(i / AT_ONCE).expectedText(), results.get(i).get());
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
