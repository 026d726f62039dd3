package linge.clocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

class WorkingTimeTest {

    private final WorkingTime time = WorkingTime.shipped();

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(WorkingTime.ZONE).toInstant();
    }

    @Test
    void weekends_worked_for_a_holiday_are_working_days_and_holidays_are_not() {
        assertTrue(time.worksOn(LocalDate.of(2026, 10, 10)));
        assertTrue(time.worksOn(LocalDate.of(2026, 9, 20)));
        assertFalse(time.worksOn(LocalDate.of(2026, 10, 7)));
        assertFalse(time.worksOn(LocalDate.of(2026, 2, 23)));
        assertFalse(time.worksOn(LocalDate.of(2026, 11, 22)));
        assertTrue(time.worksOn(LocalDate.of(2026, 11, 23)));
    }

    @Test
    void five_working_days_from_a_monday_end_on_the_next_monday() {
        assertEquals(at("2026-11-30T10:15:00"), time.plusWorkingDays(at("2026-11-23T10:15:00"), 5));
    }

    @Test
    void five_working_days_before_the_national_day_run_over_the_holiday() {
        // 29 and 30 September, 8, 9 and (a Saturday worked) 10 October.
        assertEquals(at("2026-10-10T09:00:00"), time.plusWorkingDays(at("2026-09-28T09:00:00"), 5));
    }

    @Test
    void two_service_hours_late_in_the_day_end_the_next_working_morning() {
        assertEquals(at("2026-11-24T09:30:00"), time.plusServiceHours(at("2026-11-23T17:30:00"), Duration.ofHours(2)));
        assertEquals(at("2026-11-23T10:00:00"), time.plusServiceHours(at("2026-11-22T23:00:00"), Duration.ofHours(2)));
        assertEquals(at("2026-11-23T12:00:00"), time.plusServiceHours(at("2026-11-23T10:00:00"), Duration.ofHours(2)));
    }

    @Test
    void two_service_hours_that_end_at_closing_time_end_that_day() {
        assertEquals(at("2026-11-23T18:00:00"), time.plusServiceHours(at("2026-11-23T16:00:00"), Duration.ofHours(2)));
    }
}
