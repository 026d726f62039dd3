package linge.cases;

import java.util.List;
import linge.shared.AreaLevel;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/**
 * How a case climbs in one grid: the ranks of the team that somebody holds there, lowest first, then village, town and county.
 *
 * @param kind code of the chain, e.g. {@code RURAL} or {@code URBAN}
 */
record Chain(String kind, List<Role> team) {

    /** From the grid's team as a whole straight to the village's centre. */
    static final Chain CENTRES = new Chain("CENTRES", List.of());

    /** A place on the chain. */
    record Rung(Holder holder, @Nullable Role tier) {}

    /**
     * The rung above the one where the case lies.
     *
     * @param by rank of whoever escalates; null for nobody of the team
     */
    Rung above(Holder holder, @Nullable Role tier, @Nullable Role by) {
        if (holder.department() == null && holder.level() == AreaLevel.GRID) {
            int rank = Math.max(tier == null ? -1 : tier.ordinal(), by == null || !by.inGrid() ? -1 : by.ordinal());
            for (Role role : team) {
                if (role.ordinal() > rank) {
                    return new Rung(holder, role);
                }
            }
        }
        return new Rung(holder.above(), null);
    }
}
