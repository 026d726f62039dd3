package linge.fieldwork;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import linge.cases.Case;
import linge.cases.FieldCases;
import linge.cases.OwnCases;
import linge.grids.GeoPoint;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.shared.Caller;
import linge.shared.Names;
import linge.shared.Refusal;
import linge.shared.Words;
import org.jspecify.annotations.Nullable;

/** A case in the field: what phones said of it, calling who filed it, and filing what was found on patrol. */
final class FieldCaseApi {

    private final Clock clock;
    private final FieldCases cases;
    private final Stamps stamps;
    private final Patrols patrols;
    private final MaskedCalls calls;
    private final Names names;

    FieldCaseApi(Clock clock, FieldCases cases, Stamps stamps, Patrols patrols, MaskedCalls calls, Names names) {
        this.clock = clock;
        this.cases = cases;
        this.stamps = stamps;
        this.patrols = patrols;
        this.calls = calls;
        this.names = names;
    }

    void mount(Contract contract) {
        contract.on("getFieldCase", this::get)
                .on("callResident", this::call)
                .on("putFieldStamps", this::stamp)
                .on("fileFound", this::found);
    }

    private Future<Answer> get(Call call) {
        Caller.Staff who = call.staff();
        return cases.find(call.path("number"), who)
                .compose(c -> stamps.of(c)
                        .compose(said -> patrols.isOfPatrol(c.facts().resident())
                                .map(ofPatrol -> Answer.ok(new JsonObject()
                                        .put("number", c.facts().number())
                                        .put("found", ofPatrol)
                                        .put("calling", calling(who, c, ofPatrol))
                                        .put("stamps", said)))));
    }

    private String calling(Caller.Staff who, Case c, boolean ofPatrol) {
        if (ofPatrol) {
            return "NOBODY";
        }
        if (calls.isSet() && cases.mayCall(who, c)) {
            return "MASKED";
        }
        return cases.mayReveal(who, c) ? "REVEAL" : "NOBODY";
    }

    private Future<Answer> call(Call call) {
        Caller.Staff who = FieldPolicy.worker(call);
        return cases.find(call.path("number"), who)
                .compose(c -> {
                    if (!cases.mayCall(who, c)) {
                        throw Refusal.notAllowed("这件诉求不在您手上，或是匿名反映，不能拨打。");
                    }
                    return calls.numberFor(who, c);
                })
                .map(number -> Answer.ok(new JsonObject().put("number", number)));
    }

    private Future<Answer> stamp(Call call) {
        Caller.Staff who = FieldPolicy.worker(call);
        Instant now = clock.instant();
        Instant sent = Said.instant(call.body().getString("sentAt"), "/sentAt");
        JsonArray items = call.body().getJsonArray("items");
        List<Stamps.Stamp> all = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            JsonObject item = items.getJsonObject(i);
            String media = item.getString("media");
            String key = item.getString("key");
            if ((media == null) == (key == null)) {
                throw Refusal.badInput("/items/" + i, "每条时间地点要么属于一张照片，要么属于一个操作。");
            }
            all.add(new Stamps.Stamp(
                    media == null
                            ? null
                            : FieldLog.ids(new JsonArray().add(media)).get(0),
                    key,
                    Said.of(item, sent, now, "/items/" + i)));
        }
        return stamps.put(who, all).map(Answer.nothing());
    }

    private Future<Answer> found(Call call) {
        Caller.Staff who = FieldPolicy.worker(call);
        OwnCases.Matter matter = matter(call, who);
        return patrols.office(who.area())
                .compose(office -> cases.found(office, who, matter))
                .map(filed -> Answer.created(receipt(filed, who)));
    }

    private static OwnCases.Matter matter(Call call, Caller.Staff who) {
        JsonObject body = call.body();
        String text = Words.of(body.getString("text"));
        if (text == null) {
            throw Refusal.badInput("/text", "请用文字说说发现了什么。");
        }
        GeoPoint point = GeoPoint.of(body.getJsonObject("point"), "/point");
        String grid = body.getString("grid");
        List<UUID> media = FieldLog.ids(body.getJsonArray("media"));
        return new OwnCases.Matter(
                FieldCases.key(who, String.valueOf(call.header("Idempotency-Key"))),
                text,
                body.getString("category"),
                point,
                Words.of(body.getString("address")),
                // Whoever says nothing of where means the ground they answer for.
                grid == null && point == null ? who.area() : grid,
                media,
                Case.Privacy.NAMED,
                null);
    }

    /** Short, as it may have gone to a grid whose cases the finder does not see. */
    private JsonObject receipt(Case filed, Caller.Staff who) {
        return new JsonObject()
                .put("number", filed.facts().number())
                .put(
                        "holder",
                        names.office(
                                filed.now().holder().area(),
                                filed.now().holder().department()))
                .put("place", gridName(filed))
                .put("mine", cases.maySee(who, filed));
    }

    private static @Nullable String gridName(Case filed) {
        JsonObject grid = filed.facts().grid();
        return grid == null ? null : grid.getString("name");
    }
}
