package linge.receipts;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Objects;
import linge.http.Answer;
import linge.http.Brake;
import linge.http.Contract;
import linge.http.Requests;
import linge.notify.sms.SmsReports;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Hears the status reports that Alibaba Cloud and Tencent Cloud push. Beside the contract, for their form is theirs; they do not
 * sign them, so the address itself is the secret.
 */
public final class SmsReportsApi {

    private static final String FOLDER = "/sms-reports/";
    private static final String PATH = FOLDER + ":provider/:secret";
    private static final int BODY_LIMIT = 1024 * 1024;

    /** What each vendor wants to hear; anything else, and it pushes again. */
    private static final Map<String, JsonObject> THANKS = Map.of(
            "aliyun", new JsonObject().put("code", 0).put("msg", "成功"),
            "tencent", new JsonObject().put("result", 0).put("errmsg", "OK"));

    private final SmsReports reports;
    private final @Nullable String secret;
    private final Brake brake;

    /** @param secret last part of the address; null: nobody is heard */
    public SmsReportsApi(SmsReports reports, @Nullable String secret, Brake brake) {
        this.reports = reports;
        this.secret = secret;
        this.brake = brake;
    }

    public void mount(Router router) {
        router.route(FOLDER + "*").handler(ctx -> {
            Requests.showAs(ctx, FOLDER + "…");
            ctx.next();
        });
        router.post(PATH).handler(this::knock);
        router.post(PATH).handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT));
        router.post(PATH).handler(this::hear);
    }

    /** Before anything is read: who guesses is slowed down and told that there is nothing. */
    private void knock(RoutingContext ctx) {
        String given = ctx.pathParam("secret");
        boolean known = secret != null
                && MessageDigest.isEqual(
                        secret.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
        if (known && THANKS.containsKey(ctx.pathParam("provider"))) {
            ctx.next();
            return;
        }
        try {
            brake.take(String.valueOf(ctx.request().remoteAddress().hostAddress()));
            ctx.fail(404);
        } catch (Refusal tooOften) {
            ctx.fail(tooOften);
        }
    }

    private void hear(RoutingContext ctx) {
        String provider = ctx.pathParam("provider");
        Buffer body = ctx.body().buffer();
        JsonObject thanks = Objects.requireNonNull(THANKS.get(provider), "the gate lets no other provider in");
        reports.pushed(provider, body == null ? Buffer.buffer() : body)
                .onSuccess(heard -> Contract.show(ctx, Answer.ok(thanks.copy())))
                .onFailure(failure -> ctx.fail(
                        failure instanceof IllegalArgumentException
                                ? Refusal.of(Refusal.Kind.UNREADABLE_BODY, "状态报告读不懂，应为 JSON 数组。")
                                : failure));
    }
}
