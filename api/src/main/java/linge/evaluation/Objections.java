package linge.evaluation;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import linge.db.AuditLog;
import linge.db.Times;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Objections (异议) of the one evaluated to a line or to the whole score of a published period; a supervisor decides with reasons.
 * What is upheld becomes a correction beside the line: nothing is changed and nothing deleted.
 */
final class Objections {

    private static final String ADD = """
            INSERT INTO evaluation_objections (period_id, staff_id, line_id, words, at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT ON CONSTRAINT one_objection_to_one_thing DO NOTHING RETURNING id""";
    private static final String HOLD = "SELECT FROM evaluation_periods WHERE id = $1 AND final_at IS NULL FOR SHARE";
    private static final String LINE =
            "SELECT id FROM evaluation_lines WHERE period_id = $1 AND staff_id = $2 AND nth = $3";
    private static final String SHOWN = """
            SELECT o.id, o.staff_id, o.words, o.at, o.upheld, o.decision, o.decided_at, d.name AS decided_by, s.name, s.area,
              p.period, p.area AS county, l.nth, l.counted, l.kind, l.ref, l.points AS line_points, c.points AS correction, u.username,
              b.decided_by AS looked_at_by, p.final_at
            FROM evaluation_objections o
            JOIN evaluation_scores s ON s.period_id = o.period_id AND s.staff_id = o.staff_id
            JOIN evaluation_periods p ON p.id = o.period_id JOIN staff u ON u.id = o.staff_id
            LEFT JOIN evaluation_lines l ON l.id = o.line_id
            LEFT JOIN evaluation_signals b ON l.kind = 'SIGNAL' AND b.id::text = l.ref
            LEFT JOIN evaluation_corrections c ON c.objection_id = o.id
            LEFT JOIN staff d ON d.id = o.decided_by
            """;
    private static final String OF_AREA = SHOWN + """
            WHERE starts_with(s.area, $1) AND ($2 = false OR o.decided_at IS NULL) AND (o.at, o.id) < ($3, $4)
            ORDER BY o.at DESC, o.id DESC LIMIT $5""";
    private static final String OF_PERSON =
            SHOWN + "WHERE o.staff_id = $1 AND p.period = $2 ORDER BY o.at DESC LIMIT 200";
    private static final String BY_ID = SHOWN + "WHERE o.id = $1";
    private static final String DECIDE = """
            UPDATE evaluation_objections SET upheld = $2, decision = $3, decided_by = $4, decided_at = $5
            WHERE id = $1 AND decided_at IS NULL""";
    private static final String CORRECT = """
            INSERT INTO evaluation_corrections (objection_id, period_id, staff_id, line_id, points)
            SELECT id, period_id, staff_id, line_id, $2 FROM evaluation_objections WHERE id = $1""";

    private final Pool db;
    private final Clock clock;
    private final Scores scores;
    private final People people;
    private final EvaluationNotices notices;

    Objections(Pool db, Clock clock, Scores scores, People people, EvaluationNotices notices) {
        this.db = db;
        this.clock = clock;
        this.scores = scores;
        this.people = people;
        this.notices = notices;
    }

    /**
     * An objection and what became of it.
     *
     * @param nth the line's number; null: the whole score
     * @param correction what the decision adds, hundredths
     */
    record Objection(
            UUID id,
            UUID person,
            String user,
            String name,
            String area,
            String county,
            Term term,
            @Nullable Integer nth,
            @Nullable Counted counted,
            Deed.@Nullable Evidence kind,
            @Nullable String ref,
            @Nullable Integer linePoints,
            String words,
            Instant at,
            @Nullable Boolean upheld,
            @Nullable String decision,
            @Nullable String decidedBy,
            @Nullable Instant decidedAt,
            @Nullable Integer correction,
            @Nullable UUID lookedAtBy,
            boolean isFinal) {}

    /** @param nth the line objected to; null: the whole score */
    Future<Objection> object(Caller.Staff who, Term term, @Nullable Integer nth, String words) {
        Instant now = clock.instant();
        return db.withTransaction(tx -> people.byId(tx, who.id())
                .compose(person -> scores.ofPerson(tx, person, term))
                .compose(published -> {
                    if (published == null) {
                        throw Refusal.of(Refusal.Kind.OUT_OF_TURN, term.label() + "的考核还没有公示，公示后可以提出异议。");
                    }
                    published.open(now);
                    // A period made final at the same moment waits for this, or this finds it final.
                    return tx.preparedQuery(HOLD)
                            .execute(Tuple.of(published.id()))
                            .compose(held -> {
                                if (held.size() == 0) {
                                    throw Refusal.of(Refusal.Kind.OUT_OF_TURN, term.label() + "的考核已经定稿。");
                                }
                                return lineId(tx, published.id(), who.id(), nth);
                            })
                            .compose(line -> tx.preparedQuery(ADD)
                                    .execute(Tuple.of(published.id(), who.id(), line, words, Times.at(now))));
                })
                .compose(rows -> {
                    if (rows.size() == 0) {
                        throw Refusal.of(Refusal.Kind.ALREADY_THERE, nth == null ? "您对总分已经提过异议。" : "您对这一条已经提过异议。");
                    }
                    UUID id = rows.iterator().next().getUUID("id");
                    return AuditLog.write(
                                    tx,
                                    who,
                                    "evaluation.object",
                                    who.user(),
                                    new JsonObject().put("period", term.code()).put("line", nth),
                                    now)
                            .compose(done -> byId(tx, id));
                }));
    }

    private static Future<@Nullable Long> lineId(SqlClient on, UUID period, UUID person, @Nullable Integer nth) {
        if (nth == null) {
            return Future.succeededFuture(null);
        }
        return on.preparedQuery(LINE).execute(Tuple.of(period, person, nth)).map(rows -> {
            if (rows.size() == 0) {
                throw Refusal.notFound("这一条得分");
            }
            return rows.iterator().next().getLong("id");
        });
    }

    /**
     * Decides once.
     *
     * @param points of an upheld line, what it counts from now on (null: nothing); of a whole score, what is added; hundredths
     */
    Future<Objection> decide(Caller.Staff who, UUID id, boolean upheld, @Nullable Integer points, String words) {
        Instant now = clock.instant();
        return db.withTransaction(tx -> byId(tx, id).compose(objection -> {
            if (!AreaLevel.covers(who.area(), objection.area())) {
                throw Refusal.notFound("这条异议");
            }
            EvaluationPolicy.supervises(who, objection.area());
            if (who.id().equals(objection.person()) || who.id().equals(objection.lookedAtBy())) {
                throw Refusal.notAllowed("当事人和核实过这一条的人不能处理这条异议，请由另一位督办员处理。");
            }
            return tx.preparedQuery(DECIDE)
                    .execute(Tuple.of(id, upheld, words, who.id(), Times.at(now)))
                    .compose(done -> {
                        if (done.rowCount() == 0) {
                            throw Refusal.of(Refusal.Kind.ALREADY_THERE, "这条异议已经处理过了。");
                        }
                        return upheld
                                ? tx.preparedQuery(CORRECT).execute(Tuple.of(id, correction(objection, points)))
                                : Future.succeededFuture();
                    })
                    .compose(done -> notices.decided(tx, id, objection.person(), objection.term(), upheld, words))
                    .compose(done -> AuditLog.write(
                            tx,
                            who,
                            upheld ? "evaluation.uphold" : "evaluation.reject",
                            objection.user(),
                            new JsonObject()
                                    .put("objection", id.toString())
                                    .put("period", objection.term().code()),
                            now))
                    .compose(done -> byId(tx, id));
        }));
    }

    private static int correction(Objection objection, @Nullable Integer points) {
        Integer was = objection.linePoints();
        if (was != null) {
            return (points == null ? 0 : points) - was;
        }
        if (points == null || points == 0) {
            throw Refusal.notSensible("/points", "总分的异议成立时，请写明加多少分或减多少分。");
        }
        return points;
    }

    /** Of an area, the newest first. @param after the last one of the page before */
    Future<List<Objection>> of(String area, boolean open, Instant before, UUID after, int limit) {
        return db.preparedQuery(OF_AREA)
                .execute(Tuple.of(area, open, Times.at(before), after, limit))
                .map(Objections::all);
    }

    Future<List<Objection>> ofPerson(SqlClient on, UUID person, Term term) {
        return on.preparedQuery(OF_PERSON)
                .execute(Tuple.of(person, term.code()))
                .map(Objections::all);
    }

    private static Future<Objection> byId(SqlClient on, UUID id) {
        return on.preparedQuery(BY_ID).execute(Tuple.of(id)).map(rows -> {
            if (rows.size() == 0) {
                throw Refusal.notFound("这条异议");
            }
            return objection(rows.iterator().next());
        });
    }

    private static List<Objection> all(Iterable<Row> rows) {
        List<Objection> all = new ArrayList<>();
        rows.forEach(row -> all.add(objection(row)));
        return all;
    }

    private static Objection objection(Row row) {
        String counted = row.getString("counted");
        String kind = row.getString("kind");
        Instant at = Times.of(row, "at");
        return new Objection(
                row.getUUID("id"),
                row.getUUID("staff_id"),
                row.getString("username"),
                row.getString("name"),
                row.getString("area"),
                row.getString("county"),
                Term.of(row.getString("period"), at),
                row.getInteger("nth"),
                counted == null ? null : Counted.valueOf(counted),
                kind == null ? null : Deed.Evidence.valueOf(kind),
                row.getString("ref"),
                row.getInteger("line_points"),
                row.getString("words"),
                at,
                row.getBoolean("upheld"),
                row.getString("decision"),
                row.getString("decided_by"),
                Times.orNull(row, "decided_at"),
                row.getInteger("correction"),
                row.getUUID("looked_at_by"),
                row.getOffsetDateTime("final_at") != null);
    }
}
