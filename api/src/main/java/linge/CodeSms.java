package linge;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import linge.notify.NotSent;
import linge.notify.Sms;
import linge.notify.SmsGateway;
import linge.notify.sms.TemplateBook;
import linge.residents.Residents;
import linge.shared.Refusal;

/**
 * Sends sign-in codes while the resident waits, and tells them what came of it: a code is worth minutes, so it is in no outbox,
 * and nowhere but in memory.
 */
record CodeSms(SmsGateway gateway, String signature) implements Residents.Sms {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long UNSURE_SECONDS = 60;
    private static final long SOON_SECONDS = 3600;

    @Override
    public Future<Void> send(String phone, String code) {
        String text = "验证码 " + code + "，5 分钟内有效。请勿告诉他人，工作人员也不会向您索要。";
        return gateway.send(new SmsGateway.Message(
                        null,
                        phone,
                        Sms.signed(signature, text),
                        TemplateBook.CODE,
                        new JsonObject().put(TemplateBook.CODE, code)))
                .timeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .recover(failure -> Future.failedFuture(told(failure)))
                .mapEmpty();
    }

    private static Throwable told(Throwable failure) {
        NotSent refusal = failure instanceof NotSent known ? known : NotSent.unknown(failure.toString());
        return switch (refusal.kind()) {
            case NEVER -> Refusal.badInput("/phone", "这个手机号收不到短信，请核对后再试。");
            case TRY_AGAIN -> later(refusal.earliest());
            case NEXT_CHANNEL -> Refusal.of(Refusal.Kind.NOT_READY, "验证码短信现在发不到这个手机号，请稍后再试，或到就近的综治中心当面办理。");
            case UNKNOWN ->
                Refusal.of(Refusal.Kind.NOT_READY, "验证码可能已经发出，也可能没有。一分钟内没收到，请再获取一次。")
                        .with("retryAfter", UNSURE_SECONDS);
        };
    }

    private static Refusal later(@org.jspecify.annotations.Nullable Duration earliest) {
        long seconds = earliest == null ? UNSURE_SECONDS : Math.max(1, earliest.toSeconds() + 1);
        return seconds <= SOON_SECONDS
                ? Refusal.of(Refusal.Kind.NOT_READY, "验证码短信没有发出去，请 " + seconds + " 秒后再试。")
                        .with("retryAfter", seconds)
                : Refusal.of(Refusal.Kind.NOT_READY, "今天不能再给这个手机号发验证码了，请明天再试，或到就近的综治中心当面办理。");
    }
}
