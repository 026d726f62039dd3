package linge.desk;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import linge.cases.Case;
import linge.cases.Holder;
import linge.cases.Move;
import linge.cases.MoveRequest;
import linge.cases.StaffCases;
import linge.db.Times;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Words;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One move on many cases, each in a transaction of its own and on the version that was looked at. What became of each is kept
 * under the request's key: the same request again answers for those that are settled and goes on with the rest.
 */
final class Batches {

    private static final Logger log = LoggerFactory.getLogger(Batches.class);

    private static final Duration KEPT = Duration.ofDays(30);

    private static final String BEGIN = """
            INSERT INTO case_batches (staff_id, key, request_hash, move, asked, at) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT ON CONSTRAINT one_batch_per_key DO NOTHING""";
    private static final String FIND = "SELECT id, request_hash FROM case_batches WHERE staff_id = $1 AND key = $2";
    private static final String SETTLED =
            "SELECT number, refused, detail, version FROM case_batch_outcomes WHERE batch_id = $1";
    private static final String SETTLE = """
            INSERT INTO case_batch_outcomes (batch_id, number, refused, detail, version, at) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT DO NOTHING""";
    private static final String FORGET = "DELETE FROM case_batches WHERE at < $1";

    private final Pool db;
    private final Clock clock;
    private final StaffCases cases;

    Batches(Pool db, Clock clock, StaffCases cases) {
        this.db = db;
        this.clock = clock;
        this.cases = cases;
    }

    /** What became of one case: done, refused for good, or neither because of a fault of ours. */
    private record Outcome(
            String number,
            @Nullable String refused,
            @Nullable String detail,
            @Nullable Integer version) {

        boolean settled() {
            return refused != null || version != null;
        }

        JsonObject toJson() {
            String state = refused != null ? "REFUSED" : version != null ? "DONE" : "UNFINISHED";
            return new JsonObject()
                    .put("number", number)
                    .put("state", state)
                    .put("refused", refused)
                    .put("detail", settled() ? detail : "没有办成，请再试一次。")
                    .put("version", version);
        }
    }

    /** The contract's {@code BatchResult}; the body is a {@code Batch} of at most 100 cases. */
    Future<JsonObject> make(Caller.Staff staff, String key, JsonObject body) {
        JsonArray wanted = body.getJsonArray("cases");
        refuseTwice(wanted);
        return begin(staff, key, body, wanted.size())
                .compose(batch -> settled(batch)
                        .compose(known -> each(staff, key, batch, body, known, 0, new JsonArray()))
                        .map(Batches::told));
    }

    private Future<Long> begin(Caller.Staff staff, String key, JsonObject body, int asked) {
        Buffer hash = hashOf(body);
        return db.preparedQuery(BEGIN)
                .execute(Tuple.of(staff.id(), key, hash, body.getString("move"), asked, Times.at(clock.instant())))
                .compose(done -> db.preparedQuery(FIND).execute(Tuple.of(staff.id(), key)))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    if (!row.getBuffer("request_hash").equals(hash)) {
                        throw Refusal.of(Refusal.Kind.KEY_REUSED, "这个编号已用于另一次批量办理，请刷新页面后重新提交。");
                    }
                    return row.getLong("id");
                });
    }

    private Future<Map<String, Outcome>> settled(long batch) {
        return db.preparedQuery(SETTLED).execute(Tuple.of(batch)).map(rows -> {
            Map<String, Outcome> known = new HashMap<>();
            rows.forEach(row -> known.put(
                    row.getString("number"),
                    new Outcome(
                            row.getString("number"),
                            row.getString("refused"),
                            row.getString("detail"),
                            row.getInteger("version"))));
            return known;
        });
    }

    /** One after the other, so that a batch takes one connection and everybody else the rest. */
    private Future<JsonArray> each(
            Caller.Staff staff,
            String key,
            long batch,
            JsonObject body,
            Map<String, Outcome> known,
            int at,
            JsonArray told) {
        JsonArray wanted = body.getJsonArray("cases");
        if (at == wanted.size()) {
            return Future.succeededFuture(told);
        }
        JsonObject one = wanted.getJsonObject(at);
        String number = one.getString("number");
        Outcome before = known.get(number);
        Future<Outcome> now = before != null
                ? Future.succeededFuture(before)
                : one(staff, request(staff, key, body, one), number)
                        .compose(outcome -> settle(batch, outcome).map(outcome));
        return now.compose(outcome -> each(staff, key, batch, body, known, at + 1, told.add(outcome.toJson())));
    }

    private Future<Outcome> one(Caller.Staff staff, MoveRequest request, String number) {
        Future<Case> made;
        try {
            made = cases.make(number, request, staff);
        } catch (Refusal refusal) {
            made = Future.failedFuture(refusal);
        }
        return made.map(after -> new Outcome(number, null, null, after.now().version()))
                .otherwise(failure -> {
                    if (failure instanceof Refusal refusal) {
                        return new Outcome(number, refusal.kind().name(), refusal.detail(), null);
                    }
                    log.warn("a move of a batch failed; the same request again tries it again", failure);
                    return new Outcome(number, null, null, null);
                });
    }

    private Future<Void> settle(long batch, Outcome outcome) {
        if (!outcome.settled()) {
            return Future.succeededFuture();
        }
        return db.preparedQuery(SETTLE)
                .execute(Tuple.of(
                        batch,
                        outcome.number(),
                        outcome.refused(),
                        outcome.detail(),
                        outcome.version(),
                        Times.at(clock.instant())))
                .mapEmpty();
    }

    /** The move's own key makes it once, even when we died between the move and its outcome. */
    private static MoveRequest request(Caller.Staff staff, String key, JsonObject body, JsonObject one) {
        String department = body.getString("department");
        String to = body.getString("to");
        Holder target = department != null
                ? new Holder(to == null ? staff.area() : to, department)
                : to == null ? null : Holder.of(to);
        return MoveRequest.of(Move.valueOf(body.getString("move")), one.getInteger("version"))
                .but(r -> {
                    r.words = Words.of(body.getString("words"));
                    r.target = target;
                    r.key = "batch:" + staff.id() + ":" + key + ":" + one.getString("number");
                });
    }

    private static void refuseTwice(JsonArray wanted) {
        Set<String> numbers = new HashSet<>();
        for (int i = 0; i < wanted.size(); i++) {
            if (!numbers.add(wanted.getJsonObject(i).getString("number"))) {
                throw Refusal.badInput("/cases/" + i + "/number", "同一件诉求选了两次。");
            }
        }
    }

    private static JsonObject told(JsonArray items) {
        Map<String, Integer> counts = new HashMap<>();
        items.forEach(item -> counts.merge(((JsonObject) item).getString("state"), 1, Integer::sum));
        return new JsonObject()
                .put("done", counts.getOrDefault("DONE", 0))
                .put("refused", counts.getOrDefault("REFUSED", 0))
                .put("unfinished", counts.getOrDefault("UNFINISHED", 0))
                .put("items", items);
    }

    /** Housekeeping: whoever asks again after a month asks anew. */
    Future<Void> forgetOld() {
        return db.preparedQuery(FORGET)
                .execute(Tuple.of(Times.at(clock.instant().minus(KEPT))))
                .mapEmpty();
    }

    private static Buffer hashOf(JsonObject body) {
        try {
            return Buffer.buffer(
                    MessageDigest.getInstance("SHA-256").digest(body.encode().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
