package linge.notify.simulation;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.Supplier;
import linge.notify.Addresses;
import linge.notify.Addresses.Address;
import linge.notify.BackOff;
import linge.notify.Channel;
import linge.notify.Envelope;
import linge.notify.InApp;
import linge.notify.Ladder;
import linge.notify.Ledgers;
import linge.notify.NotSent;
import linge.notify.Providers;
import linge.notify.Providers.Provider;
import linge.notify.Receipts;
import linge.notify.Relay;
import linge.notify.RelaySettings;
import linge.notify.Sent;
import linge.notify.SettableClock;
import linge.notify.Templates;
import linge.notify.TestDatabase;
import linge.notify.simulation.Platforms.Answer;

/** One node with connections of its own: when it is killed they are gone, and whatever it had in hand stays as it was. */
final class Node {

    private static final String ACCOUNT = "wx1";

    private final Dice dice;
    private final Platforms platforms;
    private final SettableClock clock;
    private final String name;
    private final Pool pool;
    private final Addresses addresses;
    private final Ledgers ledgers;
    private final Receipts receipts;
    private final Providers<Sms> gateways;
    private final Relay relay;
    private final Promise<Integer> dead = Promise.promise();
    private final Queue<Told> later;

    private record Sms(String phone, Envelope envelope) {}

    /** A receipt on its way. */
    record Told(String channel, String receipt, boolean arrived) {}

    /** @param later where receipts wait to be told */
    Node(
            String name,
            Vertx vertx,
            TestDatabase database,
            SettableClock clock,
            Dice dice,
            Platforms platforms,
            Queue<Told> later) {
        this.name = name;
        this.dice = dice;
        this.platforms = platforms;
        this.clock = clock;
        this.later = later;
        this.pool = database.pool(vertx, 6);
        this.addresses = new Addresses(pool, clock);
        this.ledgers = new Ledgers(pool, clock);
        this.receipts = new Receipts(pool, clock);
        this.gateways = new Providers<>(List.of(gateway("sms-1"), gateway("sms-2")), clock);
        List<Channel> channels = List.of(
                new InApp(pool, (who, id) -> {}),
                new Rung("wechat-service", false, this::service),
                new Rung("wechat-template", true, this::template),
                new Rung("wechat-subscription", false, this::subscription),
                new Rung("sms", false, this::sms),
                new Rung("web-push", true, this::push));
        RelaySettings settings = new RelaySettings(
                name,
                50,
                Duration.ofMinutes(2),
                Duration.ofSeconds(20),
                12,
                new BackOff(Duration.ofSeconds(5), Duration.ofHours(1)),
                Duration.ofHours(1));
        this.relay = new Relay(
                vertx, pool, Ladder.USUAL.inOrder(channels), Templates.standard(), clock, settings, database.options());
    }

    private record Rung(String name, boolean idempotent, Function<Envelope, Future<Sent>> way) implements Channel {
        @Override
        public Future<Sent> send(Envelope envelope) {
            return way.apply(envelope);
        }
    }

    /** One round; done at once when the node is killed in it. */
    Future<Integer> step() {
        return Future.any(relay.step(), dead.future()).map(any -> {
            Integer handled = any.resultAt(0);
            return handled == null ? 1 : handled;
        });
    }

    boolean isDead() {
        return dead.future().isComplete();
    }

    Future<Void> close() {
        return pool.close();
    }

    private Future<Sent> service(Envelope e) {
        return follower(
                e,
                openid -> ledgers.takeReply(openid, e.delivery())
                        .compose(may -> may
                                ? ledgers.takeQuota(Ledgers.SERVICE_DAY, ACCOUNT, e.delivery())
                                        .compose(taken -> taken.ok()
                                                ? call(
                                                        e,
                                                        "wechat-service",
                                                        () -> platforms.service(openid, e.delivery()),
                                                        openid)
                                                : refuse(e, NotSent.nextChannel("today's messages are used up")))
                                : refuse(e, NotSent.nextChannel("the window is closed or used up"))));
    }

    private Future<Sent> template(Envelope e) {
        return follower(
                e,
                openid -> ledgers.takeQuota(Ledgers.TEMPLATE_DAY, ACCOUNT, e.delivery())
                        .compose(taken -> taken.ok()
                                ? call(e, "wechat-template", () -> platforms.template(openid, e.delivery()), openid)
                                : refuse(e, NotSent.nextChannel("today's template messages are used up"))));
    }

    private Future<Sent> subscription(Envelope e) {
        return follower(
                e,
                openid -> ledgers.takeConsent(openid, "t1", e.delivery())
                        .compose(may -> may
                                ? call(
                                        e,
                                        "wechat-subscription",
                                        () -> platforms.subscription(openid, e.delivery()),
                                        openid)
                                : refuse(e, NotSent.nextChannel("no consent"))));
    }

    private Future<Sent> sms(Envelope e) {
        String phone = e.audience().phone();
        if (phone == null) {
            return Future.failedFuture(NotSent.nextChannel("no phone"));
        }
        return ledgers.takeQuota(Ledgers.SMS_PHONE_HOUR, phone, e.delivery())
                .compose(hour -> hour.ok()
                        ? ledgers.takeQuota(Ledgers.SMS_PHONE_DAY, phone, e.delivery())
                        : Future.succeededFuture(hour))
                .compose(taken -> {
                    Instant until = taken.until();
                    return until == null
                            ? gateways.send(new Sms(phone, e))
                                    .recover(failure -> failure instanceof NotSent refusal
                                                    && refusal.kind() == NotSent.Kind.TRY_AGAIN
                                            ? refuse(e, refusal)
                                            : Future.failedFuture(failure))
                            : refuse(
                                    e,
                                    NotSent.tryAgainAfter(
                                            Duration.between(clock.instant(), until), "this phone had enough SMS"));
                });
    }

    private Provider<Sms> gateway(String gateway) {
        return new Provider<>(
                gateway,
                sms -> call(
                        sms.envelope(),
                        "sms",
                        () -> platforms.sms(gateway, sms.phone(), sms.envelope().delivery()),
                        sms.phone()));
    }

    private Future<Sent> push(Envelope e) {
        return addresses
                .of(e.audience(), "web-push")
                .compose(list -> list.isEmpty()
                        ? refuse(e, NotSent.nextChannel("no browser"))
                        : call(
                                e,
                                "web-push",
                                () -> platforms.push(list.get(0).value(), e.delivery()),
                                list.get(0).value()));
    }

    private Future<Sent> follower(Envelope e, Function<String, Future<Sent>> send) {
        return addresses
                .of(e.audience(), "wechat")
                .compose(list -> list.stream()
                        .filter(Address::works)
                        .findFirst()
                        .map(address -> send.apply(address.value()))
                        .orElseGet(() -> Future.failedFuture(NotSent.nextChannel("no follower"))));
    }

    /** What was taken is given back only while every try is known to have done nothing. */
    private Future<Sent> refuse(Envelope e, NotSent refusal) {
        if (platforms.isUnsure(e.delivery())) {
            return Future.failedFuture(refusal);
        }
        return ledgers.giveBack(e.delivery()).compose(free -> Future.failedFuture(refusal));
    }

    /** Calls a platform, unless the node dies before or after. */
    private Future<Sent> call(Envelope e, String channel, Supplier<Answer> platform, String to) {
        if (isDead()
                || dice.happens(
                        0.002, "killed before", name, to, clock.instant().getEpochSecond())) {
            return die();
        }
        Answer answer = platform.get();
        if (dice.happens(0.002, "killed after", name, to, clock.instant().getEpochSecond())) {
            platforms.nobodyKnows(e.delivery());
            return die();
        }
        return switch (answer) {
            case TAKEN -> taken(e, channel, to);
            case TAKEN_UNHEARD, LOST -> {
                platforms.nobodyKnows(e.delivery());
                yield Future.failedFuture(NotSent.unknown("no answer"));
            }
            case DOWN -> refuse(e, NotSent.tryAgain("connection refused"));
            case OVER_QUOTA -> refuse(e, NotSent.nextChannel("over quota"));
            case GONE ->
                addresses.bounced("wechat", to, "43004").compose(noted -> refuse(e, NotSent.nextChannel("43004")));
        };
    }

    /** As when a process ends: nothing more comes of anything. */
    private Future<Sent> die() {
        if (dead.tryComplete(null)) {
            platforms.count("node killed");
            pool.close();
        }
        return Promise.<Sent>promise().future();
    }

    /** Receipts come once to three times, now and then before the answer, now and then never. */
    private Future<Sent> taken(Envelope e, String channel, String to) {
        Sent sent = new Sent(to + "-" + e.delivery());
        String receipt = to + "-" + e.delivery();
        boolean confirms = channel.equals("sms") || channel.equals("wechat-template");
        if (!confirms || dice.happens(0.02, "no receipt", to, e.subject(), e.template())) {
            return Future.succeededFuture(sent);
        }
        boolean arrives = !(channel.equals("sms") && City.isDead(to));
        int times = 1 + (int) (dice.draw("receipts", to, e.subject(), e.template()) * 3);
        for (int i = 0; i < times; i++) {
            platforms.count("receipts told");
            later.add(new Told(channel, receipt, arrives));
        }
        if (arrives && dice.happens(0.1, "early", to, e.subject(), e.template())) {
            platforms.count("receipts before the answer");
            return receipts.arrived(channel, receipt, clock.instant()).map(sent);
        }
        return Future.succeededFuture(sent);
    }
}
