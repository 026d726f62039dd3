package linge.fieldwork;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import linge.cases.Case;
import linge.cases.FieldCases;
import linge.db.Times;
import linge.grids.Grids;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.shared.Caller;
import org.jspecify.annotations.Nullable;

/** What is to be done today, and the cases to take along where there is no network. Where the worker is, is not asked. */
final class TodayApi {

    /** More than any grid's desk holds. */
    private static final int MOST = 200;
    /** As many as a phone takes along. */
    private static final int TAKEN_ALONG = 50;

    private static final String DONE_TODAY = """
            SELECT (SELECT count(*) FROM case_history WHERE actor_kind = 'STAFF' AND actor_id = $1 AND at >= $2 AND at < $3)
              + (SELECT count(*) FROM field_logs WHERE staff_id = $1 AND voided_at IS NULL AND at >= $2 AND at < $3) AS done""";

    private final Pool db;
    private final Clock clock;
    private final FieldCases cases;

    TodayApi(Pool db, Clock clock, FieldCases cases) {
        this.db = db;
        this.clock = clock;
        this.cases = cases;
    }

    void mount(Contract contract) {
        contract.on("getToday", this::today).on("takeCasesAlong", this::takeAlong);
    }

    private Future<Answer> today(Call call) {
        Caller.Staff who = FieldPolicy.worker(call);
        Instant now = clock.instant();
        LocalDate day = LocalDate.ofInstant(now, Grids.SHANGHAI);
        Instant morning = day.atStartOfDay(Grids.SHANGHAI).toInstant();
        Instant midnight = day.plusDays(1).atStartOfDay(Grids.SHANGHAI).toInstant();
        return cases.open(who, MOST)
                .compose(open -> done(who, morning, midnight).map(done -> {
                    JsonArray items = new JsonArray();
                    int todo = 0;
                    int overdue = 0;
                    int dueToday = 0;
                    for (Case c : open) {
                        boolean mine = cases.holds(who, c);
                        Instant due = c.now().due();
                        if (mine) {
                            todo++;
                            overdue += due != null && due.isBefore(now) ? 1 : 0;
                            dueToday += due != null && !due.isBefore(now) && due.isBefore(midnight) ? 1 : 0;
                        }
                        items.add(item(c, mine));
                    }
                    return Answer.ok(new JsonObject()
                            .put("at", Times.at(now).toInstant().toString())
                            .put("grid", who.area())
                            .put(
                                    "counts",
                                    new JsonObject()
                                            .put("todo", todo)
                                            .put("overdue", overdue)
                                            .put("dueToday", dueToday)
                                            .put("done", done))
                            .put("items", items));
                }));
    }

    private JsonObject item(Case c, boolean mine) {
        return cases.summary(c)
                .put("mine", mine)
                .put("address", c.facts().address())
                .put("point", point(c));
    }

    private static @Nullable JsonObject point(Case c) {
        return Stamps.point(c.facts().lon(), c.facts().lat(), null);
    }

    private Future<Long> done(Caller.Staff who, Instant from, Instant until) {
        return db.preparedQuery(DONE_TODAY)
                .execute(Tuple.of(who.id(), Times.at(from), Times.at(until)))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return row.getLong("done");
                });
    }

    private Future<Answer> takeAlong(Call call) {
        Caller.Staff who = FieldPolicy.worker(call);
        return cases.open(who, TAKEN_ALONG).compose(open -> {
            List<JsonObject> taken = new ArrayList<>();
            Future<Void> done = Future.succeededFuture();
            for (Case c : open) {
                done = done.compose(ok -> whole(c, who).map(taken::add)).mapEmpty();
            }
            return done.map(ok -> Answer.ok(new JsonObject()
                    .put("at", Times.at(clock.instant()).toInstant().toString())
                    .put("items", new JsonArray(taken))));
        });
    }

    /** What stays on a phone says nothing of who filed it. */
    private Future<JsonObject> whole(Case c, Caller.Staff who) {
        return cases.whole(c, who)
                .compose(shown -> cases.history(c, who)
                        .map(history -> new JsonObject()
                                .put("case", shown.put("reporter", null))
                                .put("history", history)));
    }
}
