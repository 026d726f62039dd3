package linge.notify.sms;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import linge.notify.SmsGateway;

/** Tencent Cloud's SMS service: {@code SendSms}, version 2021-01-11. It fills templates of its own, by position. */
final class Tencent implements SmsProvider {

    static final String NAME = "tencent";

    private final SmsAccount.Tencent account;
    private final Filling templates;
    private final CodeBook codes;
    private final Post post;
    private final InstantSource clock;

    Tencent(SmsAccount.Tencent account, Filling templates, CodeBook codes, Post post, InstantSource clock) {
        this.account = account;
        this.templates = templates;
        this.codes = codes;
        this.post = post;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Future<String> send(SmsGateway.Message message) {
        return templates.fill(NAME, message.purpose(), message.fields()).compose(filled -> send(message, filled));
    }

    private Future<String> send(SmsGateway.Message message, Filling.Filled filled) {
        JsonObject asked = new JsonObject()
                .put("PhoneNumberSet", new JsonArray().add("+86" + message.phone()))
                .put("SmsSdkAppId", account.app())
                .put("SignName", account.sign())
                .put("TemplateId", filled.id())
                .put("TemplateParamSet", filled.listed());
        if (message.delivery() != null) {
            asked.put("SessionContext", String.valueOf(message.delivery()));
        }
        String body = asked.encode();
        Instant now = clock.instant();
        String host = Post.host(account.endpoint());
        Map<String, String> headers = Map.of(
                "content-type",
                TencentSignature.TYPE,
                "host",
                host,
                "x-tc-action",
                "SendSms",
                "x-tc-version",
                "2021-01-11",
                "x-tc-region",
                account.region(),
                "x-tc-timestamp",
                String.valueOf(now.getEpochSecond()),
                "authorization",
                TencentSignature.authorization(account.key(), account.secret(), "sms", host, body, now));
        return post.send(account.endpoint(), "/", headers, Buffer.buffer(body)).map(this::understood);
    }

    private String understood(Post.Reply reply) {
        JsonObject said;
        try {
            said = reply.body().toJsonObject().getJsonObject("Response", new JsonObject());
            JsonObject error = said.getJsonObject("Error");
            JsonArray each = said.getJsonArray("SendStatusSet", new JsonArray());
            said = error != null ? error : each.isEmpty() ? new JsonObject() : each.getJsonObject(0);
        } catch (DecodeException | ClassCastException unreadable) {
            throw new Refused(Refused.Meaning.UNKNOWN, "HTTP " + reply.status() + " 的回答读不懂");
        }
        String code = said.getString("Code", "");
        if (code.equals("Ok") && said.getString("SerialNo") != null) {
            return said.getString("SerialNo");
        }
        Refused.Meaning otherwise = code.isEmpty() || code.equals("Ok") || reply.status() >= 500
                ? Refused.Meaning.UNKNOWN
                : Refused.Meaning.BUSY;
        throw codes.refusal(NAME, code, said.getString("Message", ""), otherwise, clock);
    }

    @Override
    public Future<Void> stop() {
        return post.close();
    }
}
