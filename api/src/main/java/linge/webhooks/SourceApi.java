package linge.webhooks;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import linge.grids.Grids;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.notify.webhook.Vault;
import linge.shared.Caller;
import linge.shared.Names;
import linge.shared.Refusal;

/** What administrators do with the systems that bring reports to their area. */
final class SourceApi {

    private static final int PER_HOUR = 600;

    private final Sources sources;
    private final Vault vault;
    private final Grids grids;
    private final Names names;
    private final Noted noted;

    SourceApi(Sources sources, Vault vault, Grids grids, Names names, Noted noted) {
        this.sources = sources;
        this.vault = vault;
        this.grids = grids;
        this.names = names;
        this.noted = noted;
    }

    void mount(Contract contract) {
        contract.on("listSources", this::list)
                .on("addSource", this::add)
                .on("changeSource", this::change)
                .on("rotateSource", this::rotate);
    }

    private Future<Answer> list(Call call) {
        return sources.list(Partners.administrator(call).area()).map(found -> {
            JsonArray items = new JsonArray();
            found.forEach(source -> items.add(source.toJson(names)));
            return Answer.ok(new JsonObject().put("items", items));
        });
    }

    private Future<Answer> add(Call call) {
        Caller.Staff who = Partners.administrator(call);
        Partners.requireKey(vault);
        JsonObject body = call.body();
        Sources.Wanted wanted = new Sources.Wanted(
                body.getString("code"),
                Partners.name(body),
                Partners.area(who, body.getString("area"), grids),
                body.getInteger("perHour", PER_HOUR),
                who.name());
        return noted.after(who, "source.add", wanted.name(), sources.add(wanted))
                .map(added -> Answer.created(new JsonObject()
                        .put("source", added.source().toJson(names))
                        .put("secret", added.secret().text())));
    }

    private Future<Answer> change(Call call) {
        JsonObject body = call.body();
        return own(call)
                .compose(id -> sources.change(
                        id,
                        body.getString("name") == null ? null : Partners.name(body),
                        body.getInteger("perHour"),
                        body.getBoolean("active")))
                .compose(source -> noted.after(
                        call.staff(),
                        "source.change",
                        source.name(),
                        new JsonObject().put("fields", new JsonArray(List.copyOf(body.fieldNames()))),
                        Future.succeededFuture(source)))
                .map(source -> Answer.ok(source.toJson(names)));
    }

    private Future<Answer> rotate(Call call) {
        Partners.requireKey(vault);
        return own(call)
                .compose(id -> noted.after(call.staff(), "source.rotate", String.valueOf(id), sources.rotate(id)))
                .map(Partners::rotated);
    }

    private Future<Long> own(Call call) {
        Caller.Staff who = Partners.administrator(call);
        return sources.find(Long.parseLong(call.path("id"))).map(found -> {
            if (found == null || !Partners.looksAfter(who, found.area())) {
                throw Refusal.notFound("这个来源");
            }
            return found.id();
        });
    }
}
