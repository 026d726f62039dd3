package linge.admission;

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

/** Supervisors hear that somebody asks for leave, and who asked what became of it; in the transaction that does it. */
final class LeaveNotices {

    private final Outbox outbox;
    private final Staff staff;

    LeaveNotices(Outbox outbox, Staff staff) {
        this.outbox = outbox;
        this.staff = staff;
    }

    /** @param area where the case lies */
    Future<Void> asked(SqlConnection tx, long id, String number, String area, Caller.Staff who, String words) {
        return staff.supervisors(tx, area)
                .map(all -> all.stream()
                        .map(ear -> notice(id, "asked", ear, number, words).put("who", who.name() + "："))
                        .map(Said::notice)
                        .toList())
                .compose(notices -> outbox.putAll(tx, notices));
    }

    Future<Void> decided(SqlConnection tx, long id, String number, UUID asker, String words) {
        return outbox.putAll(tx, List.of(notice(id, "decided", asker, number, words).notice()));
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

    private static Said notice(long id, String act, UUID ear, String number, String words) {
        return new Said(
                "admission:" + id + ":" + act + ":" + ear,
                "staff-leave-" + act,
                ear,
                number,
                new JsonObject().put("number", number).put("words", words));
    }
}
