package linge.push;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.util.UUID;
import linge.db.RateLimits;
import linge.http.Contract;
import linge.notify.Addresses;
import linge.notify.Audience;
import linge.notify.Channel;
import linge.notify.push.Endpoints;
import linge.notify.push.PushSubscriptions;
import linge.notify.push.VapidKeys;
import linge.notify.push.VapidStore;
import linge.notify.push.WebPush;
import linge.sessions.Sessions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything of Web Push on this node: its keys, the devices, the channel. */
public final class Push {

    private static final Logger log = LoggerFactory.getLogger(Push.class);

    private final VapidKeys keys;
    private final PushSubscriptions subscriptions;
    private final WebPush channel;
    private final Sessions sessions;
    private final RateLimits limits;

    /** What it stands on. */
    public record Ground(
            Vertx vertx, Pool db, Clock clock, Addresses addresses, Sessions sessions, RateLimits limits) {}

    /**
     * How it works.
     *
     * @param keys the pair push services know us by, or null for the one kept in the database
     * @param contact how push services reach whoever runs this, or null
     * @param loopback whether devices may be on this machine itself, for tests
     */
    public record Manner(@Nullable VapidKeys keys, @Nullable String contact, boolean loopback) {}

    private Push(VapidKeys keys, Ground ground, Manner manner) {
        Endpoints endpoints = new Endpoints(manner.loopback());
        this.keys = keys;
        this.subscriptions = new PushSubscriptions(ground.db(), ground.addresses(), endpoints);
        this.channel = new WebPush(
                ground.vertx(), ground.db(), ground.addresses(), endpoints, keys, manner.contact(), ground.clock());
        this.sessions = ground.sessions();
        this.limits = ground.limits();
    }

    /** Ready once the keys are known; the first node ever makes them. */
    public static Future<Push> open(Ground ground, Manner manner) {
        VapidKeys given = manner.keys();
        Future<VapidKeys> keys =
                given != null ? Future.succeededFuture(given) : new VapidStore(ground.db(), ground.clock()).keys();
        return keys.map(known -> new Push(known, ground, manner));
    }

    public Channel channel() {
        return channel;
    }

    public void mount(Contract contract) {
        new PushApi(keys, subscriptions, limits).mount(contract);
    }

    /** Some of a person's sessions ended; who is signed in nowhere is told nothing any more on devices they may have left. */
    public void sessionsEnded(UUID person) {
        sessions.anyOpen(person)
                .compose(open -> open
                        ? Future.succeededFuture()
                        : subscriptions
                                .removeAll(Audience.resident(person.toString(), null))
                                .compose(done -> subscriptions.removeAll(Audience.staff(person.toString()))))
                .onFailure(
                        failure -> log.warn("the devices of somebody who signed out could not be forgotten", failure));
    }
}
