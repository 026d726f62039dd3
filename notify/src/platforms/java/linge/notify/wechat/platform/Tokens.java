package linge.notify.wechat.platform;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Access tokens by {@code stable_token}, and the ticket of pages. */
final class Tokens {

    private static final Duration LIFE = Duration.ofSeconds(7200);
    private static final Duration RENEWED_AHEAD = Duration.ofMinutes(5);
    private static final Duration GRACE = Duration.ofMinutes(5);
    private static final Duration BETWEEN_FORCED = Duration.ofSeconds(30);
    private static final int FORCED_A_DAY = 20;

    private record Token(String value, Instant issued, Instant ends) {}

    private final Account account;
    private final InstantSource clock;
    private final Random random;

    private @Nullable Token current;
    /** Still good for a while after the current one replaced it, unless that was forced. */
    private @Nullable Token before;

    private @Nullable Token ticket;
    private @Nullable Instant forced;
    private int forcedToday;
    private long forcedDay;

    Tokens(Account account, InstantSource clock, Random random) {
        this.account = account;
        this.clock = clock;
        this.random = random;
    }

    synchronized JsonObject stable(JsonObject asked) {
        if (!account.appId().equals(asked.getString("appid"))) {
            return Code.INVALID_APP_ID.json();
        }
        if (!account.secret().equals(asked.getString("secret"))) {
            return Code.INVALID_SECRET.json();
        }
        if (!"client_credential".equals(asked.getString("grant_type"))) {
            return Code.BAD_ARGUMENT.json("grant_type");
        }
        Instant now = clock.instant();
        if (asked.getBoolean("force_refresh", false)) {
            long day = Days.of(now);
            forcedToday = day == forcedDay ? forcedToday : 0;
            forcedDay = day;
            if (forcedToday >= FORCED_A_DAY) {
                return Code.QUOTA_USED_UP.json();
            }
            // Within 30 s of the last time nothing is refreshed, and the same one is given.
            if (current == null || forced == null || !now.isBefore(forced.plus(BETWEEN_FORCED))) {
                forcedToday++;
                forced = now;
                current = issue(now);
                before = null;
            }
        } else if (current == null || !now.isBefore(current.ends().minus(RENEWED_AHEAD))) {
            before = current;
            current = issue(now);
        }
        return new JsonObject()
                .put("access_token", current.value())
                .put("expires_in", Duration.between(now, current.ends()).toSeconds());
    }

    private Token issue(Instant now) {
        StringBuilder value = new StringBuilder("T" + (10 + random.nextInt(90)) + "_");
        while (value.length() < 130) {
            value.append(Long.toString(random.nextLong() >>> 1, 36));
        }
        return new Token(value.toString(), now, now.plus(LIFE));
    }

    /** What is wrong with a token. */
    synchronized Code check(@Nullable String token) {
        if (token == null || token.isEmpty()) {
            return Code.MISSING_TOKEN;
        }
        Instant now = clock.instant();
        Token now1 = current;
        Token old = before;
        if (now1 != null && now1.value().equals(token)) {
            return now.isBefore(now1.ends()) ? Code.OK : Code.TOKEN_EXPIRED;
        }
        if (now1 != null && old != null && old.value().equals(token)) {
            return now.isBefore(now1.issued().plus(GRACE)) ? Code.OK : Code.TOKEN_EXPIRED;
        }
        return Code.INVALID_CREDENTIAL;
    }

    /** As if its owner had reset the secret or someone else had forced a new one: what is out there is worthless. */
    synchronized void revoke() {
        current = null;
        before = null;
    }

    synchronized JsonObject ticket() {
        Instant now = clock.instant();
        if (ticket == null || !now.isBefore(ticket.ends())) {
            ticket = issue(now);
        }
        return Code.OK
                .json()
                .put("ticket", ticket.value())
                .put("expires_in", Duration.between(now, ticket.ends()).toSeconds());
    }
}
