package linge.sessions;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import linge.db.Times;
import linge.http.Authenticator;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in. A session is a random token whose hash is a row: it outlives restarts, is known on every node, and
 * ends when the row goes.
 */
public final class Sessions implements Authenticator {

    public static final String COOKIE = "linge_session";
    public static final String CSRF_HEADER = "X-CSRF-Token";

    static final Duration RESIDENT_STAY = Duration.ofDays(30);
    static final Duration STAFF_STAY = Duration.ofHours(12);
    /** A session's end moves on with use, but is written at most this often. */
    private static final Duration TOUCH_EVERY = Duration.ofMinutes(5);

    private static final Set<HttpMethod> HARMLESS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final String FOUND = "linge.session";
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final String OPEN = """
            INSERT INTO sessions (token_hash, resident_id, staff_id, csrf, created_at, seen_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $5, $6)""";
    private static final String FIND = """
            SELECT s.csrf, s.seen_at, s.expires_at,
                   r.id AS resident_id, r.phone, r.name AS resident_name,
                   t.id AS staff_id, t.username, t.name AS staff_name, t.role::text AS role, t.area, t.department, t.demo
            FROM sessions s LEFT JOIN residents r ON r.id = s.resident_id LEFT JOIN staff t ON t.id = s.staff_id
            WHERE s.token_hash = $1 AND s.expires_at > $2 AND (t.id IS NULL OR t.active)""";
    private static final String TOUCH = "UPDATE sessions SET seen_at = $2, expires_at = $3 WHERE token_hash = $1";
    private static final String END =
            "DELETE FROM sessions WHERE token_hash = $1 RETURNING coalesce(resident_id, staff_id) AS person";
    private static final String END_ALL =
            "DELETE FROM sessions WHERE (resident_id = $1 OR staff_id = $1) AND token_hash IS DISTINCT FROM $2";
    private static final String ANY_OPEN = """
            SELECT EXISTS (SELECT FROM sessions WHERE (resident_id = $1 OR staff_id = $1) AND expires_at > $2) AS any""";
    private static final String FORGET_OLD = "DELETE FROM sessions WHERE expires_at <= $1";

    private final Pool db;
    private final Clock clock;
    private final boolean demo;
    private final boolean secureCookies;
    private volatile Consumer<UUID> ended = person -> {};

    /** @param secureCookies whether browsers reach the service by https */
    public Sessions(Pool db, Clock clock, boolean demo, boolean secureCookies) {
        this.db = db;
        this.clock = clock;
        this.demo = demo;
        this.secureCookies = secureCookies;
    }

    /** Has {@code told} called with the id of a person some of whose sessions ended, once that is committed. */
    public void whenEnded(Consumer<UUID> told) {
        this.ended = told;
    }

    /** A session just opened: the token is shown once and never stored. */
    public record Opened(String token, String csrf, Instant expires) {}

    /** The session a request came with. */
    public record Current(Buffer tokenHash, String csrf, Instant expires, Caller caller, boolean byCookie) {}

    /** Opens a session for a resident or a staff member. */
    public Future<Opened> open(Caller who) {
        UUID resident = who instanceof Caller.Resident r ? r.id() : null;
        UUID staff = who instanceof Caller.Staff s ? s.id() : null;
        String token = random(32);
        String csrf = random(24);
        Instant now = clock.instant();
        Instant expires = now.plus(stay(who));
        return db.preparedQuery(OPEN)
                .execute(Tuple.of(hash(token), resident, staff, csrf, Times.at(now), Times.at(expires)))
                .map(done -> new Opened(token, csrf, expires));
    }

    @Override
    public Future<Caller> callerOf(RoutingContext ctx) {
        return current(ctx).map(session -> session == null ? Caller.NOBODY : session.caller());
    }

    /** The request's session, or null; a cookie session that changes something must bring its CSRF token. */
    public Future<@Nullable Current> current(RoutingContext ctx) {
        Current known = ctx.get(FOUND);
        if (known != null) {
            return Future.succeededFuture(known);
        }
        String bearer = bearer(ctx);
        Cookie cookie = bearer == null ? ctx.request().getCookie(COOKIE) : null;
        String token = bearer != null ? bearer : cookie == null ? null : cookie.getValue();
        if (token == null || token.isEmpty() || token.length() > 200) {
            return Future.succeededFuture();
        }
        Buffer hash = hash(token);
        return find(hash, cookie != null).map(session -> {
            if (session != null) {
                refuseForgery(ctx, session);
                ctx.put(FOUND, session);
            }
            return session;
        });
    }

    /** Whether a session seen before is still open; long-lived streams ask now and then. */
    public Future<Boolean> stillOpen(Current session) {
        return find(session.tokenHash(), session.byCookie()).map(found -> found != null);
    }

    public Future<Void> end(Buffer tokenHash) {
        return db.preparedQuery(END)
                .execute(Tuple.of(tokenHash))
                .onSuccess(rows -> rows.forEach(row -> tellEnded(row.getUUID("person"))))
                .mapEmpty();
    }

    public Future<Void> endAllOf(Caller who) {
        UUID person = who instanceof Caller.Resident resident
                ? resident.id()
                : who instanceof Caller.Staff staff ? staff.id() : null;
        return person == null
                ? Future.succeededFuture()
                : endAll(db, person, null).onSuccess(done -> tellEnded(person));
    }

    /** Tells that sessions of a person ended; for whoever ended them within a transaction, once it is committed. */
    public void tellEnded(UUID person) {
        ended.accept(person);
    }

    /** Ends every session of a person, but the one to keep if there is one; see {@link #tellEnded}. */
    public Future<Void> endAll(SqlClient on, UUID person, @Nullable Buffer keep) {
        return on.preparedQuery(END_ALL).execute(Tuple.of(person, keep)).mapEmpty();
    }

    /** Whether a person is still signed in anywhere. */
    public Future<Boolean> anyOpen(UUID person) {
        return db.preparedQuery(ANY_OPEN)
                .execute(Tuple.of(person, Times.at(clock.instant())))
                .map(rows -> rows.iterator().next().getBoolean("any"));
    }

    /** Housekeeping: sessions that ran out. */
    public Future<Void> forgetOld() {
        return db.preparedQuery(FORGET_OLD)
                .execute(Tuple.of(Times.at(clock.instant())))
                .mapEmpty();
    }

    /** The cookie that carries a session: unreadable to scripts, not sent from other sites. */
    public Cookie cookie(Opened session) {
        return cookie(session.token())
                .setMaxAge(Duration.between(clock.instant(), session.expires()).toSeconds());
    }

    /** The cookie that takes a session's cookie away. */
    public Cookie noCookie() {
        return cookie("").setMaxAge(0);
    }

    private Cookie cookie(String value) {
        return Cookie.cookie(COOKIE, value)
                .setPath("/")
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.LAX)
                .setSecure(secureCookies);
    }

    private Future<@Nullable Current> find(Buffer hash, boolean byCookie) {
        Instant now = clock.instant();
        return db.preparedQuery(FIND).execute(Tuple.of(hash, Times.at(now))).compose(rows -> {
            if (rows.size() == 0) {
                return Future.succeededFuture();
            }
            Row row = rows.iterator().next();
            if (!demo && Boolean.TRUE.equals(row.getBoolean("demo"))) {
                return Future.succeededFuture();
            }
            Caller caller = caller(row);
            Instant expires = Times.of(row, "expires_at");
            Current current = new Current(hash, row.getString("csrf"), expires, caller, byCookie);
            if (Times.of(row, "seen_at").plus(TOUCH_EVERY).isAfter(now)) {
                return Future.succeededFuture(current);
            }
            return db.preparedQuery(TOUCH)
                    .execute(Tuple.of(hash, Times.at(now), Times.at(now.plus(stay(caller)))))
                    .map(current);
        });
    }

    private static Caller caller(Row row) {
        if (row.getUUID("resident_id") != null) {
            return new Caller.Resident(
                    row.getUUID("resident_id"), row.getString("phone"), row.getString("resident_name"));
        }
        return new Caller.Staff(
                row.getUUID("staff_id"),
                row.getString("username"),
                row.getString("staff_name"),
                Role.valueOf(row.getString("role")),
                row.getString("area"),
                row.getString("department"));
    }

    private static void refuseForgery(RoutingContext ctx, Current session) {
        if (!session.byCookie() || HARMLESS.contains(ctx.request().method())) {
            return;
        }
        String sent = ctx.request().getHeader(CSRF_HEADER);
        byte[] expected = session.csrf().getBytes(StandardCharsets.UTF_8);
        if (sent == null || !MessageDigest.isEqual(sent.getBytes(StandardCharsets.UTF_8), expected)) {
            throw Refusal.of(Refusal.Kind.FORGED_FORM, "页面已过期，请刷新后再试。");
        }
    }

    private static @Nullable String bearer(RoutingContext ctx) {
        String header = ctx.request().getHeader("Authorization");
        boolean bearer = header != null && header.regionMatches(true, 0, "Bearer ", 0, 7);
        return bearer ? header.substring(7).trim() : null;
    }

    private static Duration stay(Caller who) {
        return who instanceof Caller.Staff ? STAFF_STAY : RESIDENT_STAY;
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static Buffer hash(String token) {
        try {
            return Buffer.buffer(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
