package linge.clocks;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything clocks are reckoned by, as it stood after one change: calendar, service hours, rules. Immutable.
 *
 * @param change the last change it knows of
 * @param hours by profile, then by area
 * @param rules by code, then by area; the area {@code ""} is everywhere
 */
record ClockBook(
        long change,
        ServiceCalendar calendar,
        Map<String, Map<String, ServiceHours>> hours,
        Map<String, Map<String, ClockRule>> rules) {

    /** @throws IllegalArgumentException when no rule has this code */
    ClockRule rule(String code, String area) {
        ClockRule found = inForce(rules.getOrDefault(code, Map.of()), area);
        if (found == null) {
            throw new IllegalArgumentException("no clock runs by the rule " + code);
        }
        return found;
    }

    /** The hours of a profile in an area; its calendar refuses to guess. */
    WorkingTime time(String profile, String area) {
        Map<String, ServiceHours> known = hours.getOrDefault(profile, Map.of());
        return new WorkingTime(calendar, Objects.requireNonNullElse(inForce(known, area), ServiceHours.USUAL));
    }

    Deadline deadline(ClockRule rule, String area, Reckoning.Run run) {
        return Reckoning.of(rule, run, time(rule.profile(), area));
    }

    /** Of the area itself, or the nearest around it. */
    static <T> @Nullable T inForce(Map<String, T> byArea, String area) {
        for (int digits = area.length(); digits >= 0; digits--) {
            T found = byArea.get(area.substring(0, digits));
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
