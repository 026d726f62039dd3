package linge.notify.sms;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import linge.notify.Addresses;
import linge.notify.Audience;
import linge.notify.BackOff;
import linge.notify.Ledgers;
import linge.notify.NotSent;
import linge.notify.Notice;
import linge.notify.Outbox;
import linge.notify.Receipts;
import linge.notify.Relay;
import linge.notify.RelaySettings;
import linge.notify.SettableClock;
import linge.notify.Sms;
import linge.notify.SmsGateway;
import linge.notify.TemplateMap;
import linge.notify.Templates;
import linge.notify.TestDatabase;

/** Carriers on loopback, a database, and a clock that stands still. */
final class SmsWorld implements AutoCloseable {

    static final String PHONE = "13800000001";
    static final Audience WANG = Audience.resident("8a1c0f54-0000-4000-8000-000000000001", PHONE);

    private static final AtomicLong NUMBERS = new AtomicLong(1_000);

    final Vertx vertx = Vertx.vertx();
    final TestDatabase database = new TestDatabase();
    final Pool pool = database.pool(vertx, 8);
    final SettableClock clock = new SettableClock();
    final Templates templates = Templates.standard();
    final Receipts receipts = new Receipts(pool, clock);
    final SmsReports reports = new SmsReports(receipts, clock);
    final Ledgers ledgers = new Ledgers(pool, clock);
    final Addresses addresses = new Addresses(pool, clock);
    final Parts parts = new Parts(pool, clock, reports);
    final CodeBook codes = CodeBook.shipped();
    final AliyunPlatform aliyun = await(AliyunPlatform.start(vertx, clock));
    final TencentPlatform tencent = await(TencentPlatform.start(vertx, clock));

    void clear() {
        await(pool.query(
                        "TRUNCATE notices, deliveries, push_taken, sms_parts, quota_use, quota_takes, addresses, early_receipts")
                .execute());
        aliyun.clear();
        tencent.clear();
    }

    SmsAccount.Aliyun aliyunAccount() {
        return new SmsAccount.Aliyun(aliyun.url(), AliyunPlatform.KEY, AliyunPlatform.SECRET, "邻格");
    }

    SmsAccount.Tencent tencentAccount() {
        return new SmsAccount.Tencent(
                tencent.url(), "ap-guangzhou", TencentPlatform.KEY, TencentPlatform.SECRET, "1400006666", "邻格");
    }

    SmsWorld() {
        number();
    }

    /** As an operator would: {@code SMS_1}… and {@code 1}… in the order of the book. */
    void number() {
        int nth = 0;
        for (TemplateBook.Way way : TemplateBook.shipped().ways()) {
            nth++;
            number("aliyun", way.key(), "SMS_" + nth);
            number("tencent", way.key(), String.valueOf(nth));
        }
    }

    void number(String provider, String key, String id) {
        await(new TemplateMap(pool, clock)
                .set(pool, new TemplateMap.Mapping(TemplateBook.platform(provider), key, id, new JsonObject())));
    }

    Filling filling() {
        return new Filling(TemplateBook.shipped(), new TemplateMap(pool, clock));
    }

    SmsProviders open(SmsAccount... accounts) {
        return SmsProviders.open(vertx, pool, clock, List.of(accounts), TemplateBook.shipped(), reports);
    }

    /** Providers with less patience than one has in earnest. */
    SmsProviders impatient(SmsAccount... accounts) {
        List<SmsProvider> providers = Stream.of(accounts)
                .<SmsProvider>map(account -> {
                    Post post = new Post(vertx, Duration.ofSeconds(2), Duration.ofMillis(300));
                    return account instanceof SmsAccount.Aliyun one
                            ? new Aliyun(one, filling(), codes, post, clock)
                            : new Tencent((SmsAccount.Tencent) account, filling(), codes, post, clock);
                })
                .toList();
        return new SmsProviders(providers, parts, ledgers, clock);
    }

    /** An address where nobody listens. */
    URI nobody() {
        var server = await(
                vertx.createNetServer().connectHandler(socket -> socket.close()).listen(0, "127.0.0.1"));
        int port = server.actualPort();
        await(server.close());
        return URI.create("http://127.0.0.1:" + port);
    }

    static JsonObject fields() {
        return new JsonObject()
                .put("number", "CZ26-000017")
                .put("category", "路灯不亮")
                .put("who", "网格员李明")
                .put("words", "灯杆今天换好了")
                .put("due", "3月5日18时");
    }

    static SmsGateway.Message message(String template, JsonObject fields) {
        return new SmsGateway.Message(NUMBERS.incrementAndGet(), PHONE, "【邻格】您好", template, fields);
    }

    static SmsGateway.Message filed() {
        return message("case-filed", fields());
    }

    static SmsGateway.Message text(String words) {
        return new SmsGateway.Message(NUMBERS.incrementAndGet(), PHONE, words, "case-filed", fields());
    }

    /** A relay over SMS alone, stepped by hand. */
    Relay relay(SmsGateway gateway) {
        RelaySettings settings = new RelaySettings(
                "a",
                20,
                Duration.ofMinutes(1),
                Duration.ofSeconds(20),
                4,
                new BackOff(Duration.ofSeconds(10), Duration.ofMinutes(30)),
                Duration.ofHours(1));
        return new Relay(
                vertx,
                pool,
                List.of(new Sms(gateway, "邻格", addresses)),
                templates,
                clock,
                settings,
                database.options());
    }

    void put(String key) {
        Notice notice = Notice.of(key, "case-filed", WANG, key, fields());
        await(pool.withTransaction(tx -> new Outbox(clock).put(tx, notice)));
    }

    /** The row of a notice's delivery over SMS. */
    JsonObject delivery(String key) {
        Row row =
                await(pool.preparedQuery("""
                        SELECT to_jsonb(d) AS row FROM deliveries d JOIN notices n ON n.id = d.notice
                        WHERE n.key = $1 AND d.channel = 'sms'
                        """).execute(Tuple.of(key))).iterator().next();
        return row.getJsonObject("row");
    }

    static NotSent notSent(Future<?> sending) {
        Throwable failure = await(sending.transform((value, e) ->
                e == null ? Future.failedFuture(new AssertionError("was sent: " + value)) : Future.succeededFuture(e)));
        if (failure instanceof NotSent refusal) {
            return refusal;
        }
        throw new AssertionError("no refusal but a fault", failure);
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
        await(pool.close());
        await(vertx.close());
        database.close();
    }
}
