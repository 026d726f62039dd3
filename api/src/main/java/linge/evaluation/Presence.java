package linge.evaluation;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import linge.clocks.ServiceCalendar;
import org.jspecify.annotations.Nullable;

/**
 * How many working days a period has had so far, and on how many of them somebody was on duty: there already, and not on leave.
 */
record Presence(int days, int duty) {

    /** Days of leave, both ends included. */
    record Leave(LocalDate from, LocalDate until) {}

    /** @param joined the first day; null for whoever was always there */
    static Presence of(
            ServiceCalendar calendar,
            LocalDate first,
            LocalDate last,
            @Nullable LocalDate joined,
            Collection<Leave> leaves) {
        if (last.isBefore(first)) {
            return new Presence(0, 0);
        }
        int days = calendar.between(first.minusDays(1), last);
        LocalDate there = joined == null || joined.isBefore(first) ? first : joined;
        if (there.isAfter(last)) {
            return new Presence(days, 0);
        }
        Set<LocalDate> away = new HashSet<>();
        for (Leave leave : leaves) {
            LocalDate from = leave.from().isBefore(there) ? there : leave.from();
            LocalDate until = leave.until().isAfter(last) ? last : leave.until();
            for (LocalDate day = from; !day.isAfter(until); day = day.plusDays(1)) {
                if (calendar.worksOn(day)) {
                    away.add(day);
                }
            }
        }
        return new Presence(days, calendar.between(there.minusDays(1), last) - away.size());
    }

    /** A number for the whole period, cut to the part on duty. */
    long part(long whole) {
        return days == 0 ? whole : Math.round((double) whole * duty / days);
    }

    /** What somebody would have come to on duty all the time; as it is where nothing can be said of it. */
    long whole(long part) {
        return duty == 0 ? part : Math.round((double) part * days / duty);
    }

    boolean atLeast(int percent) {
        return days == 0 || duty > 0 && duty * 100 >= days * percent;
    }
}
