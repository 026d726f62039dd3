package linge.cases;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.UUID;
import linge.notify.Audience;
import linge.notify.Notice;
import linge.notify.Outbox;
import linge.shared.Caller;
import linge.staff.Staff;

/**
 * Supervisors around a case hear that somebody asks for their leave, and who asked what became of it; in the transaction that
 * does it. What the leave is for is the asking feature's.
 */
public final class LeaveNotices {

    private final Outbox outbox;
    private final Staff staff;

    public LeaveNotices(Outbox outbox, Staff staff) {
        this.outbox = outbox;
        this.staff = staff;
    }

    /**
     * @param key names the request among all there are, e.g. {@code release:7}
     * @param area where the case lies
     */
    public Future<Void> asked(
            SqlConnection tx, String key, String number, String area, Caller.Staff who, String words) {
        return staff.supervisors(tx, area)
                .map(all -> all.stream()
                        .map(ear -> notice(key, "asked", ear, number, words).put("who", who.name() + "："))
                        .map(Said::notice)
                        .toList())
                .compose(notices -> outbox.putAll(tx, notices));
    }

    public Future<Void> decided(SqlConnection tx, String key, String number, UUID asker, String words) {
        return outbox.putAll(
                tx, List.of(notice(key, "decided", asker, number, words).notice()));
    }

    private record Said(String key, String template, UUID ear, String number, JsonObject fields) {
        Said put(String field, String value) {
            fields.put(field, value);
            return this;
        }

        Notice notice() {
            return Notice.of(key, template, Audience.staff(ear.toString()), number, fields);
        }
    }

    private static Said notice(String key, String act, UUID ear, String number, String words) {
        return new Said(
                key + ":" + act + ":" + ear,
                "staff-leave-" + act,
                ear,
                number,
                new JsonObject().put("number", number).put("words", words));
    }
}
