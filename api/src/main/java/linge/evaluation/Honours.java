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

/** The honour roll (光荣榜): chosen from a published period; whoever is on it says whether and how others may see it. */
final class Honours {

    private static final String SHOWN = """
            SELECT h.id, h.area, h.words, h.chosen_at, h.consent, h.ended_at, h.staff_id, s.name, s.role::text AS role, s.area AS grid,
              u.username, p.period FROM honours h JOIN evaluation_periods p ON p.id = h.period_id
            JOIN evaluation_scores s ON s.period_id = h.period_id AND s.staff_id = h.staff_id JOIN staff u ON u.id = h.staff_id
            """;
    private static final String OF_AREA = SHOWN + """
            WHERE starts_with(h.area, $1) AND h.ended_at IS NULL AND (h.consent IS DISTINCT FROM 'DECLINED' OR h.staff_id = $2)
            ORDER BY p.period DESC, h.chosen_at, h.id LIMIT 200""";
    private static final String PUBLIC = SHOWN + """
            WHERE starts_with(h.area, $1) AND h.ended_at IS NULL AND h.consent IN ('NAMED', 'MASKED')
            ORDER BY p.period DESC, h.chosen_at, h.id LIMIT 100""";
    private static final String BY_ID = SHOWN + "WHERE h.id = $1 AND h.ended_at IS NULL";
    private static final String ADD = """
            INSERT INTO honours (area, staff_id, period_id, words, chosen_by, chosen_at) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT ON CONSTRAINT one_honour_a_period DO NOTHING RETURNING id""";
    private static final String CONSENT = "UPDATE honours SET consent = $2, answered_at = $3 WHERE id = $1";
    private static final String END = "UPDATE honours SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL";

    private final Pool db;
    private final Clock clock;
    private final Scores scores;
    private final EvaluationNotices notices;

    Honours(Pool db, Clock clock, Scores scores, EvaluationNotices notices) {
        this.db = db;
        this.clock = clock;
        this.scores = scores;
        this.notices = notices;
    }

    enum Consent {
        NAMED,
        MASKED,
        DECLINED
    }

    /** @param consent null: not said yet, so nobody outside sees it */
    record Honour(
            UUID id,
            String area,
            UUID person,
            String user,
            String name,
            String role,
            String grid,
            Term term,
            String words,
            Instant chosenAt,
            @Nullable Consent consent) {

        /** As strangers may read it: 王** unless its owner said otherwise. */
        String shownName() {
            return consent == Consent.NAMED ? name : name.substring(0, name.offsetByCodePoints(0, 1)) + "**";
        }
    }

    Future<List<Honour>> of(Caller.Staff who, String area) {
        return db.preparedQuery(OF_AREA).execute(Tuple.of(area, who.id())).map(Honours::all);
    }

    Future<List<Honour>> shown(String area) {
        return db.preparedQuery(PUBLIC).execute(Tuple.of(area)).map(Honours::all);
    }

    /** Puts somebody on the roll. Fails with {@code OUT_OF_TURN} for a period not published, or a person it does not rank. */
    Future<Honour> choose(Caller.Staff who, Standing.Who person, Term term, String words) {
        Instant now = clock.instant();
        if (person.id().equals(who.id())) {
            throw Refusal.notAllowed("不能推荐自己。");
        }
        return db.withTransaction(tx -> scores.person(tx, person, term)
                .compose(found -> {
                    Published published = found.published();
                    if (published == null) {
                        throw Refusal.of(Refusal.Kind.OUT_OF_TURN, term.label() + "的考核还没有公示，公示后才能评选。");
                    }
                    if (found.standing().unranked() != null) {
                        throw Refusal.of(
                                Refusal.Kind.OUT_OF_TURN,
                                "这位队员" + found.standing().unranked() + "，不能评选。");
                    }
                    if (!AreaLevel.covers(who.area(), published.area())) {
                        throw Refusal.notFound("这位网格队员");
                    }
                    return tx.preparedQuery(ADD)
                            .execute(Tuple.of(
                                    published.area(), person.id(), published.id(), words, who.id(), Times.at(now)));
                })
                .compose(rows -> {
                    if (rows.size() == 0) {
                        throw Refusal.of(Refusal.Kind.ALREADY_THERE, "这位队员已经在这一期的光荣榜上。");
                    }
                    UUID id = rows.iterator().next().getUUID("id");
                    return notices.honoured(tx, id, person.id(), term)
                            .compose(done -> AuditLog.write(
                                    tx,
                                    who,
                                    "honour.choose",
                                    person.user(),
                                    new JsonObject().put("period", term.code()),
                                    now))
                            .compose(done -> byId(tx, id));
                }));
    }

    /** How its owner wants it shown; may be said again, otherwise. */
    Future<Honour> consent(Caller.Staff who, UUID id, Consent consent) {
        Instant now = clock.instant();
        return db.withTransaction(tx -> byId(tx, id)
                .compose(honour -> {
                    if (!honour.person().equals(who.id())) {
                        throw Refusal.notFound("这条光荣榜");
                    }
                    return tx.preparedQuery(CONSENT).execute(Tuple.of(id, consent.name(), Times.at(now)));
                })
                .compose(done -> AuditLog.write(
                        tx,
                        who,
                        "honour.consent",
                        who.user(),
                        new JsonObject().put("honour", id.toString()).put("consent", consent.name()),
                        now))
                .compose(done -> byId(tx, id)));
    }

    /** Takes somebody off the roll; the row stays. */
    Future<Void> end(Caller.Staff who, UUID id) {
        Instant now = clock.instant();
        return db.withTransaction(tx -> byId(tx, id).compose(honour -> {
            if (!AreaLevel.covers(who.area(), honour.area())) {
                throw Refusal.notFound("这条光荣榜");
            }
            return tx.preparedQuery(END)
                    .execute(Tuple.of(id, Times.at(now)))
                    .compose(done -> AuditLog.write(
                            tx, who, "honour.end", honour.user(), new JsonObject().put("honour", id.toString()), now));
        }));
    }

    private static Future<Honour> byId(SqlClient on, UUID id) {
        return on.preparedQuery(BY_ID).execute(Tuple.of(id)).map(rows -> {
            if (rows.size() == 0) {
                throw Refusal.notFound("这条光荣榜");
            }
            return honour(rows.iterator().next());
        });
    }

    private static List<Honour> all(Iterable<Row> rows) {
        List<Honour> all = new ArrayList<>();
        rows.forEach(row -> all.add(honour(row)));
        return all;
    }

    private static Honour honour(Row row) {
        Instant chosen = Times.of(row, "chosen_at");
        String consent = row.getString("consent");
        return new Honour(
                row.getUUID("id"),
                row.getString("area"),
                row.getUUID("staff_id"),
                row.getString("username"),
                row.getString("name"),
                row.getString("role"),
                row.getString("grid"),
                Term.of(row.getString("period"), chosen),
                row.getString("words"),
                chosen,
                consent == null ? null : Consent.valueOf(consent));
    }
}
