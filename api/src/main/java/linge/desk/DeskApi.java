package linge.desk;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import linge.cases.CaseFilter;
import linge.cases.StaffCases;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Words;

/** The operations of the desk: the queue, saved filters, batches, and where a case had best go. */
final class DeskApi {

    private static final int PAGE = 50;

    private final StaffCases cases;
    private final SavedFilters filters;
    private final Batches batches;
    private final Advice advice;

    DeskApi(StaffCases cases, SavedFilters filters, Batches batches, Advice advice) {
        this.cases = cases;
        this.filters = filters;
        this.batches = batches;
        this.advice = advice;
    }

    void mount(Contract contract) {
        contract.on("listQueue", this::queue)
                .on("listQueueFilters", this::listFilters)
                .on("saveQueueFilter", this::saveFilter)
                .on("changeQueueFilter", this::changeFilter)
                .on("deleteQueueFilter", this::deleteFilter)
                .on("orderQueueFilters", this::orderFilters)
                .on("makeBatch", this::batch)
                .on("suggestTargets", this::suggest);
    }

    private Future<Answer> queue(Call call) {
        Caller.Staff staff = call.staff();
        return cases.page(
                        staff,
                        CaseFilter.of(asked(call)),
                        call.query("sort"),
                        call.query("after"),
                        call.integer("limit", PAGE))
                .map(Answer::ok);
    }

    /** The query as a saved filter would say it. */
    private static JsonObject asked(Call call) {
        JsonObject filter = new JsonObject();
        for (String field : List.of("view", "category", "department", "area", "due", "urgency", "from", "until")) {
            put(filter, field, call.query(field));
        }
        put(filter, "q", Words.of(call.query("q")));
        String states = call.query("states");
        if (states != null) {
            filter.put("states", new JsonArray(List.of(states.split(","))));
        }
        for (String flag : List.of("supervised", "returned")) {
            if (call.flag(flag)) {
                filter.put(flag, true);
            }
        }
        return filter;
    }

    private static void put(JsonObject filter, String field, @org.jspecify.annotations.Nullable String value) {
        if (value != null) {
            filter.put(field, value);
        }
    }

    private Future<Answer> listFilters(Call call) {
        Caller.Staff staff = call.staff();
        return filters.seenBy(staff).compose(found -> {
            List<Future<JsonObject>> shown = new ArrayList<>();
            found.forEach(filter -> shown.add(counted(staff, filter)));
            return Future.all(shown).map(all -> {
                JsonArray items = new JsonArray();
                all.<JsonObject>list().forEach(items::add);
                return Answer.ok(new JsonObject().put("items", items));
            });
        });
    }

    private Future<JsonObject> counted(Caller.Staff staff, SavedFilters.Saved saved) {
        return cases.count(staff, CaseFilter.of(saved.filter()))
                .map(total -> saved.toJson(staff).put("total", total));
    }

    private Future<Answer> saveFilter(Call call) {
        JsonObject body = call.body();
        CaseFilter.of(body.getJsonObject("filter"));
        return filters.save(
                        call.staff(),
                        name(body),
                        body.getJsonObject("filter"),
                        Boolean.TRUE.equals(body.getBoolean("shared")))
                .compose(saved -> counted(call.staff(), saved))
                .map(Answer::created);
    }

    private Future<Answer> changeFilter(Call call) {
        JsonObject body = call.body();
        JsonObject filter = body.getJsonObject("filter");
        if (filter != null) {
            CaseFilter.of(filter);
        }
        return filters.change(
                        call.staff(),
                        id(call),
                        body.containsKey("name") ? name(body) : null,
                        filter,
                        body.getBoolean("shared"))
                .compose(saved -> counted(call.staff(), saved))
                .map(Answer::ok);
    }

    private Future<Answer> deleteFilter(Call call) {
        return filters.delete(call.staff(), id(call)).map(done -> Answer.nothing());
    }

    private Future<Answer> orderFilters(Call call) {
        List<Long> ids = new ArrayList<>();
        call.body().getJsonArray("ids").forEach(id -> ids.add(((Number) id).longValue()));
        return filters.order(call.staff(), ids).map(done -> Answer.nothing());
    }

    private Future<Answer> batch(Call call) {
        return batches.make(call.staff(), Objects.requireNonNull(call.header("Idempotency-Key")), call.body())
                .map(Answer::ok);
    }

    private Future<Answer> suggest(Call call) {
        return advice.on(call.path("number"), call.staff()).map(Answer::ok);
    }

    private static String name(JsonObject body) {
        String name = Words.of(body.getString("name"));
        if (name == null) {
            throw Refusal.badInput("/name", "请给这组条件起个名字。");
        }
        return name;
    }

    private static long id(Call call) {
        return Long.parseLong(call.path("id"));
    }
}
