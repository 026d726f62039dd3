package linge.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import linge.clocks.WorkingTime;
import org.junit.jupiter.api.Test;

/** A case waits no longer in all than its area's rule allows, however often it is suspended. */
class PatienceTest {

    private static final WorkingTime TIME = WorkingTime.shipped();
    /** A Monday morning. */
    private static final Instant MONDAY = Instant.parse("2026-11-16T01:00:00Z");

    @Test
    void working_days_of_all_suspensions_count_together() {
        Patience fresh = patience();
        assertNull(fresh.against(MONDAY, days(7), TIME));
        assertEquals("“累计挂起不超过 5 个工作日”，挂到这一天就有 6 个工作日。确需再等的，请督办员写明原因后挂起。", fresh.against(MONDAY, days(8), TIME));
        Patience tired = patience(new Patience.Wait(days(-7), days(-4)));
        assertNull(tired.against(MONDAY, days(2), TIME));
        String against = String.valueOf(tired.against(MONDAY, days(3), TIME));
        assertTrue(against.contains("已经挂起 3 个工作日，挂到这一天就有 6 个工作日"), against);
    }

    @Test
    void days_off_cost_nothing_and_an_endless_rule_asks_nothing() {
        // From Friday to Sunday.
        assertNull(patience(new Patience.Wait(days(-7), days(-2))).against(days(4), days(6), TIME));
        assertNull(Patience.ENDLESS.against(MONDAY, days(59), TIME));
    }

    private static Patience patience(Patience.Wait... waits) {
        return new Patience("累计挂起不超过 5 个工作日", 5, List.of(waits));
    }

    private static Instant days(int after) {
        return MONDAY.plusSeconds(after * 86_400L);
    }
}
