package linge.evaluation;

import java.util.UUID;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/**
 * Who sees and does what: members of grid teams their own, always; dispatchers and supervisors of a centre and administrators what
 * lies in their area. Only supervisors and administrators of the county, or of the city, publish, reward and honour; objections and
 * signals are for supervisors. Nobody decides on themselves.
 */
final class EvaluationPolicy {
    private EvaluationPolicy() {}

    static boolean looksOn(Caller.Staff who) {
        return switch (who.role()) {
            case DISPATCHER, SUPERVISOR, ADMINISTRATOR -> true;
            default -> false;
        };
    }

    /** The member of a grid's team who asks about their own. */
    static Caller.Staff worker(Caller.Staff who) {
        if (!who.role().inGrid()) {
            throw Refusal.notAllowed("这项操作由网格队员本人来做。");
        }
        return who;
    }

    /**
     * The area a leader asks about, or their own.
     *
     * @throws Refusal {@code NOT_ALLOWED} for who is no leader, or for somebody else's area
     */
    static String area(Caller.Staff who, @Nullable String asked) {
        if (!looksOn(who)) {
            throw Refusal.notAllowed("考核排名和台账由综治中心的分流员、督办员和管理员查看。");
        }
        if (asked == null) {
            return who.area();
        }
        if (!AreaLevel.isCode(asked)) {
            throw Refusal.badInput("/area", "区域编码不对。");
        }
        if (!AreaLevel.covers(who.area(), asked)) {
            throw Refusal.notAllowed("只能查看本区域的考核。");
        }
        return asked;
    }

    /** Whether somebody may read how this person did. */
    static void reads(Caller.Staff who, UUID person, String area) {
        boolean own = who.id().equals(person) && who.role().inGrid();
        if (!own && !(looksOn(who) && AreaLevel.covers(who.area(), area))) {
            // As for somebody who is not there.
            throw Refusal.notFound("这位网格队员");
        }
    }

    /** Supervisors and administrators of the county or the city: they publish, change rules, reward and honour. */
    static String manages(Caller.Staff who, String area) {
        if (!AreaLevel.isCode(area)) {
            throw Refusal.badInput("/area", "区域编码不对。");
        }
        if (!mayManage(who, area)) {
            throw Refusal.notAllowed("这项操作由本县（区）或市的督办员、管理员来做。");
        }
        return area;
    }

    static boolean mayManage(Caller.Staff who, String area) {
        boolean role = who.role() == Role.SUPERVISOR || who.role() == Role.ADMINISTRATOR;
        return role && who.area().length() <= AreaLevel.COUNTY.digits() && AreaLevel.covers(who.area(), area);
    }

    /** The same for supervisors alone. */
    static void supervises(Caller.Staff who, String area) {
        if (who.role() != Role.SUPERVISOR) {
            throw Refusal.notAllowed("异议和异常由督办员来判断。");
        }
        if (!AreaLevel.covers(who.area(), area)) {
            throw Refusal.notFound("这一条，可能不在本区域");
        }
    }
}
