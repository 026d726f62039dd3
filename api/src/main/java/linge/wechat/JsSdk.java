package linge.wechat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import linge.db.Times;
import linge.shared.Refusal;
import me.chanjar.weixin.common.util.crypto.SHA1;
import org.jspecify.annotations.Nullable;

/** Signs pages of ours, so that they may use WeChat's abilities inside WeChat. The ticket is one for all nodes. */
final class JsSdk {

    /** A ticket with less life than this is changed for a new one: a page may use its signature for a while. */
    private static final Duration LEAST_LIFE = Duration.ofMinutes(10);

    private static final String FIND = "SELECT ticket, expires_at FROM wechat_tickets WHERE appid = $1";
    private static final String KEEP = """
            INSERT INTO wechat_tickets (appid, ticket, expires_at) VALUES ($1, $2, $3)
            ON CONFLICT (appid) DO UPDATE SET ticket = excluded.ticket, expires_at = excluded.expires_at""";

    /** A ticket and its end. */
    record Ticket(String ticket, Instant expires) {}

    private final Pool db;
    private final Clock clock;
    private final Account account;
    private final Platform platform;
    private final AtomicReference<@Nullable Ticket> known = new AtomicReference<>();
    private @Nullable Future<Ticket> asking;

    JsSdk(Pool db, Clock clock, Account account, Platform platform) {
        this.db = db;
        this.clock = clock;
        this.account = account;
        this.platform = platform;
    }

    /**
     * Schema {@code WeChatJsSdk} for a page.
     *
     * @param url the page's address as the browser has it; what follows a # does not count
     * @param origin where our pages are, scheme, host and port; others are not signed
     */
    Future<JsonObject> sign(String url, String origin) {
        int hash = url.indexOf('#');
        String page = hash < 0 ? url : url.substring(0, hash);
        if (!origin.equals(originOf(page))) {
            throw Refusal.badInput("/url", "只给本站的页面签名。");
        }
        String nonce = Secrets.random(12);
        return ticket().map(ticket -> {
            long timestamp = clock.instant().getEpochSecond();
            String signature = SHA1.genWithAmple(
                    "jsapi_ticket=" + ticket.ticket(), "noncestr=" + nonce, "timestamp=" + timestamp, "url=" + page);
            return new JsonObject()
                    .put("appId", account.appId())
                    .put("timestamp", timestamp)
                    .put("nonceStr", nonce)
                    .put("signature", signature);
        });
    }

    /** Scheme, host and port in lower case; empty when it is no address of a page. */
    static String originOf(String url) {
        try {
            URI uri = URI.create(url);
            if (uri.getHost() == null || uri.getScheme() == null || uri.getUserInfo() != null) {
                return "";
            }
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            return (uri.getScheme() + "://" + uri.getHost() + port).toLowerCase(java.util.Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private Future<Ticket> ticket() {
        Ticket mine = known.get();
        return lasts(mine) ? Future.succeededFuture(mine) : shared();
    }

    /** Many pages at once ask once. */
    private synchronized Future<Ticket> shared() {
        Future<Ticket> before = asking;
        if (before != null && !before.isComplete()) {
            return before;
        }
        Future<Ticket> now = db.preparedQuery(FIND)
                .execute(Tuple.of(account.appId()))
                .compose(rows -> {
                    Row row = rows.size() == 0 ? null : rows.iterator().next();
                    Ticket kept = row == null ? null : new Ticket(row.getString("ticket"), Times.of(row, "expires_at"));
                    return lasts(kept)
                            ? Future.succeededFuture(kept)
                            : platform.ticket().compose(this::keep);
                })
                .onSuccess(known::set);
        asking = now;
        return now;
    }

    private Future<Ticket> keep(Ticket fresh) {
        return db.preparedQuery(KEEP)
                .execute(Tuple.of(account.appId(), fresh.ticket(), Times.at(fresh.expires())))
                .map(fresh);
    }

    private boolean lasts(@Nullable Ticket ticket) {
        return ticket != null && ticket.expires().isAfter(clock.instant().plus(LEAST_LIFE));
    }
}
