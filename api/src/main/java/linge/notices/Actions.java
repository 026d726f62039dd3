package linge.notices;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import linge.db.AuditLog;
import linge.db.Times;
import linge.shared.Caller;
import org.jspecify.annotations.Nullable;

/** What operators did, written in the transaction that does it: nothing is done unrecorded, nothing recorded undone. */
final class Actions {

    private static final String NOTE =
            "INSERT INTO notice_actions (at, staff, who, action, what) VALUES ($1, $2, $3, $4, $5)";
    private static final String PAGE = """
            SELECT id, at, who, action, what FROM notice_actions WHERE id < $1 ORDER BY id DESC LIMIT $2""";
    private static final String LAST_MAPPED = """
            SELECT DISTINCT ON (what ->> 'template', what ->> 'platform')
                   what ->> 'template' AS template, what ->> 'platform' AS platform, at, who
            FROM notice_actions WHERE action = 'MAP_TEMPLATE'
            ORDER BY what ->> 'template', what ->> 'platform', id DESC""";

    /** What can be done; the labels equal those of the contract. */
    enum Kind {
        RESEND("notices.resend"),
        RESEND_GROUP("notices.resend-group"),
        DROP("notices.drop"),
        MAP_TEMPLATE("notices.map-template"),
        SET_QUOTA("notices.set-quota"),
        TRUST_NUMBER("notices.trust-number"),
        RESEND_ANSWER("notices.resend-answer"),
        DROP_ANSWER("notices.drop-answer");

        /** What the audit trail calls it. */
        private final String act;

        Kind(String act) {
            this.act = act;
        }

        /** The template, quota, channel or number (masked) it was done to. */
        private String subject(JsonObject what) {
            return Stream.of("template", "name", "channel", "phone")
                    .map(what::getValue)
                    .filter(Objects::nonNull)
                    .map(String::valueOf)
                    .filter(word -> !word.isBlank() && word.length() <= 200)
                    .findFirst()
                    .orElse(name().toLowerCase(Locale.ROOT));
        }
    }

    /** What was done, and what it came to; a null {@code what} means that there was nothing to do. */
    record Done<T>(@Nullable JsonObject what, T result) {}

    private final Pool db;
    private final Clock clock;

    Actions(Pool db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** Does something and records it; a refusal undoes both. */
    <T> Future<T> recorded(Caller.Staff who, Kind kind, Function<SqlConnection, Future<Done<T>>> work) {
        return db.withTransaction(tx -> work.apply(tx).compose(done -> {
            JsonObject what = done.what();
            return what == null
                    ? Future.succeededFuture(done.result())
                    : note(tx, who, kind, what).map(noted -> done.result());
        }));
    }

    private Future<Void> note(SqlClient on, Caller.Staff who, Kind kind, JsonObject what) {
        return on.preparedQuery(NOTE)
                .execute(Tuple.of(Times.at(clock.instant()), who.id(), who.name(), kind.name(), what))
                .compose(noted -> AuditLog.write(on, who, kind.act, kind.subject(what), what, clock.instant()));
    }

    /** The newest first: {@code {"items":[{"id","at","who","action","what"}],"next"?}}. */
    Future<JsonObject> page(@Nullable Long before, int limit) {
        return db.preparedQuery(PAGE)
                .execute(Tuple.of(before == null ? Long.MAX_VALUE : before, limit + 1))
                .map(rows -> {
                    JsonArray items = new JsonArray();
                    rows.forEach(row -> items.add(new JsonObject()
                            .put("id", row.getLong("id"))
                            .put("at", Times.of(row, "at").toString())
                            .put("who", row.getString("who"))
                            .put("action", row.getString("action"))
                            .put("what", row.getJsonObject("what"))));
                    JsonObject page = new JsonObject().put("items", items);
                    if (items.size() > limit) {
                        items.remove(limit);
                        page.put("next", items.getJsonObject(limit - 1).getLong("id"));
                    }
                    return page;
                });
    }

    /** Who changed which mapping last: {@code {"template platform":{"changedAt","changedBy"}}}. */
    Future<JsonObject> lastMapped() {
        return db.query(LAST_MAPPED).execute().map(rows -> {
            JsonObject last = new JsonObject();
            rows.forEach(row -> last.put(
                    row.getString("template") + " " + row.getString("platform"),
                    new JsonObject()
                            .put("changedAt", Times.of(row, "at").toString())
                            .put("changedBy", row.getString("who"))));
            return last;
        });
    }
}
