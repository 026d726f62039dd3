package linge.admin;

import linge.http.Call;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/** Who sees what: administrators and supervisors read what lies in their area; administrators change; grids are the city's. */
final class AdminPolicy {
    private AdminPolicy() {}

    static Caller.Staff administrator(Call call) {
        Caller.Staff who = call.staff();
        if (who.role() != Role.ADMINISTRATOR) {
            throw Refusal.notAllowed("这项操作由管理员来做。");
        }
        return who;
    }

    static Caller.Staff ofTheCity(Call call) {
        Caller.Staff who = administrator(call);
        if (who.level() != AreaLevel.CITY) {
            throw Refusal.notAllowed("网格全市一起更换，由市级管理员来做。");
        }
        return who;
    }

    static Caller.Staff reader(Call call) {
        Caller.Staff who = call.staff();
        if (who.role() != Role.ADMINISTRATOR && who.role() != Role.SUPERVISOR) {
            throw Refusal.notAllowed("这里由本区域的管理员和督办员查看。");
        }
        return who;
    }

    /** The area asked for, or one's own; fails with {@code NOT_ALLOWED} for what lies elsewhere. */
    static String area(Caller.Staff who, @Nullable String asked) {
        if (asked == null) {
            return who.area();
        }
        if (!AreaLevel.isCode(asked)) {
            throw Refusal.badInput("/area", "区域编码不对。");
        }
        if (!AreaLevel.covers(who.area(), asked)) {
            throw Refusal.notAllowed("只能查看本区域之内的。");
        }
        return asked;
    }
}
