package linge.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import linge.db.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The board's figures over cases that lived by the dice. */
class BoardTest {

    private static final int CASES = 600;
    private static final LocalDate FIRST = LocalDate.of(2026, 9, 30);

    private static TestDatabase database;
    private static Vertx vertx;
    private static Pool db;
    private static Board board;

    @BeforeAll
    static void write() {
        database = TestDatabase.fresh();
        vertx = Vertx.vertx();
        db = database.pool(vertx);
        board = new Board(db);
        RandomLives.write(db, CASES, 20261101);
        new Rounds().catchUp(db).await();
    }

    @AfterAll
    static void stop() {
        db.close().await();
        vertx.close().await();
        database.drop();
    }

    @Test
    void whoever_recomputes_from_the_raw_history_gets_the_same() {
        Random dice = new Random(7);
        for (int i = 0; i < 60; i++) {
            LocalDate from = FIRST.plusDays(dice.nextInt(35));
            Period period = new Period(from, from.plusDays(dice.nextInt(20)));
            // Often in the middle of the period, sometimes long after.
            Instant now = RandomLives.START.plus(Duration.ofMinutes(30L * dice.nextInt(80 * 48)));
            String area =
                    List.of("1404", "140403", "140403001", "140403001001001").get(dice.nextInt(4));
            assertEquals(
                    PlainRates.of(db, period, now, area).await(),
                    board.totals(Scope.of(period, now, area)).await(),
                    () -> period + " as of " + now + " in " + area);
        }
    }

    @Test
    void what_was_counted_of_days_gone_by_never_changes() {
        Period period = new Period(FIRST.plusDays(8), FIRST.plusDays(14));
        Map<Figure, Count> soon =
                board.totals(Scope.of(period, period.to(), "1404")).await();
        Map<Figure, Count> late = board.totals(Scope.of(period, period.to().plus(Duration.ofDays(300)), "1404"))
                .await();
        assertEquals(soon, late);
        assertTrue(soon.get(Figure.ON_TIME).base() > 20, soon::toString);
    }

    @Test
    void every_figure_opens_as_many_rounds_as_it_says() {
        Scope scope = scope();
        Map<Figure, Count> totals = board.totals(scope).await();
        for (Figure figure : Figure.values()) {
            Count count = totals.get(figure);
            assertTrue(count.base() > 0, figure::name);
            assertEquals(count.base(), all(scope, figure, Figure.Part.BASE), figure::name);
            assertEquals(count.hit(), all(scope, figure, Figure.Part.HIT), figure::name);
            assertEquals(count.base() - count.hit(), all(scope, figure, Figure.Part.MISS), figure::name);
        }
    }

    @Test
    void areas_categories_and_departments_add_up_to_the_whole() {
        Board.Counts counts = board.counts(scope()).await();
        assertEquals(counts.total(), board.totals(scope()).await());
        for (List<Board.Line> lines : List.of(counts.areas(), counts.categories(), counts.departments())) {
            Map<Figure, Count> sum = new EnumMap<>(Figure.class);
            for (Board.Line line : lines) {
                line.counts().forEach((figure, count) -> sum.merge(figure, count, (a, b) -> a.plus(b.base(), b.hit())));
            }
            assertEquals(counts.total(), sum);
        }
        assertEquals(
                Set.of("140403", "140404"),
                Set.copyOf(counts.areas().stream().map(Board.Line::key).toList()));
    }

    @Test
    void a_part_of_the_whole_is_counted_as_its_line_says() {
        Scope county = Scope.of(scope().period(), scope().now(), "140403");
        for (Board.Line line : board.counts(county).await().areas()) {
            boolean own = line.key().equals("140403");
            Scope part = new Scope(county.period(), county.now(), line.key(), own, null, null);
            assertEquals(line.counts(), board.totals(part).await(), line.key());
        }
        for (Board.Line line : board.counts(county).await().categories()) {
            Scope part = new Scope(county.period(), county.now(), "140403", false, line.key(), null);
            assertEquals(line.counts(), board.totals(part).await(), line.key());
        }
    }

    @Test
    void the_days_and_the_weeks_of_a_trend_add_up_to_the_period() {
        for (boolean weekly : new boolean[] {false, true}) {
            Map<Figure, Count> sum = new EnumMap<>(Figure.class);
            List<Board.Step> steps = board.trend(scope(), weekly).await();
            steps.forEach(step -> step.counts()
                    .forEach((figure, count) -> sum.merge(figure, count, (a, b) -> a.plus(b.base(), b.hit()))));
            Map<Figure, Count> totals = board.totals(scope()).await();
            sum.forEach((figure, count) -> assertEquals(totals.get(figure).base(), count.base(), figure::name));
            assertEquals(totals.get(Figure.ON_TIME), sum.get(Figure.ON_TIME));
            assertEquals(totals.get(Figure.SATISFACTION), sum.get(Figure.SATISFACTION));
            assertEquals(weekly ? 3 : 20, steps.size());
        }
    }

    private static Scope scope() {
        Period period = new Period(LocalDate.of(2026, 10, 6), LocalDate.of(2026, 10, 25));
        return Scope.of(period, period.to().plus(Duration.ofDays(9)), "1404");
    }

    private static int all(Scope scope, Figure figure, Figure.Part part) {
        Set<String> seen = new HashSet<>();
        String after = null;
        do {
            Board.Page page = board.list(scope, figure, part, after, 17).await();
            List<String> keys = new ArrayList<>();
            page.items().forEach(one -> keys.add(one.id() + "/" + one.round().nth()));
            seen.addAll(keys);
            after = page.next();
        } while (after != null);
        return seen.size();
    }
}
