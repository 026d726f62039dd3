package linge.chat;

import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Role;

/** Who answers conversations where the bot is not enough: dispatchers and supervisors of the county, or of the city around it. */
final class DeskPolicy {
    private DeskPolicy() {}

    static boolean sitsThere(Caller.Staff staff) {
        boolean centre = staff.role() == Role.DISPATCHER || staff.role() == Role.SUPERVISOR;
        return centre && staff.level().compareTo(AreaLevel.COUNTY) >= 0;
    }

    /** A conversation whose ground nobody knows lies with the city: every county's centre may take it. */
    static boolean answersFor(Caller.Staff staff, String area) {
        return sitsThere(staff) && (AreaLevel.covers(staff.area(), area) || AreaLevel.of(area) == AreaLevel.CITY);
    }
}
