package linge.cases;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import linge.clocks.WorkingTime;
import org.jspecify.annotations.Nullable;

/**
 * How long a case may wait in all, however often it is suspended; beyond that only a supervisor lets it wait longer.
 *
 * @param label of the rule in force, e.g. 累计挂起不超过 30 个工作日
 * @param most working days
 * @param waits how it waited until now
 */
record Patience(String label, int most, List<Wait> waits) {

    /** By which rule of {@code clocks}. */
    static final String RULE = "SUSPENSION";

    /** It waited from one moment to another. */
    record Wait(Instant from, Instant to) {}

    /** Where nobody asks how long. */
    static final Patience ENDLESS = new Patience("", Integer.MAX_VALUE, List.of());

    /** Why it may not wait until then, in one sentence; null when it may. */
    @Nullable
    String against(Instant from, Instant until, WorkingTime time) {
        int before = waits.stream()
                .mapToInt(wait -> days(wait.from(), wait.to(), time))
                .sum();
        int all = before + days(from, until, time);
        if (all <= most) {
            return null;
        }
        String already = before == 0 ? "" : "已经挂起 " + before + " 个工作日，";
        return "“" + label + "”，" + already + "挂到这一天就有 " + all + " 个工作日。确需再等的，请督办员写明原因后挂起。";
    }

    private static int days(Instant from, Instant to, WorkingTime time) {
        return time.calendar().between(day(from), day(to));
    }

    private static LocalDate day(Instant at) {
        return at.atZone(WorkingTime.ZONE).toLocalDate();
    }
}
