package linge.webhooks;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import linge.grids.Grids;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.notify.webhook.Reach;
import linge.notify.webhook.Tried;
import linge.notify.webhook.Vault;
import linge.notify.webhook.Webhook;
import linge.notify.webhook.Webhooks;
import linge.shared.Caller;
import linge.shared.Names;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** What administrators do with webhooks of their area: add, change, rotate, switch, try, look, send again. */
final class WebhookApi {

    private static final int PAGE = 20;
    private static final Set<String> TYPES = CaseEvents.types().stream()
            .map(type -> ((JsonObject) type).getString("type"))
            .collect(Collectors.toUnmodifiableSet());

    private final Webhooks webhooks;
    private final Sources sources;
    private final Reach reach;
    private final Vault vault;
    private final Grids grids;
    private final Names names;
    private final Noted noted;

    WebhookApi(Webhooks webhooks, Sources sources, Reach reach, Vault vault, Grids grids, Names names, Noted noted) {
        this.webhooks = webhooks;
        this.sources = sources;
        this.reach = reach;
        this.vault = vault;
        this.grids = grids;
        this.names = names;
        this.noted = noted;
    }

    void mount(Contract contract) {
        contract.on("listWebhooks", this::list)
                .on("addWebhook", this::add)
                .on("changeWebhook", this::change)
                .on("rotateWebhook", this::rotate)
                .on("pingWebhook", this::ping)
                .on("listWebhookDeliveries", this::deliveries)
                .on("settleWebhookDelivery", this::settle);
    }

    private Future<Answer> list(Call call) {
        Caller.Staff who = Partners.administrator(call);
        return webhooks.list(who.area()).map(found -> {
            JsonArray items = new JsonArray();
            found.forEach(one -> items.add(shown(one)));
            return Answer.ok(new JsonObject()
                    .put("items", items)
                    .put("types", CaseEvents.types())
                    .put("ready", vault.isOpen()));
        });
    }

    private Future<Answer> add(Call call) {
        Caller.Staff who = Partners.administrator(call);
        Partners.requireKey(vault);
        JsonObject body = call.body();
        String url = body.getString("url");
        String area = Partners.area(who, body.getString("area"), grids);
        String origin = body.getString("origin");
        Webhooks.Wanted wanted = new Webhooks.Wanted(Partners.name(body), url, types(body), area, origin, who.name());
        return reachable(url)
                .compose(ok -> origin == null ? Future.succeededFuture() : knownOrigin(who, origin))
                .compose(ok -> noted.after(who, "webhook.add", wanted.name(), webhooks.add(wanted)))
                .map(added -> Answer.created(new JsonObject()
                        .put("webhook", shown(added.webhook()))
                        .put("secret", added.secret().text())));
    }

    private Future<Answer> change(Call call) {
        JsonObject body = call.body();
        String url = body.getString("url");
        return own(call)
                .compose(id -> (url == null ? Future.<Void>succeededFuture() : reachable(url)).map(id))
                .compose(id -> webhooks.change(
                        id,
                        new Webhooks.Change(
                                body.getString("name") == null ? null : Partners.name(body),
                                url,
                                body.getJsonArray("types") == null ? null : types(body),
                                body.getInteger("tries"))))
                .compose(webhook -> noted.after(
                        call.staff(),
                        "webhook.change",
                        webhook.name(),
                        new JsonObject().put("fields", new JsonArray(List.copyOf(body.fieldNames()))),
                        body.getBoolean("active") == null
                                ? Future.succeededFuture(webhook)
                                : webhooks.turn(webhook.id(), body.getBoolean("active"))))
                .map(webhook -> Answer.ok(shown(webhook)));
    }

    private Future<Answer> rotate(Call call) {
        Partners.requireKey(vault);
        return own(call)
                .compose(id -> noted.after(call.staff(), "webhook.rotate", String.valueOf(id), webhooks.rotate(id)))
                .map(Partners::rotated);
    }

    private Future<Answer> ping(Call call) {
        Partners.requireKey(vault);
        return own(call)
                .compose(id -> noted.after(call.staff(), "webhook.ping", String.valueOf(id), webhooks.ping(id)))
                .map(tried -> Answer.ok(shown(tried)));
    }

    private Future<Answer> deliveries(Call call) {
        int limit = call.integer("limit", PAGE);
        long before = (long) call.number("before", Long.MAX_VALUE);
        return own(call)
                .compose(id -> webhooks.deliveries(id, before, limit + 1))
                .map(found -> {
                    List<JsonObject> page = found.subList(0, Math.min(limit, found.size()));
                    Long next = found.size() > limit ? page.get(limit - 1).getLong("id") : null;
                    JsonArray items = new JsonArray();
                    page.forEach(items::add);
                    return Answer.ok(new JsonObject().put("items", items).put("next", next));
                });
    }

    private Future<Answer> settle(Call call) {
        long delivery = Long.parseLong(call.path("delivery"));
        boolean send = call.body().getString("do").equals("SEND");
        return own(call)
                .compose(id -> send ? webhooks.sendAgain(id, delivery) : webhooks.skip(id, delivery))
                .map(done -> {
                    if (!done) {
                        throw Refusal.of(Refusal.Kind.OUT_OF_TURN, send ? "这一条正在排队，不用再发。" : "这一条不在排队，没有可以略过的。");
                    }
                    return done;
                })
                .compose(done -> noted.after(
                        call.staff(),
                        send ? "webhook.send-again" : "webhook.skip",
                        call.path("id"),
                        new JsonObject().put("delivery", delivery),
                        Future.succeededFuture(done)))
                .map(done -> Answer.nothing());
    }

    /** The webhook of this path; others' are not there. */
    private Future<Long> own(Call call) {
        Caller.Staff who = Partners.administrator(call);
        return webhooks.find(Long.parseLong(call.path("id"))).map(found -> {
            if (found == null || !Partners.looksAfter(who, found.area())) {
                throw Refusal.notFound("这个推送");
            }
            return found.id();
        });
    }

    private Future<Void> knownOrigin(Caller.Staff who, String origin) {
        return sources.areaOf(origin).map(area -> {
            if (area == null || !Partners.looksAfter(who, area)) {
                throw Refusal.notSensible("/origin", "没有这个来源，请先添加来源。");
            }
            return null;
        });
    }

    private Future<Void> reachable(String url) {
        return reach.check(url).recover(failure -> {
            if (failure instanceof Reach.Refused refused) {
                return Future.failedFuture(Refusal.notSensible("/url", refused.getMessage() + "。"));
            }
            if (failure instanceof UnknownHostException) {
                return Future.failedFuture(Refusal.notSensible("/url", "找不到网址里的主机，请核对。"));
            }
            return Future.failedFuture(failure);
        });
    }

    private static List<String> types(JsonObject body) {
        JsonArray given = Objects.requireNonNullElseGet(body.getJsonArray("types"), JsonArray::new);
        List<String> types = given.stream().map(String::valueOf).distinct().toList();
        for (int i = 0; i < types.size(); i++) {
            if (!TYPES.contains(types.get(i))) {
                throw Refusal.notSensible("/types/" + i, "没有这种事件。");
            }
        }
        return types;
    }

    /** Schema {@code Webhook}. */
    private JsonObject shown(Webhook webhook) {
        return new JsonObject()
                .put("id", webhook.id())
                .put("name", webhook.name())
                .put("url", webhook.url())
                .put("types", new JsonArray(webhook.types()))
                .put("area", webhook.area())
                .put("areaName", names.area(webhook.area()))
                .put("origin", webhook.origin())
                .put("active", webhook.active())
                .put("offBecause", webhook.offBecause())
                .put("waiting", webhook.waiting())
                .put("failures", webhook.failures())
                .put("failingSince", text(webhook.failingSince()))
                .put("nextTry", text(webhook.nextTry()))
                .put("deliveredAt", text(webhook.deliveredAt()))
                .put("tries", webhook.tries())
                .put("oldUntil", text(webhook.oldUntil()))
                .put("createdAt", webhook.createdAt().toString())
                .put("createdBy", webhook.createdBy());
    }

    private static JsonObject shown(Tried tried) {
        return new JsonObject()
                .put("taken", tried.taken())
                .put("status", tried.status())
                .put("problem", tried.problem())
                .put("millis", tried.took().toMillis());
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
