package linge.clocks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import linge.db.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The worked examples of {@code articles.md}, each article by the rules and the calendar a fresh service has. */
class ClockArticlesTest {

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

    private static Vertx vertx;
    private static Pool db;
    private static ClockBook book;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
        db = TestDatabase.fresh().pool(vertx);
        ClockBooks books = new ClockBooks(db, Clock.systemUTC());
        books.settle().await();
        book = books.current(db).await();
    }

    @AfterAll
    static void close() {
        db.close().await();
        vertx.close().await();
    }

    @TestFactory
    Stream<DynamicTest> every_example_comes_out_as_written() {
        return examples()
                .map(cells -> DynamicTest.dynamicTest(
                        String.join(" ", cells.subList(0, 3)),
                        () -> assertEquals(cells.get(3) + " | " + cells.get(4), reckoned(cells))));
    }

    @Test
    void every_rule_has_an_example() {
        TreeSet<String> shown =
                new TreeSet<>(examples().map(cells -> cells.get(0)).toList());
        assertEquals(new TreeSet<>(book.rules().keySet()), shown);
    }

    private static String reckoned(List<String> cells) {
        int extended = 0;
        List<Reckoning.Pause> pauses = new ArrayList<>();
        for (String happened :
                cells.get(2).isEmpty() ? new String[0] : cells.get(2).split("; ")) {
            if (happened.startsWith("延 ")) {
                extended += Integer.parseInt(happened.substring(2));
            } else {
                String[] pause = happened.substring(2).split(" → ");
                pauses.add(new Reckoning.Pause(at(pause[0]), at(pause[1])));
            }
        }
        ClockRule rule = book.rule(cells.get(0), "140403");
        Deadline deadline =
                book.deadline(rule, "140403", new Reckoning.Run(at(cells.get(1)), extended, List.copyOf(pauses)));
        Instant yellow = deadline.yellow();
        return shown(deadline.due())
                + (deadline.provisional() ? "（暂定 " + deadline.unknownYear() + "）" : "")
                + " | "
                + (yellow == null ? "—" : shown(yellow));
    }

    private static Instant at(String local) {
        return LocalDateTime.parse(local, WHEN).atZone(WorkingTime.ZONE).toInstant();
    }

    private static String shown(Instant at) {
        return WHEN.format(at.atZone(WorkingTime.ZONE));
    }

    private static Stream<List<String>> examples() {
        try (InputStream in = Objects.requireNonNull(ClockArticlesTest.class.getResourceAsStream("articles.md"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> line.matches("\\| [A-Z_]+ \\|.*"))
                            .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                                    .map(String::strip)
                                    .toList())
                            .toList()
                            .stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
