package linge.evaluation;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import linge.clocks.Clocks;
import linge.db.AuditLog;
import linge.db.Times;
import linge.shared.Caller;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** Publishes a period of a county with every line, and makes it final once the objections are heard. */
final class Periods {

    private static final String OBJECTION_RULE = "EVALUATION_OBJECTION";
    private static final int AT_ONCE = 500;

    private static final String OPEN = """
            INSERT INTO evaluation_periods (area, period, book_id, published_at, published_by, objections_until)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT ON CONSTRAINT a_period_is_published_once DO NOTHING
            RETURNING\s""" + Published.COLUMNS;
    private static final String SCORE = """
            INSERT INTO evaluation_scores (period_id, staff_id, name, role, area, active, points, days, duty)
            VALUES ($1, $2, $3, $4::text::role, $5, $6, $7, $8, $9)""";
    private static final String LINE = """
            INSERT INTO evaluation_lines (period_id, staff_id, nth, book_id, counted, kind, ref, seq, at, units, earned, points, words)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)""";
    private static final String OF_COUNTY =
            "SELECT " + Published.COLUMNS + " FROM evaluation_periods WHERE area = $1 ORDER BY period DESC LIMIT 40";
    private static final String LOCK =
            "SELECT " + Published.COLUMNS + " FROM evaluation_periods WHERE area = $1 AND period = $2 FOR UPDATE";
    private static final String UNDECIDED = """
            SELECT count(*) AS n FROM evaluation_objections WHERE period_id = $1 AND decided_at IS NULL""";
    private static final String FINAL =
            "UPDATE evaluation_periods SET final_at = $2, final_by = $3 WHERE id = $1 RETURNING " + Published.COLUMNS;

    private final Pool db;
    private final Clock clock;
    private final Clocks clocks;
    private final Books books;
    private final People people;
    private final Scores scores;
    private final EvaluationNotices notices;
    private final Deeds deeds = new Deeds();

    Periods(Pool db, Clock clock, Clocks clocks, Books books, People people, Scores scores, EvaluationNotices notices) {
        this.db = db;
        this.clock = clock;
        this.clocks = clocks;
        this.books = books;
        this.people = people;
        this.scores = scores;
        this.notices = notices;
    }

    Future<List<Published>> of(String county) {
        return db.preparedQuery(OF_COUNTY).execute(Tuple.of(county)).map(rows -> {
            List<Published> all = new ArrayList<>();
            rows.forEach(row -> all.add(Published.of(row)));
            return all;
        });
    }

    /** From here on the period's scores stand. Fails with {@code OUT_OF_TURN} before it is over, {@code ALREADY_THERE} after. */
    Future<Published> publish(Caller.Staff who, String county, Term term) {
        Instant now = clock.instant();
        if (!term.over(now)) {
            throw Refusal.of(Refusal.Kind.OUT_OF_TURN, term.label() + "还没有结束，结束后才能公示。");
        }
        return db.withTransaction(tx -> books.inForce(tx, county)
                .compose(book -> clocks.deadline(tx, county, OBJECTION_RULE, now)
                        .compose(until -> tx.preparedQuery(OPEN)
                                .execute(Tuple.of(
                                        county,
                                        term.code(),
                                        book.id(),
                                        Times.at(now),
                                        who.id(),
                                        Times.at(until.due()))))
                        .compose(rows -> {
                            if (rows.size() == 0) {
                                throw Refusal.of(Refusal.Kind.ALREADY_THERE, term.label() + "的考核已经公示过了。");
                            }
                            Published published = Published.of(rows.iterator().next());
                            Future<List<UUID>> written = term.isYear()
                                    ? writeYear(tx, published, book, now)
                                    : writeQuarter(tx, published, book, now);
                            return written.compose(told -> notices.published(tx, published, told))
                                    .compose(done -> AuditLog.write(
                                            tx,
                                            who,
                                            "evaluation.publish",
                                            county,
                                            new JsonObject().put("period", term.code()),
                                            now))
                                    .map(published);
                        })));
    }

    /** Fails with {@code OUT_OF_TURN} while somebody may still object, or waits for a decision. */
    Future<Published> makeFinal(Caller.Staff who, String county, Term term) {
        Instant now = clock.instant();
        return db.withTransaction(tx -> tx.preparedQuery(LOCK)
                .execute(Tuple.of(county, term.code()))
                .map(rows ->
                        rows.size() == 0 ? null : Published.of(rows.iterator().next()))
                .compose(published -> {
                    UUID id = mayEnd(published, term, now).id();
                    return tx.preparedQuery(UNDECIDED)
                            .execute(Tuple.of(id))
                            .compose(rows -> {
                                long open = rows.iterator().next().getLong("n");
                                if (open > 0) {
                                    throw Refusal.of(Refusal.Kind.OUT_OF_TURN, "还有 " + open + " 条异议没有处理，处理完才能定稿。");
                                }
                                return tx.preparedQuery(FINAL).execute(Tuple.of(id, Times.at(now), who.id()));
                            })
                            .map(rows -> Published.of(rows.iterator().next()));
                })
                .compose(done -> AuditLog.write(
                                tx, who, "evaluation.final", county, new JsonObject().put("period", term.code()), now)
                        .map(done)));
    }

    private static Published mayEnd(@Nullable Published published, Term term, Instant now) {
        if (published == null) {
            throw Refusal.of(Refusal.Kind.OUT_OF_TURN, term.label() + "的考核还没有公示。");
        }
        if (published.finalAt() != null) {
            throw Refusal.of(Refusal.Kind.ALREADY_THERE, term.label() + "的考核已经定稿。");
        }
        if (now.isBefore(published.objectionsUntil())) {
            throw Refusal.of(Refusal.Kind.OUT_OF_TURN, "异议期还没有结束，结束后才能定稿。");
        }
        return published;
    }

    /** Everybody's score and lines; answers who is to be told. */
    private Future<List<UUID>> writeQuarter(SqlConnection tx, Published published, Book book, Instant now) {
        String county = published.area();
        Term term = published.term();
        return people.present(tx, county, term, now).compose(present -> {
            Map<UUID, People.Person> waiting = new HashMap<>();
            Map<UUID, Presence> presences = new HashMap<>();
            List<UUID> told = new ArrayList<>();
            present.forEach((person, presence) -> {
                waiting.put(person.who().id(), person);
                presences.put(person.who().id(), presence);
                if (person.who().active()) {
                    told.add(person.who().id());
                }
            });
            return deeds.each(tx, county, term, now, (id, own) -> {
                        People.Person person = waiting.remove(id);
                        if (person == null) {
                            return Future.succeededFuture();
                        }
                        Presence presence = Objects.requireNonNull(presences.get(id));
                        return write(tx, published, person.who(), presence, Tally.lines(book, presence, own));
                    })
                    .compose(done -> {
                        // Who did nothing that counts has a score as well.
                        Future<Void> rest = Future.succeededFuture();
                        for (People.Person person : waiting.values()) {
                            if (person.who().active()) {
                                Presence presence = Objects.requireNonNull(
                                        presences.get(person.who().id()));
                                rest = rest.compose(written -> write(tx, published, person.who(), presence, List.of()));
                            }
                        }
                        return rest;
                    })
                    .map(told);
        });
    }

    private Future<List<UUID>> writeYear(SqlConnection tx, Published published, Book book, Instant now) {
        Future<@Nullable Void> ready = Future.succeededFuture();
        for (Term quarter : published.term().quarters()) {
            ready = ready.compose(done -> scores.published(tx, published.area(), quarter))
                    .map(found -> {
                        if (found == null || found.finalAt() == null) {
                            throw Refusal.of(Refusal.Kind.OUT_OF_TURN, quarter.label() + "还没有定稿，四个季度都定稿后才能公示年度考核。");
                        }
                        return null;
                    });
        }
        return ready.compose(done -> scores.quarters(tx, published.area(), published.term(), now))
                .compose(quarters -> {
                    List<UUID> told = new ArrayList<>();
                    Future<Void> written = Future.succeededFuture();
                    for (Year.Made made : Year.of(quarters, book.missing(), now)) {
                        Standing one = made.standing();
                        if (one.who().active()) {
                            told.add(one.who().id());
                        }
                        written =
                                written.compose(next -> write(tx, published, one.who(), one.presence(), made.lines()));
                    }
                    return written.map(told);
                });
    }

    private static Future<Void> write(
            SqlConnection tx, Published published, Standing.Who who, Presence presence, List<Tally.Line> lines) {
        long points = lines.stream().mapToLong(Tally.Line::points).sum();
        List<Tuple> rows = new ArrayList<>();
        for (Tally.Line line : lines) {
            Deed deed = line.deed();
            rows.add(Tuple.tuple()
                    .addValue(published.id())
                    .addValue(who.id())
                    .addValue(rows.size() + 1)
                    .addValue(line.book())
                    .addValue(deed.counted().name())
                    .addValue(deed.kind().name())
                    .addValue(deed.ref())
                    .addValue(deed.seq())
                    .addValue(Times.at(deed.at()))
                    .addValue(deed.units())
                    .addValue((int) line.earned())
                    .addValue((int) line.points())
                    .addValue(deed.words()));
        }
        Future<?> written = tx.preparedQuery(SCORE)
                .execute(Tuple.tuple()
                        .addValue(published.id())
                        .addValue(who.id())
                        .addValue(who.name())
                        .addValue(who.role().name())
                        .addValue(who.area())
                        .addValue(who.active())
                        .addValue((int) points)
                        .addValue(presence.days())
                        .addValue(presence.duty()));
        for (int from = 0; from < rows.size(); from += AT_ONCE) {
            List<Tuple> some = rows.subList(from, Math.min(from + AT_ONCE, rows.size()));
            written = written.compose(done -> tx.preparedQuery(LINE).executeBatch(some));
        }
        return written.mapEmpty();
    }
}
