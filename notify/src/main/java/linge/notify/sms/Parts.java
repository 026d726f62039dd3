package linge.notify.sms;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of messages that carriers number one by one: a message arrived when all its parts did. A report may come over any
 * node, and before the send it tells of has been written down: whichever comes last settles the message.
 */
final class Parts {

    private static final String KEEP = """
            INSERT INTO sms_parts (part, message, at) SELECT part, $2, $3 FROM unnest($1::text[]) AS part
            ON CONFLICT (part) DO UPDATE SET message = excluded.message
            """;

    /** The first word counts: carriers repeat reports, and some send contradicting ones later. */
    private static final String TOLD = """
            INSERT INTO sms_parts AS p (part, at, arrived, reason, bounced) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (part) DO UPDATE
            SET arrived = coalesce(p.arrived, excluded.arrived),
                reason = CASE WHEN p.arrived IS NULL THEN excluded.reason ELSE p.reason END,
                bounced = CASE WHEN p.arrived IS NULL THEN excluded.bounced ELSE p.bounced END
            RETURNING message
            """;

    private static final String STANDING = """
            SELECT bool_and(coalesce(arrived, false)) AS arrived, bool_or(NOT arrived) AS failed,
                   max(reason) AS reason, bool_or(bounced) AS bounced
            FROM sms_parts WHERE message = $1
            """;

    private static final String FORGET = "DELETE FROM sms_parts WHERE at < $1";

    /** Carriers give up after three days at most. */
    private static final Duration KEPT = Duration.ofDays(7);

    private final Pool db;
    private final InstantSource clock;
    private final SmsReports reports;

    Parts(Pool db, InstantSource clock, SmsReports reports) {
        this.db = db;
        this.clock = clock;
        this.reports = reports;
    }

    /** Writes down which parts a message has. */
    Future<Void> sent(String message, List<String> parts) {
        return db.preparedQuery(KEEP)
                .execute(Tuple.tuple()
                        .addArrayOfString(parts.toArray(String[]::new))
                        .addString(message)
                        .addOffsetDateTime(now().atOffset(ZoneOffset.UTC)))
                .compose(kept -> settle(message));
    }

    /** What a carrier says of one part. */
    Future<Void> told(SmsReport report) {
        return db.preparedQuery(TOLD)
                .execute(Tuple.of(
                        report.message(),
                        now().atOffset(ZoneOffset.UTC),
                        report.arrived(),
                        report.arrived() ? null : report.reason(),
                        report.bounced()))
                .compose(rows -> {
                    String message = rows.iterator().next().getString("message");
                    return message == null ? Future.<Void>succeededFuture() : settle(message);
                });
    }

    private Future<Void> settle(String message) {
        return db.preparedQuery(STANDING).execute(Tuple.of(message)).compose(rows -> {
            SmsReport outcome = outcome(message, rows.iterator().next());
            return outcome == null ? Future.<Void>succeededFuture() : reports.settle(outcome);
        });
    }

    private @Nullable SmsReport outcome(String message, Row row) {
        if (Boolean.TRUE.equals(row.getBoolean("failed"))) {
            String reason = row.getString("reason");
            boolean bounced = Boolean.TRUE.equals(row.getBoolean("bounced"));
            return SmsReport.failed(Smpp.NAME, message, now(), reason == null ? "" : reason, bounced);
        }
        return Boolean.TRUE.equals(row.getBoolean("arrived")) ? SmsReport.arrived(Smpp.NAME, message, now()) : null;
    }

    /** Housekeeping. */
    Future<Void> forgetOld() {
        return db.preparedQuery(FORGET)
                .execute(Tuple.of(now().minus(KEPT).atOffset(ZoneOffset.UTC)))
                .mapEmpty();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
