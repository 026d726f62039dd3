package linge.wechat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The token as one process keeps it, for commands that run beside the service: the platform gives everybody who asks the same
 * one, and asking takes none away.
 */
final class StableToken implements Platform.Tokens {

    private static final Duration EARLY = Duration.ofMinutes(5);

    private final WebClient http;
    private final Account account;
    private final Clock clock;
    private @Nullable String token;
    private Instant ends = Instant.EPOCH;

    StableToken(WebClient http, Account account, Clock clock) {
        this.http = http;
        this.account = account;
        this.clock = clock;
    }

    @Override
    public Future<String> token() {
        synchronized (this) {
            String mine = token;
            if (mine != null && clock.instant().isBefore(ends.minus(EARLY))) {
                return Future.succeededFuture(mine);
            }
        }
        return fetch(false);
    }

    @Override
    public Future<String> after(String refused) {
        return fetch(true);
    }

    private Future<String> fetch(boolean another) {
        return http.postAbs(account.api() + "/cgi-bin/stable_token")
                .timeout(8_000)
                .sendJsonObject(new JsonObject()
                        .put("grant_type", "client_credential")
                        .put("appid", account.appId())
                        .put("secret", account.secret())
                        .put("force_refresh", another))
                .map(Platform::json)
                .map(answer -> {
                    synchronized (this) {
                        token = answer.getString("access_token");
                        ends = clock.instant().plusSeconds(answer.getLong("expires_in", 7200L));
                        return answer.getString("access_token");
                    }
                });
    }
}
