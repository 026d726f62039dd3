package linge.wechat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import linge.db.Times;
import linge.notify.Addresses;
import linge.notify.Audience;
import linge.shared.Caller;
import org.jspecify.annotations.Nullable;

/** Whoever talks to us over WeChat: whose resident they are, whether they follow, their conversation. */
final class Followers {

    /** The scheme of their addresses for notices. */
    static final String SCHEME = "wechat";

    private static final Duration KEEP_STRANGERS = Duration.ofDays(90);

    private static final String COLUMNS = """
            p.openid, p.unionid, p.name, p.follows, p.chat_key, p.conversation, p.resident_id,
            r.phone AS resident_phone, r.name AS resident_name""";
    private static final String KNOW = """
            INSERT INTO wechat_people (openid, unionid, name, chat_key, seen_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (openid) DO UPDATE SET seen_at = excluded.seen_at,
              unionid = coalesce(excluded.unionid, wechat_people.unionid),
              name = coalesce(excluded.name, wechat_people.name)""";
    private static final String FIND = "SELECT " + COLUMNS
            + " FROM wechat_people p LEFT JOIN residents r ON r.id = p.resident_id WHERE p.openid = $1";
    private static final String OF_RESIDENT = "SELECT " + COLUMNS
            + " FROM wechat_people p JOIN residents r ON r.id = p.resident_id WHERE p.resident_id = $1 FOR UPDATE OF p";
    private static final String FOLLOW = "UPDATE wechat_people SET follows = $2 WHERE openid = $1";
    private static final String TALK = "UPDATE wechat_people SET conversation = $2 WHERE openid = $1";
    private static final String BIND = "UPDATE wechat_people SET resident_id = $2, bound_at = $3 WHERE openid = $1";
    private static final String FORGET_OLD =
            "DELETE FROM wechat_people WHERE resident_id IS NULL AND NOT follows AND seen_at < $1";
    private static final String UNBIND =
            "UPDATE wechat_people SET resident_id = NULL, bound_at = NULL, conversation = NULL WHERE openid = $1";

    /**
     * One of them.
     *
     * @param resident who proved by phone that they are this resident; null as long as nobody did
     * @param chatKey stands for the key a browser would keep
     * @param conversation the one that goes on; null before the first word
     */
    record Follower(
            String openid,
            @Nullable String unionid,
            @Nullable String name,
            boolean follows,
            Caller.@Nullable Resident resident,
            String chatKey,
            @Nullable String conversation) {}

    private final Pool db;
    private final Clock clock;
    private final Addresses addresses;

    Followers(Pool db, Clock clock, Addresses addresses) {
        this.db = db;
        this.clock = clock;
        this.addresses = addresses;
    }

    /** Somebody who wrote, came through sign-in, or followed; known from now on. */
    Future<Follower> know(String openid, @Nullable String unionid, @Nullable String name) {
        return db.preparedQuery(KNOW)
                .execute(Tuple.of(openid, unionid, name, Secrets.random(24), Times.at(clock.instant())))
                .compose(known -> find(db, openid))
                .map(Objects::requireNonNull);
    }

    Future<@Nullable Follower> find(SqlClient on, String openid) {
        return on.preparedQuery(FIND)
                .execute(Tuple.of(openid))
                .map(rows -> rows.size() == 0 ? null : follower(rows.iterator().next()));
    }

    /** The WeChat a resident is bound to, its row locked; null for none. */
    Future<@Nullable Follower> of(SqlClient tx, UUID resident) {
        return tx.preparedQuery(OF_RESIDENT)
                .execute(Tuple.of(resident))
                .map(rows -> rows.size() == 0 ? null : follower(rows.iterator().next()));
    }

    /** Follows: notices reach a resident here again. */
    Future<Void> follow(Follower who) {
        return db.withTransaction(tx -> tx.preparedQuery(FOLLOW)
                .execute(Tuple.of(who.openid(), true))
                .compose(done ->
                        who.resident() == null ? Future.succeededFuture() : keepAddress(tx, who, who.resident())));
    }

    /** Follows no more: nothing is sent there, and the binding stays for whoever comes back. */
    Future<Void> unfollow(Follower who) {
        return db.withTransaction(tx -> tx.preparedQuery(FOLLOW)
                .execute(Tuple.of(who.openid(), false))
                .compose(done -> addresses.remove(tx, SCHEME, who.openid())));
    }

    Future<Void> talkIn(Follower who, String conversation) {
        return conversation.equals(who.conversation())
                ? Future.succeededFuture()
                : db.preparedQuery(TALK)
                        .execute(Tuple.of(who.openid(), conversation))
                        .mapEmpty();
    }

    /** This WeChat is this resident's from now on. */
    Future<Void> bind(SqlClient tx, Follower who, Caller.Resident resident) {
        return tx.preparedQuery(BIND)
                .execute(Tuple.of(who.openid(), resident.id(), Times.at(clock.instant())))
                .compose(done -> who.follows() ? keepAddress(tx, who, resident) : Future.succeededFuture());
    }

    /** This WeChat is nobody's; the conversation stays with whom it was. */
    Future<Void> unbind(SqlClient tx, Follower who) {
        return tx.preparedQuery(UNBIND)
                .execute(Tuple.of(who.openid()))
                .compose(done -> addresses.remove(tx, SCHEME, who.openid()));
    }

    /** Housekeeping: who left long ago and never was anybody's. */
    Future<Void> forgetOld() {
        return db.preparedQuery(FORGET_OLD)
                .execute(Tuple.of(Times.at(clock.instant().minus(KEEP_STRANGERS))))
                .mapEmpty();
    }

    private Future<Void> keepAddress(SqlClient tx, Follower who, Caller.Resident resident) {
        JsonObject details = new JsonObject();
        if (who.unionid() != null) {
            details.put("unionid", who.unionid());
        }
        return addresses.keep(
                tx, Audience.resident(resident.id().toString(), resident.phone()), SCHEME, who.openid(), details);
    }

    private static Follower follower(Row row) {
        UUID resident = row.getUUID("resident_id");
        return new Follower(
                row.getString("openid"),
                row.getString("unionid"),
                row.getString("name"),
                row.getBoolean("follows"),
                resident == null
                        ? null
                        : new Caller.Resident(
                                resident, row.getString("resident_phone"), row.getString("resident_name")),
                row.getString("chat_key"),
                row.getString("conversation"));
    }
}
