package linge.notify.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class YearTest {

    @Test
    void a_small_citys_two_months_lose_nothing_repeat_nothing_and_stay_within_quotas() {
        City city = new City(new Dice(26), 2_000, 200, Instant.parse("2026-03-01T22:00:00Z"), Duration.ofDays(60));
        try (Year year = new Year(city, 5)) {
            Report report = year.live();
            String table = report.table(city);
            assertEquals(0, report.untold(), table);
            assertEquals(0, report.notInInbox(), table);
            assertEquals(0, report.overQuota(), table);
            assertEquals(0, report.effectsTwice(), table);
            assertEquals(0, report.toldTwice(), table);
            assertEquals(0, report.falselySent(), table);
            // It was no fair weather: every rung was used, and what was to go wrong went wrong.
            for (String rung : new String[] {"wechat-service", "wechat-template", "wechat-subscription", "sms"}) {
                assertTrue(
                        report.states().keySet().stream().anyMatch(s -> s.matches(rung + ": (SENT|DELIVERED)")), table);
            }
            assertTrue(report.states().keySet().stream().anyMatch(state -> state.endsWith("MERGED")), table);
            assertTrue(report.faults().getOrDefault("node killed", 0) > 0, table);
            assertTrue(report.faults().keySet().stream().anyMatch(f -> f.endsWith("call during an outage")), table);
        }
    }
}
