package linge.fieldwork;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Objects;
import java.util.UUID;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Words;

/** Visits, patrols, door-knock campaigns over HTTP. */
final class FieldLogApi {

    private static final int PAGE = 20;

    private final Clock clock;
    private final FieldLogs logs;
    private final Campaigns campaigns;

    FieldLogApi(Clock clock, FieldLogs logs, Campaigns campaigns) {
        this.clock = clock;
        this.logs = logs;
        this.campaigns = campaigns;
    }

    void mount(Contract contract) {
        contract.on("addFieldLog", this::add)
                .on("listFieldLogs", this::list)
                .on("strikeOutFieldLog", this::strikeOut)
                .on(
                        "listCampaigns",
                        call -> campaigns
                                .list(FieldPolicy.inField(call))
                                .map(items -> Answer.ok(new JsonObject().put("items", items))))
                .on(
                        "getCampaign",
                        call -> campaigns
                                .get(FieldPolicy.inField(call), id(call))
                                .map(Answer::ok))
                .on("addCampaign", this::callOut)
                .on(
                        "endCampaign",
                        call -> campaigns
                                .end(FieldPolicy.leader(call), id(call))
                                .map(Answer::ok));
    }

    private Future<Answer> add(Call call) {
        Caller.Staff who = FieldPolicy.worker(call);
        String key = Objects.requireNonNull(call.header("Idempotency-Key"));
        FieldLog log = FieldLog.of(call.body(), clock.instant());
        return logs.add(who, key, FieldLog.hashOf(call.body()), log).map(Answer::created);
    }

    private Future<Answer> list(Call call) {
        Caller.Staff who = FieldPolicy.inField(call);
        boolean ofArea = "area".equals(call.query("scope"));
        if (ofArea && !FieldPolicy.leads(who)) {
            throw Refusal.notAllowed("整个辖区的记录由网格长和综治中心查看。");
        }
        return logs.page(who, ofArea, call.query("after"), call.integer("limit", PAGE))
                .map(Answer::ok);
    }

    private Future<Answer> strikeOut(Call call) {
        Caller.Staff who = FieldPolicy.worker(call);
        String why = Words.of(call.body().getString("why"));
        if (why == null) {
            throw Refusal.badInput("/why", "请写明为什么作废。");
        }
        return logs.strikeOut(who, UUID.fromString(call.path("id")), why).map(Answer::ok);
    }

    private Future<Answer> callOut(Call call) {
        Caller.Staff who = FieldPolicy.leader(call);
        JsonObject body = call.body();
        String title = Words.of(body.getString("title"));
        if (title == null || title.length() < 2) {
            throw Refusal.badInput("/title", "请写明这次敲门行动叫什么。");
        }
        return campaigns
                .add(
                        who,
                        Objects.requireNonNullElse(body.getString("area"), who.area()),
                        title,
                        Words.of(body.getString("words")),
                        day(body.getString("begins"), "/begins"),
                        day(body.getString("ends"), "/ends"))
                .map(Answer::created);
    }

    /** @throws Refusal for what is no day of the years people live in */
    static LocalDate day(String text, String pointer) {
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() >= 2000 && day.getYear() < 2200) {
                return day;
            }
        } catch (DateTimeException e) {
            throw Refusal.badInput(pointer, "日期不对，应形如 2026-11-26。");
        }
        throw Refusal.badInput(pointer, "日期不对，应形如 2026-11-26。");
    }

    private static long id(Call call) {
        return Long.parseLong(call.path("id"));
    }
}
