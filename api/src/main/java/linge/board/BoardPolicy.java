package linge.board;

import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/**
 * Who sees the board: dispatchers and supervisors of a centre and administrators, each of their own area and what lies in it.
 * Administrators see figures only, as they see no cases.
 */
final class BoardPolicy {
    private BoardPolicy() {}

    /**
     * The area asked for, or one's own.
     *
     * @throws Refusal {@code NOT_ALLOWED} for who has no board, or for somebody else's area
     */
    static String area(Caller.Staff who, @Nullable String asked) {
        switch (who.role()) {
            case DISPATCHER, SUPERVISOR, ADMINISTRATOR -> {}
            default -> throw Refusal.notAllowed("统计看板由综治中心的分流员、督办员和管理员查看。");
        }
        if (asked == null) {
            return who.area();
        }
        if (!AreaLevel.isCode(asked)) {
            throw Refusal.badInput("/area", "区域编码不对。");
        }
        if (!AreaLevel.covers(who.area(), asked)) {
            throw Refusal.notAllowed("只能查看本区域的统计。");
        }
        return asked;
    }

    /** Whether this person may read what residents wrote. */
    static boolean readsCases(Caller.Staff who) {
        return who.role() == Role.DISPATCHER || who.role() == Role.SUPERVISOR;
    }
}
