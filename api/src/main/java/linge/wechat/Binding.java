package linge.wechat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.Objects;
import linge.db.Times;
import linge.residents.Phone;
import linge.residents.Residents;
import linge.shared.Caller;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Who proves a phone by SMS code binds the WeChat they came with to it. One WeChat has one phone and one phone one WeChat: where
 * either is bound elsewhere, that is said, and changed only on the resident's word.
 */
final class Binding {

    private static final String VISIT =
            "SELECT openid, proved_phone FROM wechat_visits WHERE token = $1 AND expires_at > $2";
    private static final String PROVED = "UPDATE wechat_visits SET proved_phone = $2 WHERE token = $1";
    private static final String END_VISIT = "DELETE FROM wechat_visits WHERE token = $1";
    /** Goes on, as if the person had said so, with what waited for the phone. */
    private static final String GO_ON = """
            INSERT INTO wechat_heard (key, openid, account, fields, heard_at, pushed_at, tries)
            VALUES ($1, $2, $3, $4, $5, $5, 0) ON CONFLICT (key) DO NOTHING""";

    /** An openid that came with this browser. */
    record Visit(String openid, @Nullable String provedPhone) {}

    private final Pool db;
    private final Clock clock;
    private final Residents residents;
    private final Followers followers;

    Binding(Pool db, Clock clock, Residents residents, Followers followers) {
        this.db = db;
        this.clock = clock;
        this.residents = residents;
        this.followers = followers;
    }

    /** Null when the browser came with none, or too long ago. */
    Future<@Nullable Visit> visit(@Nullable Buffer token) {
        if (token == null) {
            return Future.succeededFuture();
        }
        return db.preparedQuery(VISIT)
                .execute(Tuple.of(token, Times.at(clock.instant())))
                .map(rows -> {
                    if (rows.size() == 0) {
                        return null;
                    }
                    Row row = rows.iterator().next();
                    return new Visit(row.getString("openid"), row.getString("proved_phone"));
                });
    }

    Future<Followers.@Nullable Follower> follower(String openid) {
        return followers.find(db, openid);
    }

    /**
     * Binds; the resident signed in by it.
     *
     * @param code proves the phone; may be left out once it was proved on this visit
     * @param confirm whether to change a binding there is already; without it that is refused with {@code ALREADY_THERE}
     *     and {@code conflict}, {@code PHONE} when the phone has another WeChat, {@code WECHAT} when this one has another phone
     */
    Future<Caller.Resident> bind(Buffer token, String phone, @Nullable String code, boolean confirm) {
        return visit(token).compose(visit -> {
            if (visit == null) {
                throw Refusal.of(Refusal.Kind.NOT_SIGNED_IN, "页面停留太久了，请回到微信重新打开。");
            }
            boolean proved = code == null && confirm && phone.equals(visit.provedPhone());
            if (code == null && !proved) {
                throw Refusal.badInput("/code", "请填写短信里的验证码。");
            }
            Future<Caller.Resident> resident = proved
                    ? residents.known(phone)
                    : residents
                            .signIn(phone, Objects.requireNonNull(code))
                            .compose(signedIn -> db.preparedQuery(PROVED)
                                    .execute(Tuple.of(token, phone))
                                    .map(signedIn));
            return resident.compose(who -> db.withTransaction(tx -> bind(tx, visit.openid(), who, confirm)
                                    .compose(done -> tx.preparedQuery(END_VISIT).execute(Tuple.of(token))))
                            .map(who))
                    .recover(Binding::takenMeanwhile);
        });
    }

    private static <T> Future<T> takenMeanwhile(Throwable failure) {
        boolean taken = failure instanceof PgException pg && "one_wechat_per_resident".equals(pg.getConstraint());
        return Future.failedFuture(taken ? phoneTaken() : failure);
    }

    private static Refusal phoneTaken() {
        return conflict("PHONE", "这个手机号已经绑定了另一个微信。要改成用这个微信，请确认，原来的微信将不再收到通知。");
    }

    private Future<Void> bind(SqlConnection tx, String openid, Caller.Resident resident, boolean confirm) {
        return followers
                .of(tx, resident.id())
                .compose(other -> followers
                        .find(tx, openid)
                        .map(Objects::requireNonNull)
                        .compose(who -> {
                            Caller.Resident before = who.resident();
                            if (before != null && before.id().equals(resident.id())) {
                                return followers.bind(tx, who, resident);
                            }
                            if (!confirm && before != null) {
                                throw conflict(
                                        "WECHAT", "这个微信已经绑定了 " + Phone.masked(before.phone()) + "。要改绑到这个手机号，请确认。");
                            }
                            if (!confirm && other != null) {
                                throw phoneTaken();
                            }
                            Future<Void> freed = other == null ? Future.succeededFuture() : followers.unbind(tx, other);
                            return freed.compose(done -> followers.bind(tx, who, resident))
                                    .compose(done -> goOn(tx, openid, resident));
                        }));
    }

    private Future<Void> goOn(SqlConnection tx, String openid, Caller.Resident resident) {
        String at = clock.instant().toString();
        JsonObject fields = new JsonObject()
                .put("FromUserName", openid)
                .put("ToUserName", Incoming.OURSELVES)
                .put("MsgType", "event")
                .put("Event", Answering.BOUND)
                .put("CreateTime", at);
        return tx.preparedQuery(GO_ON)
                .execute(Tuple.of(
                        "b:" + openid + ":" + resident.id() + ":" + at,
                        openid,
                        Incoming.OURSELVES,
                        fields,
                        Times.at(clock.instant())))
                .mapEmpty();
    }

    /** A resident's word that no WeChat is theirs any more. */
    Future<Void> unbind(Caller.Resident resident) {
        return db.withTransaction(tx -> followers
                .of(tx, resident.id())
                .compose(who -> who == null ? Future.succeededFuture() : followers.unbind(tx, who)));
    }

    private static Refusal conflict(String what, String detail) {
        return Refusal.of(Refusal.Kind.ALREADY_THERE, detail).with("conflict", what);
    }
}
