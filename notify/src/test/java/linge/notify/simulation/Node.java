package linge.notify.simulation;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import linge.notify.Receipts;
import linge.notify.Relay;
import linge.notify.RelaySettings;
import linge.notify.Sent;
import linge.notify.SettableClock;
import linge.notify.Sms;
import linge.notify.SmsGateway;
import linge.notify.Templates;
import linge.notify.TestDatabase;
import linge.notify.simulation.Platforms.Answer;
import linge.notify.sms.Carriers;
import org.jspecify.annotations.Nullable;

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
    private final Relay relay;
    private final Promise<Integer> dead = Promise.promise();
    private final Queue<Told> later;

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
        Map<String, Function<SmsGateway.Message, Future<Carriers.Outcome>>> carriers = new LinkedHashMap<>();
        carriers.put("sms-1", message -> carry("sms-1", message));
        carriers.put("sms-2", message -> carry("sms-2", message));
        List<Channel> channels = List.of(
                new InApp(pool, (who, id) -> {}),
                new Rung("wechat-service", false, this::service),
                new Rung("wechat-template", true, this::template),
                new Rung("wechat-subscription", false, this::subscription),
                new Sms(Carriers.of(pool, clock, carriers), Sms.SIGNATURE, addresses),
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

    /** One carrier's part: the order, the quotas and what is given back are the engine's own. */
    private Future<Carriers.Outcome> carry(String carrier, SmsGateway.Message message) {
        long delivery = Objects.requireNonNull(message.delivery());
        Answer answer = ask(delivery, message.phone(), () -> platforms.sms(carrier, message.phone(), delivery));
        if (answer == null) {
            return Promise.<Carriers.Outcome>promise().future();
        }
        return switch (answer) {
            case TAKEN ->
                confirm(
                                "sms",
                                Carriers.receipt(carrier, message),
                                message.phone(),
                                message.fields().getString("number", ""),
                                message.purpose())
                        .map(Carriers.Outcome.TAKEN);
            case DOWN -> Future.succeededFuture(Carriers.Outcome.BUSY);
            case OVER_QUOTA -> Future.succeededFuture(Carriers.Outcome.NUMBER_LIMIT);
            case TAKEN_UNHEARD, LOST, GONE -> Future.succeededFuture(Carriers.Outcome.UNKNOWN);
        };
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

    /** What a platform answers; null when the node dies before or after it is asked. */
    private @Nullable Answer ask(long delivery, String to, Supplier<Answer> platform) {
        if (isDead()
                || dice.happens(
                        0.002, "killed before", name, to, clock.instant().getEpochSecond())) {
            die();
            return null;
        }
        Answer answer = platform.get();
        boolean dies =
                dice.happens(0.002, "killed after", name, to, clock.instant().getEpochSecond());
        if (dies || answer == Answer.TAKEN_UNHEARD || answer == Answer.LOST) {
            platforms.nobodyKnows(delivery);
        }
        if (dies) {
            die();
            return null;
        }
        return answer;
    }

    private Future<Sent> call(Envelope e, String channel, Supplier<Answer> platform, String to) {
        Answer answer = ask(e.delivery(), to, platform);
        if (answer == null) {
            return Promise.<Sent>promise().future();
        }
        return switch (answer) {
            case TAKEN -> taken(e, channel, to);
            case TAKEN_UNHEARD, LOST -> Future.failedFuture(NotSent.unknown("no answer"));
            case DOWN -> refuse(e, NotSent.tryAgain("connection refused"));
            case OVER_QUOTA -> refuse(e, NotSent.nextChannel("over quota"));
            case GONE ->
                addresses.bounced("wechat", to, "43004").compose(noted -> refuse(e, NotSent.nextChannel("43004")));
        };
    }

    /** As when a process ends: nothing more comes of anything. */
    private void die() {
        if (dead.tryComplete(null)) {
            platforms.count("node killed");
            pool.close();
        }
    }

    private Future<Sent> taken(Envelope e, String channel, String to) {
        String receipt = to + "-" + e.delivery();
        Future<Void> confirmed = channel.equals("wechat-template")
                ? confirm(channel, receipt, to, String.valueOf(e.subject()), e.template())
                : Future.succeededFuture();
        return confirmed.map(new Sent(receipt));
    }

    /** Receipts come once to three times, now and then before the answer, now and then never. */
    private Future<Void> confirm(String channel, String receipt, String to, String subject, String template) {
        if (dice.happens(0.02, "no receipt", to, subject, template)) {
            return Future.succeededFuture();
        }
        boolean arrives = !(channel.equals("sms") && City.isDead(to));
        int times = 1 + (int) (dice.draw("receipts", to, subject, template) * 3);
        for (int i = 0; i < times; i++) {
            platforms.count("receipts told");
            later.add(new Told(channel, receipt, arrives));
        }
        if (arrives && dice.happens(0.1, "early", to, subject, template)) {
            platforms.count("receipts before the answer");
            return receipts.arrived(channel, receipt, clock.instant()).mapEmpty();
        }
        return Future.succeededFuture();
    }
}
