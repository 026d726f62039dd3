package linge.notify.sms;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import linge.notify.SmsGateway;

/** Alibaba Cloud's SMS service: {@code SendSms} of Dysmsapi, version 2017-05-25. It fills templates of its own. */
final class Aliyun implements SmsProvider {

    static final String NAME = "aliyun";

    private final SmsAccount.Aliyun account;
    private final Filling templates;
    private final CodeBook codes;
    private final Post post;
    private final InstantSource clock;

    Aliyun(SmsAccount.Aliyun account, Filling templates, CodeBook codes, Post post, InstantSource clock) {
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
        SortedMap<String, String> query = new TreeMap<>(Map.of(
                "PhoneNumbers", message.phone(),
                "SignName", account.sign(),
                "TemplateCode", filled.id(),
                "TemplateParam", filled.named().encode()));
        if (message.delivery() != null) {
            query.put("OutId", String.valueOf(message.delivery()));
        }
        SortedMap<String, String> headers = new TreeMap<>(Map.of(
                "host",
                Post.host(account.endpoint()),
                "x-acs-action",
                "SendSms",
                "x-acs-version",
                "2017-05-25",
                "x-acs-date",
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
                "x-acs-signature-nonce",
                UUID.randomUUID().toString(),
                "x-acs-content-sha256",
                AliyunSignature.NO_BODY));
        headers.put("authorization", AliyunSignature.authorization(account.key(), account.secret(), query, headers));
        headers.put("accept", "application/json");
        return post.send(account.endpoint(), "/?" + AliyunSignature.encoded(query), headers, Buffer.buffer())
                .map(this::understood);
    }

    private String understood(Post.Reply reply) {
        JsonObject said;
        try {
            said = reply.body().toJsonObject();
        } catch (DecodeException | ClassCastException unreadable) {
            throw new Refused(Refused.Meaning.UNKNOWN, "HTTP " + reply.status() + " 的回答读不懂");
        }
        String code = said.getString("Code", "");
        if (code.equals("OK") && said.getString("BizId") != null) {
            return said.getString("BizId");
        }
        // A word of no from the service is a no; a broken gateway may have passed the message on before it broke.
        Refused.Meaning otherwise = code.isEmpty() || code.equals("OK") || reply.status() >= 500
                ? Refused.Meaning.UNKNOWN
                : Refused.Meaning.BUSY;
        throw codes.refusal(NAME, code, said.getString("Message", ""), otherwise, clock);
    }

    @Override
    public Future<Void> stop() {
        return post.close();
    }
}
