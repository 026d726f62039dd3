package linge.fieldwork;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowStream;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import linge.cases.Move;
import linge.db.AuditLog;
import linge.db.Times;
import linge.grids.Grids;
import linge.shared.Caller;
import linge.shared.Names;
import org.jspecify.annotations.Nullable;

/** What one person did, day by day: their moves on cases, what they found, visits, patrols; read from where each stands. */
final class Ledger {

    /** A day holds far fewer; whoever has more exports them. */
    static final int MOST_OF_A_DAY = 500;

    private static final int FETCH = 200;

    /** $1 who, $2 from, $3 until. A move counts when we made it: what the phone said of its time stands beside it. */
    private static final String ENTRIES = """
            SELECT h.at, 'MOVE' AS kind, h.move::text AS what, c.number, c.category, c.area, c.address AS place, h.words,
              0 AS households, 0 AS absent, 0 AS people, s.said_at, s.phone_ahead, h.case_id::text || h.seq AS ref
            FROM case_history h JOIN cases c ON c.id = h.case_id
            LEFT JOIN case_move_keys k ON k.case_id = h.case_id AND k.seq = h.seq
            LEFT JOIN field_stamps s ON s.move_key = k.key
            WHERE h.actor_kind = 'STAFF' AND h.actor_id = $1 AND h.at >= $2 AND h.at < $3
            UNION ALL
            SELECT l.at, l.kind::text, l.about, NULL, NULL, l.area, l.place, l.words,
              l.households, l.absent, l.people, l.said_at, l.phone_ahead, l.id::text
            FROM field_logs l WHERE l.staff_id = $1 AND l.voided_at IS NULL AND l.at >= $2 AND l.at < $3""";

    private static final String IN_ORDER = "SELECT * FROM (" + ENTRIES + ") e ORDER BY at, ref";
    private static final String DAY = IN_ORDER + " LIMIT " + (MOST_OF_A_DAY + 1);
    private static final String BY_DAY = """
            SELECT (at AT TIME ZONE 'Asia/Shanghai')::date AS day,
              count(*) FILTER (WHERE kind = 'MOVE' AND what <> 'FILE') AS moves,
              count(*) FILTER (WHERE kind = 'MOVE' AND what = 'REPORT_BACK') AS finished,
              count(*) FILTER (WHERE kind = 'MOVE' AND what = 'FILE') AS found,
              count(*) FILTER (WHERE kind = 'VISIT') AS visits,
              count(*) FILTER (WHERE kind = 'PATROL') AS patrols,
              count(*) FILTER (WHERE kind = 'DOOR_KNOCK') AS door_knocks,
              sum(households)::bigint AS households, sum(people)::bigint AS people
            FROM (""" + ENTRIES + ") e GROUP BY 1 ORDER BY 1";

    private final Pool db;
    private final Clock clock;
    private final Names names;

    Ledger(Pool db, Clock clock, Names names) {
        this.db = db;
        this.clock = clock;
        this.names = names;
    }

    /** Puts an export on record before its first line goes. */
    Future<Void> taken(Caller.Staff who, LocalDate first, LocalDate last) {
        return AuditLog.write(
                db,
                who,
                "field.export",
                who.user(),
                new JsonObject().put("from", first.toString()).put("to", last.toString()),
                clock.instant());
    }

    /** The days of a span on which something was done: the contract's {@code LedgerDayCounts}. */
    Future<JsonArray> days(Caller.Staff who, LocalDate first, LocalDate last) {
        return db.preparedQuery(BY_DAY).execute(span(who, first, last)).map(rows -> {
            JsonArray days = new JsonArray();
            rows.forEach(row -> days.add(new JsonObject()
                    .put("day", row.getLocalDate("day").toString())
                    .put("moves", row.getLong("moves"))
                    .put("finished", row.getLong("finished"))
                    .put("found", row.getLong("found"))
                    .put("visits", row.getLong("visits"))
                    .put("patrols", row.getLong("patrols"))
                    .put("doorKnocks", row.getLong("door_knocks"))
                    .put("households", row.getLong("households"))
                    .put("people", row.getLong("people"))));
            return days;
        });
    }

    /** Everything of one day in order: the contract's {@code LedgerEntry}s, {@code more} where there are too many. */
    Future<JsonObject> day(Caller.Staff who, LocalDate day) {
        return db.preparedQuery(DAY).execute(span(who, day, day)).map(rows -> {
            JsonArray items = new JsonArray();
            for (Row row : rows) {
                if (items.size() == MOST_OF_A_DAY) {
                    return new JsonObject()
                            .put("day", day.toString())
                            .put("items", items)
                            .put("more", true);
                }
                items.add(shown(row));
            }
            return new JsonObject()
                    .put("day", day.toString())
                    .put("items", items)
                    .put("more", false);
        });
    }

    /** Hands over each entry of a span as it is read; done when all were. */
    Future<Void> each(Caller.Staff who, LocalDate first, LocalDate last, Flow flow) {
        return db.withTransaction(tx -> tx.prepare(IN_ORDER).compose(statement -> {
            RowStream<Row> rows = statement.createStream(FETCH, span(who, first, last));
            return flow.through(rows);
        }));
    }

    /** What is done with rows as they come; may pause them. */
    @FunctionalInterface
    interface Flow {
        Future<Void> through(RowStream<Row> rows);
    }

    JsonObject shown(Row row) {
        Instant said = Times.orNull(row, "said_at");
        Long ahead = row.getLong("phone_ahead");
        return new JsonObject()
                .put("at", Times.of(row, "at").toString())
                .put("kind", row.getString("kind"))
                .put("label", label(row))
                .put("number", row.getString("number"))
                .put("category", category(row.getString("category")))
                .put("areaName", areaName(row.getString("area")))
                .put("place", row.getString("place"))
                .put("words", row.getString("words"))
                .put("households", row.getInteger("households"))
                .put("absent", row.getInteger("absent"))
                .put("people", row.getInteger("people"))
                .put("saidAt", said == null ? null : said.toString())
                .put("aheadSeconds", ahead == null ? null : Math.round(ahead / 1000.0));
    }

    private static String label(Row row) {
        String what = row.getString("what");
        if (row.getString("kind").equals("MOVE")) {
            Move move = Move.valueOf(what);
            return move == Move.FILE ? "巡查上报" : move.label();
        }
        String kind = FieldLog.Kind.valueOf(row.getString("kind")).label();
        return what == null ? kind : kind + "·" + About.valueOf(what).label();
    }

    private @Nullable String category(@Nullable String code) {
        JsonObject category = names.category(code);
        return category == null
                ? null
                : String.join(
                        "·",
                        category.getJsonArray("path").stream()
                                .map(String::valueOf)
                                .toList());
    }

    private String areaName(String area) {
        return names.area(area);
    }

    private static Tuple span(Caller.Staff who, LocalDate first, LocalDate last) {
        return Tuple.of(
                who.id(),
                Times.at(first.atStartOfDay(Grids.SHANGHAI).toInstant()),
                Times.at(last.plusDays(1).atStartOfDay(Grids.SHANGHAI).toInstant()));
    }
}
