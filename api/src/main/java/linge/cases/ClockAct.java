package linge.cases;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a move does to the clocks of its case. */
public sealed interface ClockAct {

    /** A promise begins to run. */
    record Start(DueRule rule, Instant at) implements ClockAct {}

    /** It was kept or broken: what it asked for has been done now. */
    record Stop(DueRule rule, Instant at) implements ClockAct {}

    /** The case waits, and its deadlines with it. */
    record Pause(Instant at) implements ClockAct {}

    record Resume(Instant at) implements ClockAct {}

    /** More time was granted, in the unit of the rule. */
    record Extend(DueRule rule, int days, Instant at) implements ClockAct {}

    /** What lies between two states of a case; pure. */
    static List<ClockAct> between(Case.@Nullable Now before, Case.Now after, Instant at) {
        List<ClockAct> acts = new ArrayList<>();
        DueRule was = before == null ? null : before.rule();
        DueRule is = after.rule();
        boolean restarted =
                is != was || (before != null && !Objects.equals(before.clockStarted(), after.clockStarted()));
        if (was != null && restarted) {
            acts.add(new Stop(was, at));
        }
        if (is != null && restarted) {
            acts.add(new Start(is, Objects.requireNonNull(after.clockStarted())));
        }
        if (before != null && before.state() != after.state()) {
            if (after.state() == CaseState.SUSPENDED) {
                acts.add(new Pause(at));
            } else if (before.state() == CaseState.SUSPENDED && is != null) {
                acts.add(new Resume(at));
            }
        }
        if (before != null && is != null && !restarted && after.extendedDays() > before.extendedDays()) {
            acts.add(new Extend(is, after.extendedDays() - before.extendedDays(), at));
        }
        return List.copyOf(acts);
    }
}
