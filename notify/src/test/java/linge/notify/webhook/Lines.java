package linge.notify.webhook;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import linge.notify.BackOff;
import linge.notify.SettableClock;
import linge.notify.TestDatabase;

/** All that a test of webhooks needs: a database, a clock that stands still, and couriers that carry by hand. */
final class Lines implements AutoCloseable {

    static final String SOURCE = "https://linge.test";
    static final Duration LEASE = Duration.ofMinutes(2);
    static final Duration PATIENCE = Duration.ofDays(5);
    static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    static final int REFUSALS = 3;

    final Vertx vertx = Vertx.vertx();
    final TestDatabase database = new TestDatabase();
    final Pool db = database.pool(vertx, 12);
    final SettableClock clock = new SettableClock();
    final Vault vault = Vault.of(Vault.freshKey());
    final Reach reach = new Reach(vertx, List.of(Network.parse("127.0.0.0/8")));
    final Sender sender = new Sender(vertx, reach, clock, Duration.ofSeconds(2));
    final Webhooks webhooks = new Webhooks(db, clock, vault, sender, SOURCE);

    /** Who was switched off, and of whom something was left out. */
    final List<Watch.Off> off = new CopyOnWriteArrayList<>();

    final List<Long> leftOut = new CopyOnWriteArrayList<>();

    private final Watch watch = new Watch() {
        @Override
        public Future<Void> off(SqlConnection tx, Off one) {
            return tx.query("SELECT 1").execute().map(rows -> {
                off.add(one);
                return null;
            });
        }

        @Override
        public void leftOut(long webhook) {
            leftOut.add(webhook);
        }
    };

    void clear() {
        off.clear();
        leftOut.clear();
        await(db.query("TRUNCATE webhooks, webhook_events, webhook_deliveries").execute());
    }

    Courier courier(String node) {
        return courier(node, vault, Duration.ofHours(1));
    }

    Courier courier(String node, Vault vault, Duration poll) {
        WebhookSettings settings = new WebhookSettings(
                node,
                20,
                100,
                LEASE,
                Duration.ofSeconds(2),
                new BackOff(Duration.ofSeconds(5), LONGEST_PAUSE),
                PATIENCE,
                REFUSALS,
                poll);
        return new Courier(vertx, db, clock, vault, sender, SOURCE, settings, watch, database.options());
    }

    Webhooks.Added hook(Receiver receiver) {
        return hook(receiver.url(), List.of(), "1404", null);
    }

    Webhooks.Added hook(String url, List<String> types, String area, String origin) {
        return await(webhooks.add(new Webhooks.Wanted("平安山西", url, types, area, origin, "某人")));
    }

    Webhook look(Webhooks.Added added) {
        return await(webhooks.find(added.webhook().id()));
    }

    JsonObject delivery(Webhooks.Added added, String event) {
        return await(webhooks.deliveries(added.webhook().id(), Long.MAX_VALUE, 500)).stream()
                .filter(one -> one.getString("event").equals(event))
                .findFirst()
                .orElseThrow();
    }

    void put(String... ids) {
        for (String id : ids) {
            put(id, "cn.linge.case.accepted", "140403001001001", null);
        }
    }

    /** What stands before the dash is the case. */
    void put(String id, String type, String area, String origin) {
        Events.Event event = new Events.Event(
                id,
                type,
                id.replaceAll("-\\d+$", ""),
                area,
                origin,
                new JsonObject().put("state", "ACCEPTED"),
                new JsonObject().put("report", "PA-1"),
                clock.instant());
        await(db.withTransaction(tx -> Events.put(tx, event)));
    }

    void carry(Courier courier) {
        await(courier.carry());
    }

    long count(String from, Object... values) {
        return await(db.preparedQuery("SELECT count(*) FROM " + from).execute(Tuple.from(values)))
                .iterator()
                .next()
                .getLong(0);
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(30, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("nothing happened within 30 s", e);
        }
    }

    @Override
    public void close() {
        await(db.close());
        await(vertx.close());
        database.close();
    }
}
