package linge.admin;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import linge.db.AuditLog;
import linge.db.Times;
import linge.grids.Grids;
import linge.shared.Caller;
import org.jspecify.annotations.Nullable;

/** Reads what staff did, the newest first; whoever reads is written down too. */
final class AuditTrail {

    private static final String PAGE = """
            SELECT a.id, a.at, a.name, a.role::text AS role, a.area, a.act, a.subject, a.details, s.username
            FROM audit_log a LEFT JOIN staff s ON s.id = a.staff_id
            WHERE a.area LIKE $1 || '%' AND a.id < $2
              AND ($3::text IS NULL OR a.act = $3 OR a.act LIKE $3 || '.%')
              AND ($4::text IS NULL OR strpos(a.name, $4) > 0 OR s.username = $4)
              AND ($5::text IS NULL OR strpos(a.subject, $5) > 0)
              AND ($6::timestamptz IS NULL OR a.at >= $6) AND ($7::timestamptz IS NULL OR a.at < $7)
            ORDER BY a.id DESC LIMIT $8""";

    private final Pool db;
    private final Clock clock;

    AuditTrail(Pool db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /**
     * What is looked for.
     *
     * @param who part of a name, or a whole user name
     * @param act an act, or the part before its first dot for all of a kind
     * @param from first day
     * @param to last day, included
     */
    record Wanted(
            String area,
            @Nullable String who,
            @Nullable String act,
            @Nullable String subject,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {

        JsonObject toJson() {
            return new JsonObject()
                    .put("area", area)
                    .put("who", who)
                    .put("act", act)
                    .put("subject", subject)
                    .put("from", from == null ? null : from.toString())
                    .put("to", to == null ? null : to.toString());
        }
    }

    /** One line. */
    record Line(
            long id,
            Instant at,
            String name,
            @Nullable String user,
            String role,
            String area,
            String act,
            String subject,
            JsonObject details) {

        private static Line of(Row row) {
            return new Line(
                    row.getLong("id"),
                    Times.of(row, "at"),
                    row.getString("name"),
                    row.getString("username"),
                    row.getString("role"),
                    row.getString("area"),
                    row.getString("act"),
                    row.getString("subject"),
                    row.getJsonObject("details"));
        }
    }

    /** Lines before {@code before}, the newest first. */
    Future<List<Line>> lines(Wanted wanted, long before, int limit) {
        LocalDate from = wanted.from();
        LocalDate to = wanted.to();
        return db.preparedQuery(PAGE)
                .execute(Tuple.tuple()
                        .addString(wanted.area())
                        .addLong(before)
                        .addString(wanted.act())
                        .addString(wanted.who())
                        .addString(wanted.subject())
                        .addOffsetDateTime(from == null ? null : begins(from))
                        .addOffsetDateTime(to == null ? null : begins(to.plusDays(1)))
                        .addInteger(limit))
                .map(rows -> {
                    List<Line> lines = new ArrayList<>(rows.size());
                    rows.forEach(row -> lines.add(Line.of(row)));
                    return lines;
                });
    }

    private static java.time.OffsetDateTime begins(LocalDate day) {
        return Times.at(day.atStartOfDay(Grids.SHANGHAI).toInstant());
    }

    /** Puts on record who looked for what. */
    Future<Void> read(Caller.Staff who, Wanted wanted) {
        return AuditLog.write(db, who, "audit.read", wanted.area(), wanted.toJson(), clock.instant());
    }

    Future<Void> exported(Caller.Staff who, Wanted wanted) {
        return AuditLog.write(db, who, "audit.export", wanted.area(), wanted.toJson(), clock.instant());
    }
}
