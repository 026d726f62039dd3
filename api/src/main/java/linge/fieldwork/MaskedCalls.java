package linge.fieldwork;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import linge.cases.Case;
import linge.db.AuditLog;
import linge.db.Times;
import linge.shared.Caller;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls residents through a privacy-number gateway: it gets both numbers and answers one to dial, so that neither side learns the
 * other's. What is asked for is recorded, never the numbers.
 */
final class MaskedCalls {

    private static final Logger log = LoggerFactory.getLogger(MaskedCalls.class);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LONGEST_ANSWER = 16 * 1024;
    private static final Pattern DIALABLE = Pattern.compile("\\+?[0-9][0-9-]{2,19}(,[0-9#*]{1,8})?");

    private static final String BOTH = """
            SELECT (SELECT phone FROM staff WHERE id = $1) AS caller, (SELECT phone FROM residents WHERE id = $2) AS callee""";
    private static final String NOTE =
            "INSERT INTO field_calls (case_id, staff_id, at, answered) VALUES ($1, $2, $3, $4)";

    /**
     * Where the gateway is.
     *
     * @param secret sent as bearer token
     */
    record Gateway(URI url, String secret) {}

    private final Pool db;
    private final Clock clock;
    private final @Nullable Gateway gateway;
    private final HttpClient http;

    MaskedCalls(Vertx vertx, Pool db, Clock clock, @Nullable Gateway gateway) {
        this.db = db;
        this.clock = clock;
        this.gateway = gateway;
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) PATIENCE.toMillis())
                .setIdleTimeout((int) PATIENCE.toSeconds()));
    }

    boolean isSet() {
        return gateway != null;
    }

    /** The number to dial; fails with {@code NOT_READY} where there is no gateway or it gives none. */
    Future<String> numberFor(Caller.Staff who, Case c) {
        Gateway to = gateway;
        if (to == null) {
            throw Refusal.of(Refusal.Kind.NOT_READY, "没有接入隐私号码，请用“查看号码”并写明用途。");
        }
        return db.preparedQuery(BOTH)
                .execute(Tuple.of(who.id(), c.facts().resident()))
                .compose(rows -> {
                    Row row = rows.iterator().next();
                    String caller = row.getString("caller");
                    String callee = row.getString("callee");
                    if (callee == null) {
                        throw Refusal.notSensible("/number", "这件诉求没有留下可以拨打的电话。");
                    }
                    if (caller == null) {
                        throw Refusal.notSensible("/number", "您的账号没有登记电话，请找管理员补上，隐私号码要接到您的手机。");
                    }
                    return asked(to, c.facts().number(), caller, callee);
                })
                .transform((number, failure) -> note(who, c, number != null)
                        .compose(noted -> number != null
                                ? Future.succeededFuture(number)
                                : Future.<String>failedFuture(
                                        failure instanceof Refusal ? failure : unreachable(failure))));
    }

    private Future<String> asked(Gateway to, String ref, String caller, String callee) {
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(to.url().toString());
        JsonObject body = new JsonObject().put("ref", ref).put("from", caller).put("to", callee);
        return http.request(request)
                .compose(out -> out.putHeader("content-type", "application/json")
                        .putHeader("authorization", "Bearer " + to.secret())
                        .send(body.toBuffer()))
                .compose(in -> in.body().map(bytes -> {
                    if (in.statusCode() >= 300 || bytes.length() > LONGEST_ANSWER) {
                        throw new IllegalStateException("the gateway answered " + in.statusCode());
                    }
                    String number = bytes.toJsonObject().getString("number");
                    if (number == null || !DIALABLE.matcher(number).matches()) {
                        throw new IllegalStateException("the gateway's answer has no number to dial");
                    }
                    return number;
                }))
                .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Future<Void> note(Caller.Staff who, Case c, boolean answered) {
        return AuditLog.with(
                db,
                who,
                "case.call",
                c.facts().number(),
                new JsonObject().put("answered", answered),
                clock.instant(),
                tx -> tx.preparedQuery(NOTE)
                        .execute(Tuple.of(c.facts().id(), who.id(), Times.at(clock.instant()), answered))
                        .mapEmpty());
    }

    private static Refusal unreachable(Throwable failure) {
        log.warn("no privacy number was given: {}", failure.toString());
        return Refusal.of(Refusal.Kind.NOT_READY, "隐私号码平台暂时没有给出号码，请稍后再试，或用“查看号码”并写明用途。");
    }
}
