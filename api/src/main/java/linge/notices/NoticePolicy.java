package linge.notices;

import linge.http.Call;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Role;

/** Who may look after notices: the administrators of the whole city, for a quota or a template is everybody's. */
final class NoticePolicy {

    private NoticePolicy() {}

    /** The operator who asks; anybody else is refused. */
    static Caller.Staff operates(Call call) {
        Caller.Staff who = call.staff();
        if (who.role() != Role.ADMINISTRATOR || who.level() != AreaLevel.CITY) {
            throw Refusal.notAllowed("通知台由市级管理员使用。");
        }
        return who;
    }
}
