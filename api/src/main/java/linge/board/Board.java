package linge.board;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import linge.db.Times;
import linge.shared.AreaLevel;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** Counts rounds by the definitions of {@link Figure}, and lists them. */
final class Board {

    /** Each figure's count for one area, category or department. */
    record Line(String key, Map<Figure, Count> counts) {}

    /** All there is to count of a period; keys are codes, empty for what has none. */
    record Counts(Map<Figure, Count> total, List<Line> areas, List<Line> categories, List<Line> departments) {}

    /** One day, or the week that begins with it. */
    record Step(LocalDate day, Map<Figure, Count> counts) {}

    /** A round as lists show it. */
    record Listed(
            UUID id,
            String number,
            String text,
            @Nullable String category,
            @Nullable String department,
            String area,
            String state,
            String urgency,
            boolean demo,
            Round round,
            @Nullable Integer score) {}

    /** A page of rounds; {@code next} leads on, null at the end. */
    record Page(List<Listed> items, @Nullable String next) {}

    /** What was marked within the period, round by round; and the rounds that can count at all, lest all others be looked at. */
    static final String FROM = """
            FROM case_rounds r JOIN cases c ON c.id = r.case_id
            LEFT JOIN (
              SELECT o.case_id, o.nth, bool_or(h.move = 'RETURN') AS returned, bool_or(h.move <> 'RETURN') AS supervised
              FROM case_history h JOIN case_rounds o ON o.case_id = h.case_id AND h.seq >= o.opened_seq
                AND (o.closed_seq IS NULL OR h.seq <= o.closed_seq)
              WHERE h.at >= $1 AND h.at < $2 AND h.move IN ('RETURN', 'SUPERVISE', 'WARN')
              GROUP BY o.case_id, o.nth) m ON m.case_id = r.case_id AND m.nth = r.nth
            WHERE r.opened_at < $2 AND (r.closed_at IS NULL OR greatest(r.closed_at, r.verdict_at) >= $1)
              AND """ + " " + Scope.CONDITION;

    private static final String AREA = "left(c.area, $7)";
    private static final String CATEGORY = "split_part(coalesce(c.category, ''), '.', 1)";
    private static final String SECOND = "coalesce(c.category, '')";
    private static final String DEPARTMENT = "coalesce(c.department, '')";

    private static final List<Figure> OVER_TIME =
            List.of(Figure.FILED, Figure.ON_TIME, Figure.ACCEPTED_ON_TIME, Figure.SATISFACTION);

    private final Pool db;

    Board(Pool db) {
        this.db = db;
    }

    /** Everything in one look over the rounds. */
    Future<Counts> counts(Scope scope) {
        String category = scope.category() == null ? CATEGORY : SECOND;
        String sql = "SELECT grouping(" + AREA + ", " + category + ", " + DEPARTMENT + ") AS which, " + AREA
                + " AS area, "
                + category + " AS category, " + DEPARTMENT + " AS department, " + figures(List.of(Figure.values()))
                + " "
                + FROM + " GROUP BY GROUPING SETS ((), (" + AREA + "), (" + category + "), (" + DEPARTMENT + "))";
        return db.preparedQuery(sql)
                .execute(scope.values().addValue(below(scope)))
                .map(Board::counts);
    }

    /** The same without what it is made up of. */
    Future<Map<Figure, Count>> totals(Scope scope) {
        return db.preparedQuery("SELECT " + figures(List.of(Figure.values())) + " " + FROM)
                .execute(scope.values())
                .map(rows -> counts(rows.iterator().next(), List.of(Figure.values())));
    }

    /** Day by day, or week by week from Monday; the days of each add up to the whole period's figure. */
    Future<List<Step>> trend(Scope scope, boolean weekly) {
        String moments = """
                SELECT CASE WHEN $7 THEN date_trunc('week', e.at AT TIME ZONE 'Asia/Shanghai')
                  ELSE date_trunc('day', e.at AT TIME ZONE 'Asia/Shanghai') END::date AS day, e.figure, e.hit
                FROM (SELECT r.*""";
        // Each figure that has a moment of its own is counted on that day.
        String events = """
                ) r CROSS JOIN LATERAL (VALUES
                  ('FILED', r.opened_at, r.is_filed, true),
                  ('ON_TIME', least(r.closed_at, r.due_at), r.is_on_time, r.was_on_time),
                  ('ACCEPTED_ON_TIME', least(r.accepted_at, r.accept_due), r.is_accepted, r.was_accepted),
                  ('SATISFACTION', r.verdict_at, r.is_judged, r.was_satisfied)) AS e (figure, at, counts, hit)
                WHERE e.counts""";
        String sql = "SELECT day, figure, count(*) AS base, count(*) FILTER (WHERE hit) AS hit FROM (" + moments + ", "
                + Figure.FILED.condition(Figure.Part.BASE) + " AS is_filed, "
                + Figure.ON_TIME.condition(Figure.Part.BASE) + " AS is_on_time, "
                + Figure.ON_TIME.condition(Figure.Part.HIT) + " AS was_on_time, "
                + Figure.ACCEPTED_ON_TIME.condition(Figure.Part.BASE) + " AS is_accepted, "
                + Figure.ACCEPTED_ON_TIME.condition(Figure.Part.HIT) + " AS was_accepted, "
                + Figure.SATISFACTION.condition(Figure.Part.BASE) + " AS is_judged, "
                + Figure.SATISFACTION.condition(Figure.Part.HIT) + " AS was_satisfied " + FROM + events
                + ") x GROUP BY day, figure ORDER BY day";
        return db.preparedQuery(sql).execute(scope.values().addValue(weekly)).map(rows -> {
            Map<LocalDate, Map<Figure, Count>> days = new TreeMap<>();
            LocalDate first = weekly
                    ? scope.period()
                            .first()
                            .minusDays(scope.period().first().getDayOfWeek().getValue() - 1L)
                    : scope.period().first();
            for (LocalDate day = first; !day.isAfter(scope.period().last()); day = day.plusDays(weekly ? 7 : 1)) {
                Map<Figure, Count> none = new EnumMap<>(Figure.class);
                OVER_TIME.forEach(figure -> none.put(figure, Count.NONE));
                days.put(day, none);
            }
            rows.forEach(row -> java.util.Objects.requireNonNull(days.get(row.getLocalDate("day")))
                    .put(Figure.valueOf(row.getString("figure")), new Count(row.getLong("base"), row.getLong("hit"))));
            List<Step> steps = new ArrayList<>();
            days.forEach((day, counts) -> steps.add(new Step(day, counts)));
            return steps;
        });
    }

    /** The rounds behind a figure, the newest first: as many in all as the figure says. */
    Future<Page> list(Scope scope, Figure figure, Figure.Part part, @Nullable String after, int limit) {
        Cursor from = after == null ? Cursor.START : Cursor.decode(after);
        Tuple values =
                scope.values().addValue(Times.at(from.at())).addValue(from.id()).addValue(limit + 1);
        return db.preparedQuery(listing(figure, part)).execute(values).map(rows -> {
            List<Listed> items = new ArrayList<>();
            for (Row row : rows) {
                if (items.size() == limit) {
                    Listed last = items.get(limit - 1);
                    return new Page(items, new Cursor(last.round().openedAt(), last.id()).encode());
                }
                items.add(listed(row));
            }
            return new Page(items, null);
        });
    }

    /** Over {@link Scope#values}, a moment, an id and a limit. */
    static String listing(Figure figure, Figure.Part part) {
        return "SELECT c.id, c.number, c.text, c.category, c.department, c.area, c.state::text AS state,"
                + " c.urgency::text AS urgency, c.demo, r.nth, r.opened_seq, r.opened_at, r.accept_due, r.accepted_at,"
                + " r.due_at, r.closed_seq, r.closed_at, r.outcome, r.verdict_at, r.satisfied,"
                + " (SELECT s.score FROM case_readings s WHERE s.case_id = r.case_id AND s.score IS NOT NULL"
                + " AND s.seq > r.closed_seq ORDER BY s.seq LIMIT 1) AS score " + FROM + " AND "
                + figure.condition(part)
                + " AND (r.opened_at, c.id) < ($7, $8) ORDER BY r.opened_at DESC, c.id DESC LIMIT $9";
    }

    static Listed listed(Row row) {
        Short score = row.getShort("score");
        return new Listed(
                row.getUUID("id"),
                row.getString("number"),
                row.getString("text"),
                row.getString("category"),
                row.getString("department"),
                row.getString("area"),
                row.getString("state"),
                row.getString("urgency"),
                row.getBoolean("demo"),
                Rounds.round(row),
                score == null ? null : (int) score);
    }

    /** How many digits the areas have that an area is compared by. */
    static int below(Scope scope) {
        return switch (AreaLevel.of(scope.area())) {
            case CITY -> AreaLevel.COUNTY.digits();
            case COUNTY -> AreaLevel.TOWN.digits();
            case TOWN -> AreaLevel.VILLAGE.digits();
            case VILLAGE, GRID -> AreaLevel.GRID.digits();
        };
    }

    private static String figures(List<Figure> figures) {
        List<String> columns = new ArrayList<>();
        for (Figure figure : figures) {
            columns.add("count(*) FILTER (WHERE " + figure.condition(Figure.Part.BASE) + ") AS b" + figure.ordinal());
            columns.add("count(*) FILTER (WHERE " + figure.condition(Figure.Part.HIT) + ") AS h" + figure.ordinal());
        }
        return String.join(", ", columns);
    }

    private static Counts counts(RowSet<Row> rows) {
        List<Figure> all = List.of(Figure.values());
        Map<Figure, Count> total = new EnumMap<>(Figure.class);
        all.forEach(figure -> total.put(figure, Count.NONE));
        List<Line> areas = new ArrayList<>();
        List<Line> categories = new ArrayList<>();
        List<Line> departments = new ArrayList<>();
        for (Row row : rows) {
            Map<Figure, Count> counts = counts(row, all);
            // A bit for each that a row is not about: area 4, category 2, department 1.
            switch (row.getInteger("which")) {
                case 3 -> areas.add(new Line(row.getString("area"), counts));
                case 5 -> categories.add(new Line(row.getString("category"), counts));
                case 6 -> departments.add(new Line(row.getString("department"), counts));
                default -> total.putAll(counts);
            }
        }
        return new Counts(total, areas, categories, departments);
    }

    private static Map<Figure, Count> counts(Row row, List<Figure> figures) {
        Map<Figure, Count> counts = new EnumMap<>(Figure.class);
        figures.forEach(figure -> counts.put(
                figure, new Count(row.getLong("b" + figure.ordinal()), row.getLong("h" + figure.ordinal()))));
        return counts;
    }

    /** Where a page begins: the last round before it. */
    private record Cursor(Instant at, UUID id) {
        static final Cursor START = new Cursor(Instant.parse("9999-12-31T00:00:00Z"), new UUID(-1, -1));
        private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

        String encode() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((at + "|" + id).getBytes(StandardCharsets.UTF_8));
        }

        static Cursor decode(String text) {
            try {
                String[] parts =
                        new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\\|", 2);
                Cursor cursor = new Cursor(Instant.parse(parts[0]), UUID.fromString(parts[1]));
                if (cursor.at.isBefore(FIRST) || cursor.at.isAfter(START.at)) {
                    throw new IllegalArgumentException("no case was ever filed then");
                }
                return cursor;
            } catch (IllegalArgumentException | DateTimeParseException | ArrayIndexOutOfBoundsException e) {
                throw Refusal.badInput("/after", "翻页位置不对，请从第一页重新看起。");
            }
        }
    }
}
