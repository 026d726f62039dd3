package linge.push;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import linge.db.RateLimits;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.notify.Audience;
import linge.notify.push.PushSubscriptions;
import linge.notify.push.PushSubscriptions.Subscription;
import linge.notify.push.VapidKeys;
import linge.shared.Caller;
import linge.shared.Refusal;

/** {@code getPushKey}, {@code putPushSubscription} and {@code deletePushSubscription}, for residents and staff. */
final class PushApi {

    /** A page renews its device each day it is opened; more often somebody tries things out. */
    private static final int PER_HOUR = 60;

    private final VapidKeys keys;
    private final PushSubscriptions subscriptions;
    private final RateLimits limits;

    PushApi(VapidKeys keys, PushSubscriptions subscriptions, RateLimits limits) {
        this.keys = keys;
        this.subscriptions = subscriptions;
        this.limits = limits;
    }

    void mount(Contract contract) {
        contract.on("getPushKey", this::key)
                .on("putPushSubscription", this::subscribe)
                .on("deletePushSubscription", this::unsubscribe);
    }

    private Future<Answer> key(Call call) {
        return Future.succeededFuture(Answer.ok(new JsonObject().put("key", keys.publicText())));
    }

    private Future<Answer> subscribe(Call call) {
        Audience who = audience(call.caller());
        JsonObject body = call.body();
        JsonObject secrets = body.getJsonObject("keys");
        Subscription device =
                new Subscription(body.getString("endpoint"), secrets.getString("p256dh"), secrets.getString("auth"));
        return limits.take("push:" + who.id(), PER_HOUR, Duration.ofHours(1))
                .compose(free -> subscriptions.keep(who, device))
                .recover(failure -> Future.failedFuture(
                        failure instanceof IllegalArgumentException
                                ? Refusal.notSensible("/endpoint", "这个浏览器给出的推送地址或密钥不能用，没法往这里推送。")
                                : failure))
                .map(kept -> Answer.ok(new JsonObject().put("device", PushSubscriptions.device(device.endpoint()))));
    }

    private Future<Answer> unsubscribe(Call call) {
        Audience who = audience(call.caller());
        String device = call.query("device");
        Future<?> removed = device == null ? subscriptions.removeAll(who) : subscriptions.remove(who, device);
        return removed.map(done -> Answer.nothing());
    }

    private static Audience audience(Caller caller) {
        if (caller instanceof Caller.Resident resident) {
            return Audience.resident(resident.id().toString(), resident.phone());
        }
        if (caller instanceof Caller.Staff staff) {
            return Audience.staff(staff.id().toString());
        }
        throw Refusal.of(Refusal.Kind.NOT_SIGNED_IN, "请先登录，再继续操作。");
    }
}
