package linge.replies;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import linge.cases.StaffCases;
import linge.db.AuditLog;
import linge.db.RateLimits;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Names;
import linge.shared.Refusal;
import linge.shared.Role;
import linge.shared.Words;
import org.jspecify.annotations.Nullable;

/** Reading an answer while it is written, asking for leave and giving it, templates, and how strict an area is. */
final class RepliesApi {

    private static final int PAGE = 50;
    /** Once in three seconds, all the day, by somebody who never stops typing. */
    private static final int READ_AN_HOUR = 1200;

    private final Pool db;
    private final Clock clock;
    private final StaffCases cases;
    private final RateLimits limits;
    private final Names names;
    private final Reading reading;
    private final ReplyStore store;
    private final Releases releases;
    private final Templates templates;
    private final Fields fields;

    RepliesApi(
            RepliesHouse.Ground on,
            StaffCases cases,
            Reading reading,
            ReplyStore store,
            Releases releases,
            Templates templates,
            Fields fields) {
        this.db = on.db();
        this.clock = on.clock();
        this.limits = on.limits();
        this.names = on.names();
        this.cases = cases;
        this.reading = reading;
        this.store = store;
        this.releases = releases;
        this.templates = templates;
        this.fields = fields;
    }

    void mount(Contract contract) {
        contract.on("checkReply", this::check)
                .on("askReplyRelease", this::ask)
                .on("listReplyReleases", this::list)
                .on("decideReplyRelease", this::decide)
                .on("getReplyPolicy", this::policy)
                .on("setReplyPolicy", this::setPolicy)
                .on("listReplyTemplates", this::templates)
                .on("addReplyTemplate", this::addTemplate)
                .on("changeReplyTemplate", this::changeTemplate)
                .on("suggestReplyTemplates", this::suggest)
                .on("useReplyTemplate", this::use);
    }

    private Future<Answer> check(Call call) {
        Caller.Staff who = call.staff();
        String words = Words.of(call.body().getString("words"));
        return cases.find(call.path("number"), who)
                .compose(c -> limits.take("reply:" + who.id(), READ_AN_HOUR, Duration.ofHours(1))
                        .compose(ok -> words == null
                                ? store.policy(db, c.facts().area()).map(policy -> new Reading.Read(List.of(), policy))
                                : reading.of(db, c, words))
                        .compose(read -> (words == null
                                        ? Future.<@Nullable JsonObject>succeededFuture()
                                        : releases.ofText(db, c.facts().id(), words))
                                .map(release -> Answer.ok(new JsonObject()
                                        .put("concerns", read.toJson())
                                        .put("stops", read.stops())
                                        .put("stance", read.policy().stance().name())
                                        .put("release", release)))));
    }

    private Future<Answer> ask(Call call) {
        Caller.Staff who = call.staff();
        if (who.role() == Role.GRID_ASSISTANT || who.role() == Role.SUPERVISOR || who.role() == Role.ADMINISTRATOR) {
            throw Refusal.notAllowed("放行由写答复的人申请。");
        }
        String words = needed(call.body(), "words", "请先写好答复。");
        String why = needed(call.body(), "why", "请写明为什么这样写是对的。");
        return cases.find(call.path("number"), who)
                .compose(c -> reading.of(db, c, words)
                        .compose(read -> {
                            if (!read.stops()) {
                                throw Refusal.of(Refusal.Kind.OUT_OF_TURN, "这段答复不用放行，可以直接提交。");
                            }
                            return db.withTransaction(tx -> releases.ask(tx, c, words, read.toJson(), why, who, now()));
                        })
                        .compose(done -> releases.ofText(db, c.facts().id(), words)))
                .map(asked -> Answer.created(java.util.Objects.requireNonNull(asked)));
    }

    private Future<Answer> list(Call call) {
        Caller.Staff who = call.staff();
        int most = call.integer("limit", PAGE);
        long after = row(call.query("after") == null ? "0" : String.valueOf(call.query("after")));
        return releases.page(db, who, after, most + 1).map(items -> {
            boolean more = items.size() > most;
            if (more) {
                items.remove(most);
            }
            return Answer.ok(new JsonObject()
                    .put("items", items)
                    .put(
                            "next",
                            more ? String.valueOf(items.getJsonObject(most - 1).getLong("id")) : null));
        });
    }

    private Future<Answer> decide(Call call) {
        Caller.Staff who = call.staff();
        if (who.role() != Role.SUPERVISOR) {
            throw Refusal.notAllowed("放行由督办员决定。");
        }
        String reason = needed(call.body(), "reason", "请写明理由，会记进这件诉求的历史。");
        boolean grant = call.body().getBoolean("grant");
        return db.withTransaction(tx -> releases.decide(tx, row(call.path("id")), grant, reason, who, now()))
                .map(decided -> {
                    decided.remove("area");
                    decided.remove("asked_by_id");
                    return Answer.ok(decided);
                });
    }

    private Future<Answer> policy(Call call) {
        Caller.Staff who = manages(call);
        return shown(area(who, call.query("area")));
    }

    private Future<Answer> setPolicy(Call call) {
        Caller.Staff who = call.staff();
        if (who.role() != Role.ADMINISTRATOR) {
            throw Refusal.notAllowed("检查的严格程度由管理员来定。");
        }
        String area = area(who, call.body().getString("area"));
        String why = needed(call.body(), "why", "请写明原因，以后查得到。");
        Stance stance = Stance.valueOf(call.body().getString("stance"));
        return db.withTransaction(tx -> store.setPolicy(tx, area, stance, why, who, now())
                        .compose(done -> AuditLog.write(
                                tx,
                                who,
                                "reply.policy",
                                area,
                                new JsonObject().put("stance", stance.name()).put("why", why),
                                now())))
                .compose(done -> shown(area));
    }

    private Future<Answer> shown(String area) {
        return store.policy(db, area)
                .map(policy -> Answer.ok(policy.toJson()
                        .put("asked", area)
                        .put("askedName", names.area(area))
                        .put("areaName", policy.area() == null ? null : names.area(policy.area()))));
    }

    private Future<Answer> templates(Call call) {
        Caller.Staff who = manages(call);
        return templates.all(db, who.area()).map(all -> {
            JsonArray items = new JsonArray();
            all.forEach(one -> items.add(one.toJson()
                    .put("areaName", one.area().isEmpty() ? "随系统附带" : names.area(one.area()))
                    .put("own", one.area().startsWith(who.area()))));
            return Answer.ok(new JsonObject().put("items", items).put("fields", new JsonArray(Fields.OF_CASE)));
        });
    }

    private Future<Answer> addTemplate(Call call) {
        Caller.Staff who = manages(call);
        String area = area(who, call.body().getString("area"));
        Templates.Said said = Templates.Said.of(call.body());
        return db.withTransaction(tx -> templates.add(tx, area, said, who, now()))
                .map(made -> Answer.created(made.toJson()));
    }

    private Future<Answer> changeTemplate(Call call) {
        Caller.Staff who = manages(call);
        Templates.Said said = Templates.Said.of(call.body());
        int version = call.body().getInteger("version");
        return db.withTransaction(tx -> templates.change(tx, row(call.path("id")), version, said, who, now()))
                .map(made -> Answer.ok(made.toJson()));
    }

    private Future<Answer> suggest(Call call) {
        Caller.Staff who = call.staff();
        return cases.find(call.path("number"), who)
                .compose(c -> templates.around(db, c).map(all -> {
                    Map<String, String> known = fields.of(c);
                    JsonArray items = new JsonArray();
                    all.forEach(one -> items.add(suggested(one, known)));
                    return Answer.ok(new JsonObject().put("items", items));
                }));
    }

    /** With the case's own fields filled, and what is left to ask for. */
    private static JsonObject suggested(Templates.Template one, Map<String, String> known) {
        String words = Fields.filled(one.words(), known);
        JsonArray asks = new JsonArray();
        Fields.in(words)
                .forEach(field -> asks.add(new JsonObject()
                        .put("name", field)
                        .put("required", one.required().contains(field))));
        return new JsonObject()
                .put("id", one.id())
                .put("name", one.name())
                .put("words", words)
                .put("asks", asks)
                .put("uses", one.uses());
    }

    private Future<Answer> use(Call call) {
        Caller.Staff who = call.staff();
        return cases.find(call.path("number"), who)
                .compose(c -> templates.used(db, row(call.path("id")), c))
                .map(used -> {
                    if (!used) {
                        throw Refusal.notFound("这个模板");
                    }
                    return Answer.nothing();
                });
    }

    private static Caller.Staff manages(Call call) {
        Caller.Staff who = call.staff();
        if (who.role() != Role.ADMINISTRATOR && who.role() != Role.SUPERVISOR) {
            throw Refusal.notAllowed("答复的模板和规则由管理员和督办员来管。");
        }
        return who;
    }

    /** The caller's own area, or one below it that was asked for. */
    private static String area(Caller.Staff who, @Nullable String wanted) {
        if (wanted == null) {
            return who.area();
        }
        if (!AreaLevel.isCode(wanted) || !AreaLevel.covers(who.area(), wanted)) {
            throw Refusal.notAllowed("只能管本区域之内的。");
        }
        return wanted;
    }

    private static String needed(JsonObject body, String field, String otherwise) {
        String words = Words.of(body.getString(field));
        if (words == null) {
            throw Refusal.notSensible("/" + field, otherwise);
        }
        return words;
    }

    /** The contract lets nine digits in. */
    private static long row(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw Refusal.notFound("这一条");
        }
    }

    private Instant now() {
        return clock.instant();
    }
}
