package linge.notify.wechat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.UUID;
import linge.notify.NotSent;
import org.jspecify.annotations.Nullable;

/**
 * The account's access token, one for all nodes: a row in the database. Whoever finds it due takes the row's lease and asks
 * WeChat; the others use the old one as long as it is good, and otherwise wait for the row. A node that dies while asking
 * leaves a lease that ends by itself.
 */
public final class AccessTokens {

    private static final String READ = "SELECT token, ends_at FROM wechat_tokens WHERE app_id = $1";

    /** Only if it is still due: $5 is until when a token has to be good, $6 one that WeChat refused. */
    private static final String LEASE = """
            INSERT INTO wechat_tokens AS t (app_id, refresher, lease_until) VALUES ($1, $2, $4)
            ON CONFLICT (app_id) DO UPDATE SET refresher = excluded.refresher, lease_until = excluded.lease_until
            WHERE (t.lease_until IS NULL OR t.lease_until <= $3)
              AND (t.token IS NULL OR t.ends_at <= $5 OR t.token = $6)
            """;

    private static final String KEEP = """
            UPDATE wechat_tokens SET token = $3, ends_at = $4, refresher = NULL, lease_until = NULL
            WHERE app_id = $1 AND refresher = $2
            """;

    private static final String RELEASE = """
            UPDATE wechat_tokens SET refresher = NULL, lease_until = NULL WHERE app_id = $1 AND refresher = $2
            """;

    /** WeChat gives a new one during the old one's last five minutes, and lets the old one live on as long. */
    private static final Duration AHEAD = Duration.ofMinutes(4);

    private static final Duration LEASE_TIME = Duration.ofSeconds(30);
    private static final long LOOK_AGAIN_MILLIS = 100;
    private static final int LOOKS = 80;

    private final Vertx vertx;
    private final Pool db;
    private final InstantSource clock;
    private final OfficialAccount account;
    private final Exchange exchange;
    private final Troubles troubles;

    private volatile @Nullable Token mine;
    private @Nullable Future<String> inHand;

    AccessTokens(
            Vertx vertx, Pool db, InstantSource clock, OfficialAccount account, Exchange exchange, Troubles troubles) {
        this.vertx = vertx;
        this.db = db;
        this.clock = clock;
        this.account = account;
        this.exchange = exchange;
        this.troubles = troubles;
    }

    private record Token(String value, Instant ends) {

        boolean isGood(Instant now, @Nullable String refused) {
            return now.isBefore(ends) && !value.equals(refused);
        }

        boolean isFresh(Instant now, @Nullable String refused) {
            return now.isBefore(ends.minus(AHEAD)) && !value.equals(refused);
        }
    }

    /** A token that is good for minutes at least; fails with a {@link NotSent} that says to try again. */
    public Future<String> token() {
        Token known = mine;
        return known != null && known.isFresh(clock.instant(), null)
                ? Future.succeededFuture(known.value())
                : shared(null);
    }

    /** Another one than that, which WeChat refused (40001, 42001). However many were refused with it, it is asked for once. */
    public Future<String> after(String refused) {
        Token known = mine;
        if (known != null && known.value().equals(refused)) {
            mine = null;
        }
        return shared(refused);
    }

    /** One question at a time in this process; who comes meanwhile takes its answer, unless that is what was refused. */
    private Future<String> shared(@Nullable String refused) {
        Future<String> running;
        synchronized (this) {
            running = inHand;
            if (running == null) {
                Future<String> asked = find(refused, LOOKS);
                inHand = asked;
                return asked.onComplete(done -> {
                    synchronized (this) {
                        inHand = inHand == asked ? null : inHand;
                    }
                });
            }
        }
        return running.compose(token -> token.equals(refused) ? shared(refused) : running);
    }

    private Future<String> find(@Nullable String refused, int looks) {
        return read().compose(row -> {
            Instant now = clock.instant();
            if (row != null && row.isFresh(now, refused)) {
                mine = row;
                return Future.succeededFuture(row.value());
            }
            String refresher = UUID.randomUUID().toString();
            return lease(refresher, now, refused).compose(ours -> {
                if (ours) {
                    return fetch(refresher, refused);
                }
                if (row != null && row.isGood(now, refused)) {
                    return Future.succeededFuture(row.value());
                }
                return looks == 0
                        ? Future.failedFuture(NotSent.tryAgain("another node is asking for the access token"))
                        : vertx.timer(LOOK_AGAIN_MILLIS, java.util.concurrent.TimeUnit.MILLISECONDS)
                                .compose(passed -> find(refused, looks - 1));
            });
        });
    }

    private Future<@Nullable Token> read() {
        return db.preparedQuery(READ).execute(Tuple.of(account.appId())).map(rows -> {
            Row row = rows.size() == 0 ? null : rows.iterator().next();
            String token = row == null ? null : row.getString("token");
            return row == null || token == null
                    ? null
                    : new Token(token, row.getOffsetDateTime("ends_at").toInstant());
        });
    }

    private Future<Boolean> lease(String refresher, Instant now, @Nullable String refused) {
        OffsetDateTime at = Times.of(now);
        return db.preparedQuery(LEASE)
                .execute(Tuple.of(account.appId(), refresher, at, at.plus(LEASE_TIME), at.plus(AHEAD), refused))
                .map(done -> done.rowCount() == 1);
    }

    /** Stable first; only if that is the very one that was refused, by force, which WeChat allows 20 times a day. */
    private Future<String> fetch(String refresher, @Nullable String refused) {
        return ask(false)
                .compose(token -> token.value().equals(refused) ? ask(true) : Future.succeededFuture(token))
                .compose(token -> db.preparedQuery(KEEP)
                        .execute(Tuple.of(account.appId(), refresher, token.value(), Times.of(token.ends())))
                        .map(kept -> {
                            mine = token;
                            return token.value();
                        }))
                .recover(failure -> db.preparedQuery(RELEASE)
                        .execute(Tuple.of(account.appId(), refresher))
                        .transform(released -> notFetched(failure)));
    }

    private Future<Token> ask(boolean force) {
        Instant asked = clock.instant();
        JsonObject body = new JsonObject()
                .put("grant_type", "client_credential")
                .put("appid", account.appId())
                .put("secret", account.secret())
                .put("force_refresh", force);
        return exchange.post(Paths.STABLE_TOKEN, "token", body)
                .map(answer -> new Token(
                        answer.getString("access_token"), asked.plusSeconds(answer.getLong("expires_in", 0L))));
    }

    /** Whatever went wrong here, the message itself was not asked for: it may be tried again. */
    private Future<String> notFetched(Throwable failure) {
        if (failure instanceof Refused refused) {
            NotSent again = NotSent.tryAgain("no access token: " + refused.said());
            // A wrong secret, or this machine's address not among those the account allows.
            return Meaning.of(refused.code()) == Meaning.AGAIN
                    ? Future.failedFuture(again)
                    : troubles.note(Paths.STABLE_TOKEN, refused).transform(noted -> Future.failedFuture(again));
        }
        String why = failure instanceof NotSent known ? known.reason() : failure.toString();
        return Future.failedFuture(NotSent.tryAgain("no access token: " + why));
    }
}
