package linge.evaluation;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import linge.db.Times;
import linge.shared.Refusal;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/** Scores of a period: as they were published, or, as long as it is not, counted from the log whenever somebody looks. */
final class Scores {

    private static final String PUBLISHED =
            "SELECT " + Published.COLUMNS + " FROM evaluation_periods WHERE area = $1 AND period = $2";
    private static final String FROZEN = """
            SELECT s.staff_id AS id, p.username, s.name, s.role::text AS role, s.area, s.active, s.days, s.duty,
              s.points + coalesce((SELECT sum(c.points) FROM evaluation_corrections c
                WHERE c.period_id = s.period_id AND c.staff_id = s.staff_id), 0) AS points
            FROM evaluation_scores s JOIN staff p ON p.id = s.staff_id
            WHERE s.period_id = $1 AND starts_with(s.area, $2) AND ($3::uuid IS NULL OR s.staff_id = $3)""";
    /** Where somebody stood when it was published, wherever they are now. */
    private static final String OF_PERSON = "SELECT " + Published.COLUMNS + "\n" + """
            FROM evaluation_periods p WHERE p.period = $2
            AND EXISTS (SELECT FROM evaluation_scores s WHERE s.period_id = p.id AND s.staff_id = $1)
            ORDER BY p.published_at DESC LIMIT 1""";

    private static final String LINES = """
            SELECT l.id, l.nth, l.book_id, l.counted, l.kind, l.ref, l.seq, l.at, l.units, l.earned, l.points, l.words
            FROM evaluation_lines l WHERE l.period_id = $1 AND l.staff_id = $2 ORDER BY l.nth""";

    private final Clock clock;
    private final Books books;
    private final People people;
    private final Deeds deeds = new Deeds();

    Scores(Clock clock, Books books, People people) {
        this.clock = clock;
        this.books = books;
        this.people = people;
    }

    /**
     * Everybody of an area in a period.
     *
     * @param book in force now: its switch says whether anybody is put in order
     * @param published null while it is counted from the log
     */
    record Whole(Term term, Book book, @Nullable Published published, List<Standing> standings) {}

    /** @param id of a line that was published; null for one just counted */
    record Numbered(@Nullable Long id, int nth, Tally.Line line) {}

    /** One person in a period, with everything that makes the score. */
    record Person(Term term, Book book, @Nullable Published published, Standing standing, List<Numbered> lines) {}

    static String county(String area) {
        if (area.length() < 6) {
            throw Refusal.notSensible("/area", "考核按县（区）进行，请选择县（区）或更小的区域。");
        }
        return area.substring(0, 6);
    }

    Future<Whole> whole(SqlClient on, String area, Term term) {
        Instant now = clock.instant();
        String county = county(area);
        return books.inForce(on, county)
                .compose(book -> published(on, county, term)
                        .compose(published -> standings(on, area, term, published, now)
                                .map(all -> new Whole(term, book, published, all))));
    }

    private Future<List<Standing>> standings(
            SqlClient on, String area, Term term, @Nullable Published published, Instant now) {
        if (published != null) {
            return frozen(on, published, area, null);
        }
        return books.inForce(on, county(area))
                .compose(book -> term.isYear()
                        ? quarters(on, area, term, now)
                                .map(quarters -> Year.of(quarters, book.missing(), now).stream()
                                        .map(Year.Made::standing)
                                        .toList())
                        : counted(on, area, term, book, now));
    }

    /** From the log, as of now. */
    private Future<List<Standing>> counted(SqlClient on, String area, Term term, Book book, Instant now) {
        return people.present(on, area, term, now)
                .compose(present -> deeds.sums(on, area, term, now).map(sums -> {
                    List<Standing> all = new ArrayList<>();
                    present.forEach((person, presence) -> {
                        Map<Counted, Long> own = sums.getOrDefault(person.who().id(), Map.of());
                        if (person.who().active() || !own.isEmpty()) {
                            long points = Tally.points(Tally.sums(book, presence, own));
                            all.add(Standing.of(person.who(), points, presence, book.leastDuty()));
                        }
                    });
                    return all;
                }));
    }

    /** The quarters of a year that have begun, each as it stands. */
    Future<Map<Term, List<Standing>>> quarters(SqlClient on, String area, Term year, Instant now) {
        Future<Map<Term, List<Standing>>> all = Future.succeededFuture(new LinkedHashMap<>());
        for (Term quarter : year.quarters()) {
            if (quarter.begun(now)) {
                all = all.compose(found -> published(on, county(area), quarter)
                        .compose(published -> standings(on, area, quarter, published, now))
                        .map(standings -> {
                            found.put(quarter, standings);
                            return found;
                        }));
            }
        }
        return all;
    }

    Future<@Nullable Published> published(SqlClient on, String county, Term term) {
        return on.preparedQuery(PUBLISHED)
                .execute(Tuple.of(county, term.code()))
                .map(rows ->
                        rows.size() == 0 ? null : Published.of(rows.iterator().next()));
    }

    private Future<List<Standing>> frozen(SqlClient on, Published published, String area, @Nullable UUID person) {
        return books.byId(on, published.book())
                .compose(book -> on.preparedQuery(FROZEN)
                        .execute(Tuple.of(published.id(), area, person))
                        .compose(rows -> {
                            List<Standing> all = new ArrayList<>();
                            rows.forEach(row -> all.add(standing(row, published.term(), book)));
                            return published.term().isYear() ? yearly(on, published, all) : Future.succeededFuture(all);
                        }));
    }

    /** Who was ranked at the end of a year depends on its quarters, which are final. */
    private Future<List<Standing>> yearly(SqlClient on, Published published, List<Standing> all) {
        return on.preparedQuery("SELECT staff_id, count(*) AS n FROM evaluation_lines WHERE period_id = $1 GROUP BY 1")
                .execute(Tuple.of(published.id()))
                .map(rows -> {
                    Map<UUID, Long> counted = new LinkedHashMap<>();
                    rows.forEach(row -> counted.put(row.getUUID("staff_id"), row.getLong("n")));
                    return all.stream()
                            .map(one -> Year.ranked(
                                    one,
                                    counted.getOrDefault(one.who().id(), 0L).intValue(),
                                    4))
                            .toList();
                });
    }

    private static Standing standing(Row row, Term term, Book book) {
        Standing.Who who = new Standing.Who(
                row.getUUID("id"),
                Objects.requireNonNull(row.getString("username")),
                row.getString("name"),
                Role.valueOf(row.getString("role")),
                row.getString("area"),
                row.getBoolean("active"));
        long points = row.getLong("points");
        Presence presence = new Presence(row.getInteger("days"), row.getInteger("duty"));
        return term.isYear()
                ? new Standing(who, points, points, presence, null)
                : Standing.of(who, points, presence, book.leastDuty());
    }

    /** One person, as the period stands for them. */
    Future<Person> person(SqlClient on, Standing.Who who, Term term) {
        Instant now = clock.instant();
        return ofPerson(on, who, term).compose(published -> {
            if (published != null) {
                return books.inForce(on, published.area())
                        .compose(book -> frozen(on, published, published.area(), who.id())
                                .compose(standings -> lines(on, published, who.id())
                                        .map(lines -> new Person(term, book, published, standings.get(0), lines))));
            }
            String county = county(who.area());
            return books.inForce(on, county)
                    .compose(book ->
                            term.isYear() ? yearOf(on, who, term, book, now) : quarterOf(on, who, term, book, now));
        });
    }

    /** Where somebody was published: there, even if they moved on; else where they are now. */
    Future<@Nullable Published> ofPerson(SqlClient on, Standing.Who who, Term term) {
        return on.preparedQuery(OF_PERSON)
                .execute(Tuple.of(who.id(), term.code()))
                .map(rows ->
                        rows.size() == 0 ? null : Published.of(rows.iterator().next()));
    }

    private Future<Person> quarterOf(SqlClient on, Standing.Who who, Term term, Book book, Instant now) {
        return people.present(on, who.area(), term, now)
                .compose(present -> deeds.of(on, who.id(), who.area(), term, now)
                        .map(own -> {
                            Presence presence = present.entrySet().stream()
                                    .filter(one -> one.getKey().who().id().equals(who.id()))
                                    .map(Map.Entry::getValue)
                                    .findFirst()
                                    .orElse(new Presence(0, 0));
                            List<Tally.Line> lines = Tally.lines(book, presence, own);
                            long points =
                                    lines.stream().mapToLong(Tally.Line::points).sum();
                            return new Person(
                                    term,
                                    book,
                                    null,
                                    Standing.of(who, points, presence, book.leastDuty()),
                                    numbered(lines));
                        }));
    }

    private Future<Person> yearOf(SqlClient on, Standing.Who who, Term term, Book book, Instant now) {
        return quarters(on, who.area(), term, now)
                .map(quarters -> Year.of(quarters, book.missing(), now).stream()
                        .filter(one -> one.standing().who().id().equals(who.id()))
                        .findFirst()
                        .map(made -> new Person(term, book, null, made.standing(), numbered(made.lines())))
                        .orElse(new Person(
                                term,
                                book,
                                null,
                                Standing.of(who, 0, new Presence(0, 0), book.leastDuty()),
                                List.of())));
    }

    private static List<Numbered> numbered(List<Tally.Line> lines) {
        List<Numbered> all = new ArrayList<>();
        lines.forEach(line -> all.add(new Numbered(null, all.size() + 1, line)));
        return all;
    }

    private static Future<List<Numbered>> lines(SqlClient on, Published published, UUID person) {
        return on.preparedQuery(LINES).execute(Tuple.of(published.id(), person)).map(rows -> {
            List<Numbered> all = new ArrayList<>();
            rows.forEach(row -> all.add(new Numbered(row.getLong("id"), row.getInteger("nth"), line(row))));
            return all;
        });
    }

    private static Tally.Line line(Row row) {
        return new Tally.Line(
                new Deed(
                        Counted.valueOf(row.getString("counted")),
                        Times.of(row, "at"),
                        Deed.Evidence.valueOf(row.getString("kind")),
                        Objects.requireNonNull(row.getString("ref")),
                        row.getInteger("seq"),
                        row.getInteger("units"),
                        row.getString("words")),
                row.getLong("book_id"),
                row.getInteger("earned"),
                row.getInteger("points"));
    }

    /** What each rule came to, in the order of the rules. */
    static List<Tally.Sum> sums(List<Numbered> lines) {
        Map<Counted, Tally.Sum> sums = new EnumMap<>(Counted.class);
        lines.forEach(one -> sums.merge(
                one.line().deed().counted(),
                new Tally.Sum(
                        one.line().deed().counted(),
                        one.line().deed().units(),
                        one.line().earned(),
                        one.line().points()),
                (a, b) -> new Tally.Sum(
                        a.counted(), a.units() + b.units(), a.earned() + b.earned(), a.points() + b.points())));
        return List.copyOf(sums.values());
    }
}
