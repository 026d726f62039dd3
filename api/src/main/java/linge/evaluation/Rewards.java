package linge.evaluation;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
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
 * The reward ledger (以奖代补) of a county: proposed by one, approved by another within the year's budget, paid on a day. Entries only
 * grow; what was wrong is taken back by an entry that goes the same way.
 */
final class Rewards {

    private static final String SHOWN = """
            SELECT e.id, e.area, e.period, e.amount, e.ground, e.reverses, e.proposed_at, e.proposed_by AS proposer_id,
              s.username, s.name, s.area AS grid, e.staff_id, b.name AS proposed_by, a.act AS answer, a.at AS answered_at, d.name AS answered_by,
              a.words AS answer_words, y.paid_on, r.id AS reversed_by
            FROM reward_entries e JOIN staff s ON s.id = e.staff_id JOIN staff b ON b.id = e.proposed_by
            LEFT JOIN reward_acts a ON a.entry_id = e.id AND a.act IN ('APPROVE', 'REFUSE') LEFT JOIN staff d ON d.id = a.staff_id
            LEFT JOIN reward_acts y ON y.entry_id = e.id AND y.act = 'PAY'
            LEFT JOIN LATERAL (SELECT x.id FROM reward_entries x WHERE x.reverses = e.id AND NOT EXISTS (
              SELECT FROM reward_acts w WHERE w.entry_id = x.id AND w.act = 'REFUSE') LIMIT 1) r ON true
            """;
    private static final String OF_COUNTY = SHOWN + """
            WHERE e.area = $1 AND e.year = $2 AND e.id < $3 ORDER BY e.id DESC LIMIT $4""";
    private static final String OF_PERSON = SHOWN + "WHERE e.staff_id = $1 ORDER BY e.id DESC LIMIT 100";
    private static final String BY_ID = SHOWN + "WHERE e.id = $1";
    private static final String TOTALS = """
            SELECT coalesce(sum(e.amount) FILTER (WHERE a.act = 'APPROVE'), 0)::bigint AS approved,
              coalesce(sum(e.amount) FILTER (WHERE y.act IS NOT NULL), 0)::bigint AS paid,
              coalesce(sum(e.amount) FILTER (WHERE a.act IS NULL), 0)::bigint AS proposed,
              (SELECT amount FROM reward_budgets WHERE area = $1 AND year = $2 ORDER BY id DESC LIMIT 1) AS budget
            FROM reward_entries e LEFT JOIN reward_acts a ON a.entry_id = e.id AND a.act IN ('APPROVE', 'REFUSE')
            LEFT JOIN reward_acts y ON y.entry_id = e.id AND y.act = 'PAY'
            WHERE e.area = $1 AND e.year = $2""";
    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('rewards:' || $1, 0))";
    private static final String PROPOSE = """
            INSERT INTO reward_entries (area, staff_id, period, year, amount, ground, reverses, proposed_by, proposed_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id""";
    private static final String ACT = """
            INSERT INTO reward_acts (entry_id, act, staff_id, at, words, paid_on) VALUES ($1, $2, $3, $4, $5, $6)""";
    private static final String BUDGET = """
            INSERT INTO reward_budgets (area, year, amount, at, staff_id, why) VALUES ($1, $2, $3, $4, $5, $6)""";

    private final Pool db;
    private final Clock clock;

    Rewards(Pool db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    enum Act {
        APPROVE,
        REFUSE,
        PAY
    }

    enum State {
        PROPOSED("待审批"),
        APPROVED("已批准"),
        REFUSED("不同意"),
        PAID("已发放");

        private final String label;

        State(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    /**
     * One entry with what became of it.
     *
     * @param amount fen; negative for what takes another back
     * @param reversedBy the entry that takes this one back, or would
     */
    record Entry(
            long id,
            String area,
            Term term,
            long amount,
            String ground,
            @Nullable Long reverses,
            @Nullable Long reversedBy,
            UUID person,
            String user,
            String name,
            String grid,
            UUID proposer,
            String proposedBy,
            Instant proposedAt,
            State state,
            @Nullable String answeredBy,
            @Nullable Instant answeredAt,
            @Nullable String answer,
            @Nullable LocalDate paidOn) {}

    /** Of a county and year, fen. @param budget null: none is set */
    record Totals(@Nullable Long budget, long approved, long paid, long proposed) {}

    Future<List<Entry>> of(SqlClient on, String county, int year, long before, int limit) {
        return on.preparedQuery(OF_COUNTY)
                .execute(Tuple.of(county, year, before, limit))
                .map(Rewards::all);
    }

    Future<List<Entry>> ofPerson(UUID person) {
        return db.preparedQuery(OF_PERSON).execute(Tuple.of(person)).map(Rewards::all);
    }

    Future<Totals> totals(SqlClient on, String county, int year) {
        return on.preparedQuery(TOTALS).execute(Tuple.of(county, year)).map(rows -> {
            Row row = rows.iterator().next();
            return new Totals(
                    row.getLong("budget"), row.getLong("approved"), row.getLong("paid"), row.getLong("proposed"));
        });
    }

    Future<Totals> setBudget(Caller.Staff who, String county, int year, long amount, String why) {
        Instant now = clock.instant();
        return db.withTransaction(tx -> tx.preparedQuery(LOCK)
                .execute(Tuple.of(county))
                .compose(locked -> totals(tx, county, year))
                .compose(totals -> {
                    if (amount < totals.approved()) {
                        throw Refusal.notSensible("/amount", "预算不能少于已经批准的金额。");
                    }
                    return tx.preparedQuery(BUDGET)
                            .execute(Tuple.of(county, year, amount, Times.at(now), who.id(), why));
                })
                .compose(done -> AuditLog.write(
                        tx,
                        who,
                        "reward.budget",
                        county,
                        new JsonObject().put("year", year).put("fen", amount),
                        now))
                .compose(done -> totals(tx, county, year)));
    }

    Future<Entry> propose(Caller.Staff who, Standing.Who person, Term term, long amount, String ground) {
        if (person.id().equals(who.id())) {
            throw Refusal.notAllowed("不能给自己申请奖励。");
        }
        return db.withTransaction(
                tx -> add(tx, who, Scores.county(person.area()), person.id(), term, amount, ground, null));
    }

    /** Proposes to take an approved entry back, whole. */
    Future<Entry> reverse(Caller.Staff who, long id, String why) {
        return db.withTransaction(tx -> held(tx, who, id).compose(entry -> {
            if (entry.reverses() != null || entry.reversedBy() != null) {
                throw Refusal.of(Refusal.Kind.ALREADY_THERE, "这一笔已经有冲销记录。");
            }
            if (entry.state() != State.APPROVED && entry.state() != State.PAID) {
                throw Refusal.of(Refusal.Kind.OUT_OF_TURN, "只有批准过的奖励才需要冲销。");
            }
            return add(tx, who, entry.area(), entry.person(), entry.term(), -entry.amount(), why, id);
        }));
    }

    private Future<Entry> add(
            SqlConnection tx,
            Caller.Staff who,
            String county,
            UUID person,
            Term term,
            long amount,
            String ground,
            @Nullable Long reverses) {
        Instant now = clock.instant();
        return tx.preparedQuery(PROPOSE)
                .execute(Tuple.of(
                        county, person, term.code(), term.year(), amount, ground, reverses, who.id(), Times.at(now)))
                .compose(rows -> {
                    long id = rows.iterator().next().getLong("id");
                    return AuditLog.write(
                                    tx,
                                    who,
                                    reverses == null ? "reward.propose" : "reward.reverse",
                                    String.valueOf(id),
                                    new JsonObject().put("period", term.code()).put("fen", amount),
                                    now)
                            .compose(done -> entry(tx, id));
                });
    }

    /** @param paidOn of a payment, the day; else null */
    Future<Entry> act(Caller.Staff who, long id, Act act, @Nullable String words, @Nullable LocalDate paidOn) {
        Instant now = clock.instant();
        return db.withTransaction(tx -> held(tx, who, id)
                .compose(entry -> may(tx, who, entry, act))
                .compose(done ->
                        tx.preparedQuery(ACT).execute(Tuple.of(id, act.name(), who.id(), Times.at(now), words, paidOn)))
                .compose(done -> AuditLog.write(
                        tx,
                        who,
                        switch (act) {
                            case APPROVE -> "reward.approve";
                            case REFUSE -> "reward.refuse";
                            case PAY -> "reward.pay";
                        },
                        String.valueOf(id),
                        new JsonObject(),
                        now))
                .compose(done -> entry(tx, id)));
    }

    private Future<Void> may(SqlConnection tx, Caller.Staff who, Entry entry, Act act) {
        if (act == Act.PAY) {
            if (entry.state() != State.APPROVED) {
                throw Refusal.of(Refusal.Kind.OUT_OF_TURN, "只有已批准、还没有发放的奖励可以登记发放。");
            }
            return Future.succeededFuture();
        }
        if (entry.state() != State.PROPOSED) {
            throw Refusal.of(Refusal.Kind.ALREADY_THERE, "这一笔已经审批过了。");
        }
        if (who.id().equals(entry.proposer()) || who.id().equals(entry.person())) {
            throw Refusal.notAllowed("申请人和受奖人不能审批这一笔，请由另一位来审批。");
        }
        if (act == Act.REFUSE || entry.amount() < 0) {
            return Future.succeededFuture();
        }
        return totals(tx, entry.area(), entry.term().year()).map(totals -> {
            Long budget = totals.budget();
            if (budget == null) {
                throw Refusal.of(Refusal.Kind.OUT_OF_TURN, entry.term().year() + " 年的奖励预算还没有设，请先设预算再审批。");
            }
            if (totals.approved() + entry.amount() > budget) {
                throw Refusal.of(Refusal.Kind.OUT_OF_TURN, "超出预算：还能批准 " + yuan(budget - totals.approved()) + " 元。");
            }
            return null;
        });
    }

    /** The entry, with its county's ledger held: budgets and reversals count one after the other. */
    private static Future<Entry> held(SqlConnection tx, Caller.Staff who, long id) {
        return entry(tx, id).compose(entry -> {
            if (!AreaLevel.covers(who.area(), entry.area())) {
                throw Refusal.notFound("这一笔奖励");
            }
            return tx.preparedQuery(LOCK).execute(Tuple.of(entry.area())).compose(locked -> entry(tx, id));
        });
    }

    private static Future<Entry> entry(SqlClient on, long id) {
        return on.preparedQuery(BY_ID).execute(Tuple.of(id)).map(rows -> {
            if (rows.size() == 0) {
                throw Refusal.notFound("这一笔奖励");
            }
            return entry(rows.iterator().next());
        });
    }

    static String yuan(long fen) {
        return java.math.BigDecimal.valueOf(fen, 2).toPlainString();
    }

    private static List<Entry> all(Iterable<Row> rows) {
        List<Entry> all = new ArrayList<>();
        rows.forEach(row -> all.add(entry(row)));
        return all;
    }

    private static Entry entry(Row row) {
        Instant proposed = Times.of(row, "proposed_at");
        String answer = row.getString("answer");
        LocalDate paid = row.getLocalDate("paid_on");
        State state = paid != null
                ? State.PAID
                : answer == null ? State.PROPOSED : answer.equals("APPROVE") ? State.APPROVED : State.REFUSED;
        return new Entry(
                row.getLong("id"),
                row.getString("area"),
                Term.of(row.getString("period"), proposed),
                row.getLong("amount"),
                row.getString("ground"),
                row.getLong("reverses"),
                row.getLong("reversed_by"),
                row.getUUID("staff_id"),
                row.getString("username"),
                row.getString("name"),
                row.getString("grid"),
                row.getUUID("proposer_id"),
                row.getString("proposed_by"),
                proposed,
                state,
                row.getString("answered_by"),
                Times.orNull(row, "answered_at"),
                row.getString("answer_words"),
                paid);
    }
}
