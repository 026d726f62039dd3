package linge.notify;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.StreamSupport;

/** All that a test of notices needs: a database, a clock that stands still, an outbox, and relays stepped by hand. */
final class World implements AutoCloseable {

    static final Duration LEASE = Duration.ofMinutes(1);
    static final int ATTEMPTS = 4;

    final Vertx vertx = Vertx.vertx();
    final TestDatabase database = new TestDatabase();
    final Pool pool = database.pool(vertx, 12);
    final SettableClock clock = new SettableClock();
    final Templates templates = Templates.standard();
    final Outbox outbox = new Outbox(clock, templates);
    final Deliveries deliveries = new Deliveries(pool, clock);
    final Inbox inbox = new Inbox(pool, clock);
    final LocalSmsGateway gateway = new LocalSmsGateway(pool, clock);
    final Addresses addresses = new Addresses(pool, clock);
    final Ledgers ledgers = new Ledgers(pool, clock);
    final Preferences preferences = new Preferences(pool, clock);
    final Operations operations = new Operations(pool, clock, templates);
    final Figures figures = new Figures(pool, clock, templates);
    final Receipts receipts = new Receipts(pool, clock);
    final InApp inApp = new InApp(vertx, pool);

    /** As empty as the first day. */
    void clear() {
        await(pool.query(
                        "TRUNCATE notices, deliveries, push_taken, inbox, sms_messages, addresses, early_receipts, quota_use,"
                                + " quota_takes, wechat_consents, preferences, template_map,"
                                + " wechat_tokens, wechat_template_tries, wechat_troubles")
                .execute());
    }

    Relay relay(String node, Channel... channels) {
        return relay(node, Duration.ofHours(1), channels);
    }

    Relay relay(String node, Duration poll, Channel... channels) {
        RelaySettings settings = new RelaySettings(
                node,
                20,
                LEASE,
                Duration.ofSeconds(5),
                ATTEMPTS,
                new BackOff(Duration.ofSeconds(10), Duration.ofMinutes(30)),
                poll);
        return new Relay(vertx, pool, List.of(channels), templates, clock, settings, database.options());
    }

    void put(Notice... notices) {
        await(pool.withTransaction(tx -> outbox.putAll(tx, List.of(notices))));
    }

    /** Steps until nothing is left to do now; answers how many deliveries were handled. */
    Future<Integer> drain(Relay relay) {
        return relay.step()
                .compose(n -> n == 0 ? Future.succeededFuture(0) : drain(relay).map(more -> n + more));
    }

    /** A notice every template field of which is filled. */
    static Notice notice(String key, String template, Audience audience, String subject) {
        return Notice.of(key, template, audience, subject, fields(subject));
    }

    static JsonObject fields(String number) {
        return new JsonObject()
                .put("number", number)
                .put("category", "路灯不亮")
                .put("grid", "东街社区第二网格")
                .put("who", "网格员李明")
                .put("words", "灯杆今天换好了")
                .put("due", "3月5日18时")
                .put("step", "处置")
                .put("link", "http://localhost:8080/cases/" + number);
    }

    /** One delivery's row over a channel. */
    JsonObject delivery(String key, String channel) {
        Row row = only(pool.preparedQuery("""
                        SELECT to_jsonb(d) AS row FROM deliveries d JOIN notices n ON n.id = d.notice
                        WHERE n.key = $1 AND d.channel = $2
                        """).execute(Tuple.of(key, channel)));
        return row.getJsonObject("row");
    }

    long count(String sql) {
        return only(pool.query("SELECT count(*) FROM " + sql).execute()).getLong(0);
    }

    List<String> subjects(Audience who) {
        return await(inbox.after(who, 0, 200)).stream().map(InboxItem::subject).toList();
    }

    static List<JsonObject> objects(JsonArray array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonObject.class::cast)
                .toList();
    }

    private static Row only(Future<? extends Iterable<Row>> rows) {
        return await(rows).iterator().next();
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(30, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("nothing happened within 30 s", e);
        }
    }

    /** The failure of something that has to fail. */
    static Throwable refusal(Future<?> future) {
        return await(future.transform((value, failure) -> failure == null
                ? Future.failedFuture(new AssertionError("was not refused: " + value))
                : Future.succeededFuture(failure)));
    }

    Future<Void> inTransaction(java.util.function.Function<SqlConnection, Future<Void>> work) {
        return pool.withTransaction(work);
    }

    @Override
    public void close() {
        await(pool.close());
        await(vertx.close());
        database.close();
    }
}
