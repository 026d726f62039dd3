package linge.admin;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Objects;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Words;

/** Grids in force and to come; a file of grids, looked at before it gets its day. */
final class GridImportApi {

    private static final int PAGE = 50;
    private static final int LONGEST_NAME = 120;

    private final GridImports imports;

    GridImportApi(GridImports imports) {
        this.imports = imports;
    }

    void mount(Contract contract) {
        contract
                .on("listGridVersions", call -> {
                    AdminPolicy.administrator(call);
                    return imports.view().all().map(Answer::ok);
                })
                .stream("uploadGrids", this::upload)
                .on("getGridImport", call -> {
                    AdminPolicy.administrator(call);
                    return imports.view().one(id(call)).map(Answer::ok);
                })
                .on("listGridChanges", call -> {
                    AdminPolicy.administrator(call);
                    String after = Objects.requireNonNullElse(call.query("after"), "");
                    return imports.view()
                            .changes(id(call), call.query("change"), after, call.integer("limit", PAGE))
                            .map(Answer::ok);
                })
                .on("getGridImportMap", call -> {
                    AdminPolicy.administrator(call);
                    return imports.view()
                            .map(
                                    id(call),
                                    call.number("west", -180),
                                    call.number("south", -90),
                                    call.number("east", 180),
                                    call.number("north", 90))
                            .map(Answer::ok);
                })
                .on("scheduleGrids", this::schedule)
                .on("cancelGrids", call -> {
                    Caller.Staff who = AdminPolicy.ofTheCity(call);
                    return imports.cancel(id(call), who).compose(done -> shown(call));
                });
    }

    private void upload(Call call) {
        RoutingContext ctx = call.ctx();
        Caller.Staff who = AdminPolicy.ofTheCity(call);
        String name = Words.of(call.query("name"));
        if (name == null || name.length() > LONGEST_NAME) {
            throw Refusal.badInput("/name", "请写明文件名，不超过 " + LONGEST_NAME + " 个字。");
        }
        imports.take(ctx.request(), name.replace('\n', ' ').replace('\t', ' '), who)
                .compose(id -> imports.view().one(id))
                .onSuccess(shown -> Contract.show(ctx, Answer.created(shown)))
                .onFailure(refused -> {
                    // Whatever still comes is not listened to.
                    ctx.request().handler(null).resume();
                    if (!ctx.response().closed()) {
                        ctx.fail(refused);
                    }
                });
    }

    private Future<Answer> schedule(Call call) {
        Caller.Staff who = AdminPolicy.ofTheCity(call);
        return imports.schedule(id(call), day(call.body()), who).compose(done -> shown(call));
    }

    private Future<Answer> shown(Call call) {
        return imports.view().one(id(call)).map(Answer::ok);
    }

    private static LocalDate day(JsonObject body) {
        try {
            return LocalDate.parse(body.getString("effectiveFrom"));
        } catch (DateTimeException e) {
            throw Refusal.badInput("/effectiveFrom", "日期不对，应形如 2027-01-01。");
        }
    }

    private static long id(Call call) {
        return Long.parseLong(call.path("id"));
    }
}
