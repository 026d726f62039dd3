package linge.webhooks;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.StreamSupport;
import linge.db.Times;
import linge.notify.webhook.Keys;
import linge.notify.webhook.Secret;
import linge.notify.webhook.Vault;
import linge.notify.webhook.Webhooks;
import linge.residents.Residents;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** The systems that bring us reports, and their secrets. */
final class Sources {

    private static final String SHOWN = """
            SELECT s.*, r.reports, r.last_at FROM report_sources s
            CROSS JOIN LATERAL (
                SELECT count(*) AS reports, max(received_at) AS last_at FROM reports WHERE source = s.id AND filed) r""";
    private static final String LIST = SHOWN + " WHERE s.area LIKE $1 || '%' ORDER BY s.id";
    private static final String FIND = SHOWN + " WHERE s.id = $1";
    private static final String BY_CODE =
            "SELECT *, 0::bigint AS reports, NULL::timestamptz AS last_at FROM report_sources"
                    + " WHERE code = $1 AND active";
    private static final String HAS_CODE = "SELECT area FROM report_sources WHERE code = $1";
    private static final String ADD = """
            INSERT INTO report_sources (code, name, area, resident_id, per_hour, secret, created_at, created_by)
            VALUES ($1, $2, $3, $4, $5, '', $6, $7) RETURNING id""";
    private static final String SEAL = "UPDATE report_sources SET secret = $2 WHERE id = $1";
    private static final String CHANGE = """
            UPDATE report_sources SET name = COALESCE($2, name), per_hour = COALESCE($3, per_hour), active = COALESCE($4, active)
            WHERE id = $1 RETURNING resident_id""";
    private static final String ROTATE =
            "UPDATE report_sources SET old_secret = secret, old_until = $3, secret = $2 WHERE id = $1";

    private final Pool db;
    private final Clock clock;
    private final Vault vault;
    private final Residents residents;

    Sources(Pool db, Clock clock, Vault vault, Residents residents) {
        this.db = db;
        this.clock = clock;
        this.vault = vault;
        this.residents = residents;
    }

    record Wanted(String code, String name, String area, int perHour, String by) {}

    /** A new one, and its secret: told this once. */
    record Added(Source source, Secret secret) {}

    /** One that sends us something, and what it may sign with. */
    record Signing(Source source, Keys keys) {}

    /** Those of an area and of the areas below it. */
    Future<List<Source>> list(String area) {
        return db.preparedQuery(LIST)
                .execute(Tuple.of(area))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(Sources::source)
                        .toList());
    }

    Future<@Nullable Source> find(long id) {
        return db.preparedQuery(FIND).execute(Tuple.of(id)).map(rows -> {
            if (rows.size() == 0) {
                return null;
            }
            return source(rows.iterator().next());
        });
    }

    /** Null where there is none, or it was switched off: both sound the same. */
    Future<@Nullable Signing> signing(String code) {
        return db.preparedQuery(BY_CODE).execute(Tuple.of(code)).map(rows -> {
            if (rows.size() == 0) {
                return null;
            }
            if (!vault.isOpen()) {
                throw Refusal.of(Refusal.Kind.NOT_READY, "服务器没有设置密钥，暂时不能核对签名。");
            }
            Row row = rows.iterator().next();
            return new Signing(source(row), Webhooks.keys(vault, whose(row.getLong("id")), row));
        });
    }

    /** Area of the source with this code; null when there is none. */
    Future<@Nullable String> areaOf(String code) {
        return db.preparedQuery(HAS_CODE).execute(Tuple.of(code)).map(rows -> {
            if (rows.size() == 0) {
                return null;
            }
            return rows.iterator().next().getString("area");
        });
    }

    /** Fails with {@code ALREADY_THERE} when the code is taken. */
    Future<Added> add(Wanted wanted) {
        Secret secret = Secret.fresh();
        return db.withTransaction(tx -> residents
                        .standIn(tx, standsAs(wanted.name()))
                        .compose(resident -> tx.preparedQuery(ADD)
                                .execute(Tuple.of(
                                        wanted.code(),
                                        wanted.name(),
                                        wanted.area(),
                                        resident,
                                        wanted.perHour(),
                                        Times.at(clock.instant()),
                                        wanted.by())))
                        .map(rows -> rows.iterator().next().getLong("id"))
                        .compose(id -> tx.preparedQuery(SEAL)
                                .execute(Tuple.of(id, vault.seal(whose(id), secret)))
                                .map(id)))
                .recover(
                        failure -> failure instanceof PgException pg && "one_source_per_code".equals(pg.getConstraint())
                                ? Future.failedFuture(Refusal.of(Refusal.Kind.ALREADY_THERE, "已经有这个代号的来源，请换一个代号。"))
                                : Future.failedFuture(failure))
                .compose(id -> shown(id).map(source -> new Added(source, secret)));
    }

    /** Nulls stay as they are. */
    Future<Source> change(long id, @Nullable String name, @Nullable Integer perHour, @Nullable Boolean active) {
        return db.withTransaction(tx -> tx.preparedQuery(CHANGE)
                        .execute(Tuple.of(id, name, perHour, active))
                        .compose(rows -> name == null
                                ? Future.succeededFuture()
                                : residents.rename(tx, rows.iterator().next().getUUID("resident_id"), standsAs(name))))
                .compose(done -> shown(id));
    }

    Future<Webhooks.Rotated> rotate(long id) {
        Secret secret = Secret.fresh();
        Instant until = clock.instant().truncatedTo(ChronoUnit.MILLIS).plus(Keys.OVERLAP);
        return db.preparedQuery(ROTATE)
                .execute(Tuple.of(id, vault.seal(whose(id), secret), Times.at(until)))
                .map(done -> new Webhooks.Rotated(secret, until));
    }

    private Future<Source> shown(long id) {
        return find(id).map(found -> {
            if (found == null) {
                throw new IllegalStateException("no source " + id);
            }
            return found;
        });
    }

    /** What staff read as the reporter's name. */
    private static String standsAs(String name) {
        return name + "（转来）";
    }

    private static String whose(long id) {
        return "source:" + id;
    }

    private static Source source(Row row) {
        return new Source(
                row.getLong("id"),
                row.getString("code"),
                row.getString("name"),
                row.getString("area"),
                row.getUUID("resident_id"),
                row.getInteger("per_hour"),
                row.getBoolean("active"),
                Times.orNull(row, "old_until"),
                row.getLong("reports"),
                Times.orNull(row, "last_at"),
                Times.of(row, "created_at"),
                row.getString("created_by"));
    }
}
