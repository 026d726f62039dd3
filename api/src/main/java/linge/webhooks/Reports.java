package linge.webhooks;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import linge.cases.Case;
import linge.cases.OwnCases;
import linge.db.Times;
import linge.residents.Residents;
import linge.shared.Caller;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** What other systems bring: each of their numbers becomes one case, however often and on whichever nodes it comes in. */
final class Reports {

    /** Far longer than filing takes. */
    private static final Duration LEASE = Duration.ofSeconds(60);

    private static final Duration MESSAGES_KEPT = Duration.ofDays(7);
    private static final int LOOKS = 50;
    private static final long BETWEEN_LOOKS_MILLIS = 100;

    /**
     * Takes a number in hand unless another has it, or it is a case already. What was refused before may come again otherwise;
     * {@code filed} stays once set, as the look for the case may be older than the row it is asked with.
     */
    private static final String TAKE = """
            INSERT INTO reports AS r (source, number, resident_id, filing_key, details, received_at, held_until)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (source, number) DO UPDATE SET resident_id = excluded.resident_id, details = excluded.details,
              held_until = excluded.held_until
            WHERE NOT r.filed AND (r.held_until IS NULL OR r.held_until <= $6) AND NOT EXISTS (
              SELECT FROM cases c WHERE c.resident_id = r.resident_id AND c.client_key = r.filing_key)
            RETURNING filing_key""";

    private static final String DONE =
            "UPDATE reports SET held_until = NULL, filed = $3 WHERE source = $1 AND number = $2";
    private static final String CASE_OF = """
            SELECT c.number, c.resident_id FROM reports r
            JOIN cases c ON c.resident_id = r.resident_id AND c.client_key = r.filing_key
            WHERE r.source = $1 AND r.number = $2""";
    private static final String ORIGIN = """
            SELECT s.code, r.number FROM cases c
            JOIN reports r ON r.resident_id = c.resident_id AND r.filing_key = c.client_key
            JOIN report_sources s ON s.id = r.source
            WHERE c.id = $1""";
    private static final String HEAR = """
            INSERT INTO report_messages AS m (source, id, hash, at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (source, id) DO UPDATE SET id = m.id RETURNING hash""";
    private static final String FORGET = "DELETE FROM report_messages WHERE at < $1";

    private final Vertx vertx;
    private final Pool db;
    private final Clock clock;
    private final Residents residents;

    Reports(Vertx vertx, Pool db, Clock clock, Residents residents) {
        this.vertx = vertx;
        this.db = db;
        this.clock = clock;
        this.residents = residents;
    }

    /** Where a case came from: the source's code and its own number. */
    record Origin(String source, String number) {}

    /** A case, and whether this request opened it. */
    record Filed(Case found, boolean fresh) {}

    /** Null for a case that somebody filed here. */
    Future<@Nullable Origin> origin(SqlClient on, UUID caseId) {
        return on.preparedQuery(ORIGIN).execute(Tuple.of(caseId)).map(rows -> {
            if (rows.size() == 0) {
                return null;
            }
            Row row = rows.iterator().next();
            return new Origin(row.getString("code"), row.getString("number"));
        });
    }

    /** Fails with {@code KEY_REUSED} when the id came with other contents before: then it was not the source that sent it. */
    Future<Void> heard(Source source, String id, Buffer body) {
        Buffer hash = sha256(body);
        return db.preparedQuery(HEAR)
                .execute(Tuple.of(source.id(), id, hash, Times.at(clock.instant())))
                .map(rows -> {
                    if (!rows.iterator().next().getBuffer("hash").equals(hash)) {
                        throw Refusal.of(Refusal.Kind.KEY_REUSED, "这个 webhook-id 已用于另一条消息，每条消息要有自己的编号。");
                    }
                    return null;
                });
    }

    /** Opens the case, or finds the one this number opened before. What is refused may be sent again, put right. */
    Future<Filed> file(Source source, Report report, OwnCases cases) {
        return reporter(source, report).compose(resident -> file(source, report, resident, cases, LOOKS));
    }

    private Future<Filed> file(Source source, Report report, Caller.Resident resident, OwnCases cases, int looks) {
        return take(source, report, resident).compose(key -> {
            if (key != null) {
                return cases.forward(resident, report.matter(key), report.postscript(source))
                        .transform((filed, refused) -> done(source, report, refused == null)
                                .compose(done -> refused == null
                                        ? Future.succeededFuture(new Filed(filed, true))
                                        : Future.failedFuture(refused)));
            }
            return find(source, report.number(), cases).compose(found -> {
                if (found != null) {
                    return Future.succeededFuture(new Filed(found, false));
                }
                if (looks == 0) {
                    throw Refusal.of(Refusal.Kind.NOT_READY, "这个编号正在处理，请稍后再发一次。");
                }
                return breath().compose(waited -> file(source, report, resident, cases, looks - 1));
            });
        });
    }

    /** The case of a source's number; null when there is none. */
    Future<@Nullable Case> find(Source source, String number, OwnCases cases) {
        return db.preparedQuery(CASE_OF).execute(Tuple.of(source.id(), number)).compose(rows -> {
            if (rows.size() == 0) {
                return Future.succeededFuture();
            }
            Row row = rows.iterator().next();
            Caller.Resident whose = new Caller.Resident(row.getUUID("resident_id"), "", null);
            return cases.find(row.getString("number"), whose);
        });
    }

    /** Housekeeping: ids of messages whose signatures are long out of time. */
    Future<Void> forgetOld() {
        return db.preparedQuery(FORGET)
                .execute(Tuple.of(Times.at(clock.instant().minus(MESSAGES_KEPT))))
                .mapEmpty();
    }

    private Future<Caller.Resident> reporter(Source source, Report report) {
        String phone = report.phone();
        return phone == null
                ? Future.succeededFuture(new Caller.Resident(source.resident(), "", source.name()))
                : residents.known(phone);
    }

    private Future<@Nullable String> take(Source source, Report report, Caller.Resident resident) {
        Tuple row = Tuple.of(
                source.id(),
                report.number(),
                resident.id(),
                "report-" + UUID.randomUUID(),
                report.details(),
                Times.at(clock.instant()),
                Times.at(clock.instant().plus(LEASE)));
        return db.preparedQuery(TAKE).execute(row).map(rows -> {
            if (rows.size() == 0) {
                return null;
            }
            return rows.iterator().next().getString("filing_key");
        });
    }

    private Future<Void> done(Source source, Report report, boolean filed) {
        return db.preparedQuery(DONE)
                .execute(Tuple.of(source.id(), report.number(), filed))
                .mapEmpty();
    }

    private Future<Void> breath() {
        Promise<Void> later = Promise.promise();
        vertx.setTimer(BETWEEN_LOOKS_MILLIS, id -> later.complete());
        return later.future();
    }

    private static Buffer sha256(Buffer body) {
        try {
            return Buffer.buffer(MessageDigest.getInstance("SHA-256").digest(body.getBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
