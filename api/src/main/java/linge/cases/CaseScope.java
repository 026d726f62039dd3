package linge.cases;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Role;

/** What {@link CasePolicy} lets somebody see, said in SQL over the table {@code cases}; a test keeps both equal. */
final class CaseScope {

    /** Somebody on the staff still owes the resident something; in the words the indexes are made with. */
    static final String OPEN = "state NOT IN ("
            + Arrays.stream(CaseState.values())
                    .filter(state -> !state.open())
                    .map(state -> "'" + state.name() + "'")
                    .collect(Collectors.joining(", "))
            + ")";

    /** A case without a deadline sorts after all that have one. */
    static final String DUE = "coalesce(due_at, timestamptz '9999-01-01Z')";

    private CaseScope() {}

    /** Every case this person may see in one of these posts, the first of them their own. */
    static Conditions seenBy(List<Caller.Staff> posts) {
        return inAny(posts, CaseScope::seenBy);
    }

    /** Every case that waits for this person in one of these posts; of those that are open. */
    static Conditions waitingFor(List<Caller.Staff> posts, Object now) {
        return inAny(posts, (one, staff) -> waitingFor(one, staff, now));
    }

    /** Nearly everybody has one post, and a query that an index answers. */
    private static Conditions inAny(
            List<Caller.Staff> posts, BiFunction<Conditions, Caller.Staff, Conditions> conditions) {
        Conditions all = new Conditions();
        return posts.size() == 1
                ? conditions.apply(all, posts.get(0))
                : all.any(posts.stream()
                        .map(post -> conditions.apply(all.beside(), post))
                        .toList());
    }

    /** Every case this person may see. */
    static Conditions seenBy(Caller caller) {
        return seenBy(new Conditions(), caller);
    }

    private static Conditions seenBy(Conditions seen, Caller caller) {
        if (caller instanceof Caller.Resident resident) {
            return seen.and("resident_id = ?", resident.id());
        }
        if (!(caller instanceof Caller.Staff staff)) {
            return seen.and("false");
        }
        return switch (staff.role()) {
            case GRID_ASSISTANT, GRID_WORKER, DEPUTY_LEADER, GRID_LEADER ->
                seen.and("(area = ? OR holder_area = ?)", staff.area(), staff.area());
            case DISPATCHER, SUPERVISOR -> within(seen, staff.area());
            case DEPARTMENT_OFFICER ->
                // Sent there, or called in to help.
                seen.and(
                        "((holder_area = ? AND holder_department = ?) OR assisting @> jsonb_build_array("
                                + "jsonb_build_object('area', ?::text, 'department', ?::text)))",
                        staff.area(),
                        staff.department(),
                        staff.area(),
                        staff.department());
            case ADMINISTRATOR -> seen.and("false");
        };
    }

    private static Conditions waitingFor(Conditions all, Caller.Staff staff, Object now) {
        Conditions seen = seenBy(all, staff);
        return staff.role() == Role.SUPERVISOR ? seen.and("(supervised OR " + DUE + " < ?)", now) : held(seen, staff);
    }

    /** In an area; the whole city needs no condition. */
    static Conditions within(Conditions seen, String area) {
        return AreaLevel.of(area) == AreaLevel.CITY ? seen : seen.and("area LIKE ?", area + "%");
    }

    private static Conditions held(Conditions seen, Caller.Staff staff) {
        Conditions there = seen.and("holder_area = ?", staff.area());
        return staff.department() == null
                ? there.and("holder_department IS NULL")
                : there.and("holder_department = ?", staff.department());
    }
}
