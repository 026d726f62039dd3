package linge.residents;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import linge.db.RateLimits;
import linge.db.Times;
import linge.shared.Refusal;

/** Sign-in codes: six digits, five minutes, five tries; only their hash is kept. */
final class SmsCodes {

    static final Duration LIFETIME = Duration.ofMinutes(5);
    static final Duration RESEND = Duration.ofSeconds(60);
    private static final int TRIES = 5;
    private static final int PER_PHONE = 5;
    private static final Duration PHONE_WINDOW = Duration.ofMinutes(10);
    private static final int PER_PHONE_A_DAY = 20;
    private static final int PER_ADDRESS = 60;
    private static final Duration ADDRESS_WINDOW = Duration.ofHours(1);
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final String KEEP = """
            INSERT INTO sms_codes (phone, code_hash, sent_at, expires_at, tries_left) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (phone) DO UPDATE SET code_hash = excluded.code_hash, sent_at = excluded.sent_at,
              expires_at = excluded.expires_at, tries_left = excluded.tries_left""";
    /** One try is taken whatever comes of it: many guesses at once cannot outrun the count. */
    private static final String TRY = """
            UPDATE sms_codes SET tries_left = tries_left - 1
            WHERE phone = $1 AND tries_left > 0 AND expires_at > $2 RETURNING code_hash""";

    private static final String USE_UP = "DELETE FROM sms_codes WHERE phone = $1 AND code_hash = $2";

    private final Pool db;
    private final RateLimits limits;
    private final Residents.Sms sms;
    private final Clock clock;
    private final int perAddress;

    /** @param demo one machine plays the whole city there, so that its address may ask more often */
    SmsCodes(Pool db, RateLimits limits, Residents.Sms sms, Clock clock, boolean demo) {
        this.db = db;
        this.limits = limits;
        this.sms = sms;
        this.clock = clock;
        this.perAddress = demo ? PER_ADDRESS * 100 : PER_ADDRESS;
    }

    /** Sends a fresh code; the one before is worth nothing from then on. */
    Future<Void> send(String phone, String address) {
        String code = String.format(Locale.ROOT, "%06d", RANDOM.nextInt(1_000_000));
        Instant now = clock.instant();
        Tuple row = Tuple.of(phone, hash(phone, code), Times.at(now), Times.at(now.plus(LIFETIME)), TRIES);
        return limits.take("code:" + phone, PER_PHONE, PHONE_WINDOW)
                .compose(ok -> limits.take("code-day:" + phone, PER_PHONE_A_DAY, Duration.ofDays(1)))
                .compose(ok -> limits.take("code-from:" + address, perAddress, ADDRESS_WINDOW))
                // Sent after it is kept, outside any transaction: carriers take their time, and the code that arrives
                // must count.
                .compose(ok -> db.preparedQuery(KEEP).execute(row))
                .compose(kept -> sms.send(phone, code));
    }

    /** A code that was typed right and is not used up yet. */
    record Proof(String phone, Buffer hash) {}

    /** Takes one of the tries, whatever comes of it; fails with {@code WRONG_CREDENTIALS} when the code is wrong, old or out of tries. */
    Future<Proof> check(String phone, String typed) {
        String code = Normalizer.normalize(typed, Normalizer.Form.NFKC).replaceAll("\\s", "");
        Buffer hash = hash(phone, code);
        return db.preparedQuery(TRY)
                .execute(Tuple.of(phone, Times.at(clock.instant())))
                .map(rows -> {
                    if (rows.size() == 0) {
                        throw wrong("验证码已失效，请重新获取。");
                    }
                    Row row = rows.iterator().next();
                    if (!MessageDigest.isEqual(row.getBuffer("code_hash").getBytes(), hash.getBytes())) {
                        throw wrong("验证码不对，请核对短信后再输入。");
                    }
                    return new Proof(phone, hash);
                });
    }

    /** Uses a code up; of two sign-ins with one code at once only the one that took the row away is let in. */
    Future<Void> useUp(SqlClient on, Proof proof) {
        return on.preparedQuery(USE_UP)
                .execute(Tuple.of(proof.phone(), proof.hash()))
                .map(used -> {
                    if (used.rowCount() == 0) {
                        throw wrong("验证码已使用过，请重新获取。");
                    }
                    return null;
                });
    }

    private static Refusal wrong(String detail) {
        return Refusal.of(Refusal.Kind.WRONG_CREDENTIALS, detail);
    }

    private static Buffer hash(String phone, String code) {
        try {
            return Buffer.buffer(
                    MessageDigest.getInstance("SHA-256").digest((phone + ":" + code).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
