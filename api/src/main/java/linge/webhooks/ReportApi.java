package linge.webhooks;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import linge.cases.Case;
import linge.cases.OwnCases;
import linge.db.RateLimits;
import linge.http.Answer;
import linge.http.Brake;
import linge.http.Call;
import linge.http.Contract;
import linge.notify.webhook.CloudEvent;
import linge.notify.webhook.Signature;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** Where other systems bring their reports and ask after them. Nothing of a body is read before its signature is found right. */
final class ReportApi {

    private static final String SOURCE = "linge-source";
    private static final Pattern CODES = Pattern.compile("[a-z][a-z0-9-]{1,39}");
    private static final int BODY_LIMIT = 256 * 1024;

    private final Sources sources;
    private final Reports reports;
    private final OwnCases cases;
    private final RateLimits limits;
    private final Brake brake;
    private final Clock clock;

    ReportApi(Sources sources, Reports reports, OwnCases cases, RateLimits limits, Brake brake, Clock clock) {
        this.sources = sources;
        this.reports = reports;
        this.cases = cases;
        this.limits = limits;
        this.brake = brake;
        this.clock = clock;
    }

    void mount(Contract contract) {
        contract.stream("fileReport", call -> answer(call, filed(call))).stream(
                "getReport", call -> answer(call, shown(call)));
    }

    private static void answer(Call call, Future<Answer> coming) {
        RoutingContext ctx = call.ctx();
        coming.onSuccess(answer -> Contract.show(ctx, answer)).onFailure(refused -> {
            // Whatever still comes is not listened to.
            ctx.request().handler(null).resume();
            if (!ctx.response().closed()) {
                ctx.fail(refused);
            }
        });
    }

    private Future<Answer> filed(Call call) {
        brake.take(call.address());
        requireJson(call);
        Signature signature = signature(call);
        return body(call.ctx().request())
                .compose(body -> sender(call, signature, body)
                        .compose(source -> counted(source)
                                .compose(ok -> reports.heard(source, String.valueOf(signature.id()), body))
                                .compose(ok -> file(source, Report.read(body)))));
    }

    private Future<Answer> file(Source source, Report report) {
        return reports.file(source, report, cases).map(filed -> {
            JsonObject shown = status(report.number(), filed.found());
            String at = "/api/intake/reports/" + URLEncoder.encode(report.number(), StandardCharsets.UTF_8);
            return filed.fresh() ? Answer.created(shown).with("location", at) : Answer.ok(shown);
        });
    }

    /** Without a body, the path is what is signed: a signature for one number is none for another. */
    private Future<Answer> shown(Call call) {
        brake.take(call.address());
        HttpServerRequest request = call.ctx().request();
        Buffer path = Buffer.buffer(request.path().getBytes(StandardCharsets.UTF_8));
        String number = call.path("number");
        request.resume();
        return sender(call, signature(call), path)
                .compose(source -> counted(source)
                        .compose(ok -> Report.NUMBERS.matcher(number).matches()
                                ? reports.find(source, number, cases)
                                : Future.<@Nullable Case>succeededFuture())
                        .map(found -> {
                            if (found == null) {
                                throw Refusal.notFound("这个编号的诉求");
                            }
                            return Answer.ok(status(number, found));
                        }));
    }

    private Future<Void> counted(Source source) {
        return limits.take("reports:" + source.id(), source.perHour(), Duration.ofHours(1));
    }

    /** Who signed it; unknown, switched off and wrongly signed sound the same. */
    private Future<Source> sender(Call call, Signature signature, Buffer signed) {
        String code = call.header(SOURCE);
        if (code == null || !CODES.matcher(code).matches()) {
            throw Refusal.of(Refusal.Kind.BAD_SIGNATURE, "请在请求头 Linge-Source 里写明来源的代号。");
        }
        return sources.signing(code).map(signing -> {
            Instant now = clock.instant();
            Signature.Verdict verdict = signing == null
                    ? Signature.Verdict.FORGED
                    : signature.check(signing.keys().at(now), signed, now);
            if (signing != null && verdict == Signature.Verdict.GOOD) {
                return signing.source();
            }
            throw Refusal.of(
                    Refusal.Kind.BAD_SIGNATURE,
                    switch (verdict) {
                        case UNREADABLE -> "请在请求头里给出 webhook-id、webhook-timestamp 和 webhook-signature。";
                        case OUT_OF_TIME -> "签名时间和服务器相差超过 5 分钟，请校准时钟，重新签名再发。";
                        case GOOD, FORGED -> "来源或签名不对，请核对代号和密钥，并对原样的请求内容签名。";
                    });
        });
    }

    private static Signature signature(Call call) {
        return new Signature(
                call.header(Signature.ID), call.header(Signature.TIMESTAMP), call.header(Signature.SIGNATURE));
    }

    private static void requireJson(Call call) {
        String type = String.valueOf(call.header("content-type")).toLowerCase(Locale.ROOT);
        if (!type.startsWith("application/json") && !type.startsWith(CloudEvent.MEDIA_TYPE)) {
            throw Refusal.of(Refusal.Kind.UNSUPPORTED_TYPE, "请使用 application/json 或 application/cloudevents+json。");
        }
    }

    private static Future<Buffer> body(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && (!length.matches("[0-9]{1,9}") || Integer.parseInt(length) > BODY_LIMIT)) {
            throw tooLarge();
        }
        Promise<Buffer> whole = Promise.promise();
        Buffer read = Buffer.buffer();
        request.exceptionHandler(whole::tryFail)
                .handler(piece -> {
                    if (read.length() + piece.length() > BODY_LIMIT) {
                        whole.tryFail(tooLarge());
                    } else {
                        read.appendBuffer(piece);
                    }
                })
                .endHandler(end -> whole.tryComplete(read));
        request.resume();
        return whole.future();
    }

    private static Refusal tooLarge() {
        return Refusal.of(Refusal.Kind.TOO_LARGE, "内容太大：一条报告不超过 256 KB，照片请给网址。");
    }

    /** Schema {@code ReportStatus}. */
    private JsonObject status(String number, Case found) {
        Case.Facts facts = found.facts();
        Case.Now now = found.now();
        Instant due = now.due();
        return new JsonObject()
                .put("number", number)
                .put("case", facts.number())
                .put("state", now.state().name())
                .put("stateName", now.state().label())
                .put("step", now.state().step().name())
                .put("holder", cases.holderOf(found))
                .put("due", due == null ? null : due.toString())
                .put("answer", now.answer())
                .put("hotline", facts.hotline())
                .put("filedAt", facts.filedAt().toString())
                .put("updatedAt", now.updatedAt().toString());
    }
}
