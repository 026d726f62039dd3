package linge.clocks;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.Year;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Working days by the State Council's yearly notices: holidays, and the weekends worked for them (调休). Knows the years whose
 * notice was imported and refuses to guess beyond: {@link CalendarUnknown}. Counting over any span costs a look-up per year.
 */
public final class ServiceCalendar {

    /**
     * Days off by the regulation itself (全国年节及纪念日放假办法), whatever a notice adds; those that follow the moon are not among
     * them.
     */
    private static final Set<MonthDay> ALWAYS_OFF = Set.of(
            MonthDay.of(1, 1),
            MonthDay.of(5, 1),
            MonthDay.of(5, 2),
            MonthDay.of(10, 1),
            MonthDay.of(10, 2),
            MonthDay.of(10, 3));

    /** A day that is not as its weekday says. */
    public record Day(LocalDate date, boolean works, String name) {}

    private final Map<Integer, Counted> years;
    private final NavigableMap<LocalDate, Day> days;
    private final boolean guesses;

    private ServiceCalendar(Map<Integer, Counted> years, NavigableMap<LocalDate, Day> days, boolean guesses) {
        this.years = years;
        this.days = days;
        this.guesses = guesses;
    }

    /**
     * A calendar of some years.
     *
     * @param known years whose notice was imported; a notice may speak of days in the December before
     */
    public static ServiceCalendar of(Set<Integer> known, Collection<Day> exceptions) {
        TreeMap<LocalDate, Day> days = new TreeMap<>();
        exceptions.forEach(day -> days.put(day.date(), day));
        Map<Integer, Counted> years = new HashMap<>();
        known.forEach(year -> years.put(year, Counted.of(year, days)));
        return new ServiceCalendar(years, days, false);
    }

    /** The years shipped beside this class. */
    public static ServiceCalendar shipped() {
        return CalendarFile.shipped().calendar();
    }

    /**
     * The same, but where no notice is known Monday to Friday are working days, less the days off by the regulation itself: for
     * deadlines that are shown as provisional until the notice is imported.
     */
    public ServiceCalendar orWeekdays() {
        return new ServiceCalendar(years, days, true);
    }

    public NavigableSet<Integer> years() {
        return new TreeSet<>(years.keySet());
    }

    public boolean knows(int year) {
        return years.containsKey(year);
    }

    /** The first year between two that is not known, or null. */
    @Nullable
    Integer firstUnknown(int from, int to) {
        for (int year = from; year <= to; year++) {
            if (!knows(year)) {
                return year;
            }
        }
        return null;
    }

    /** What the notices say of a year, day by day. */
    List<Day> days(int year) {
        return List.copyOf(days.subMap(LocalDate.of(year, 1, 1), true, LocalDate.of(year, 12, 31), true)
                .values());
    }

    /**
     * Whether a day is worked.
     *
     * @throws CalendarUnknown as do all that follow
     */
    public boolean worksOn(LocalDate day) {
        Counted year = year(day.getYear());
        return year.upTo(day) > year.before(day);
    }

    /** The working day that comes so many working days after a day, which itself does not count. */
    public LocalDate plus(LocalDate day, int workingDays) {
        if (workingDays < 1) {
            throw new IllegalArgumentException("working days are counted from one: " + workingDays);
        }
        int year = day.getYear();
        Counted counted = year(year);
        int nth = counted.upTo(day) + workingDays;
        while (nth > counted.total()) {
            nth -= counted.total();
            counted = year(++year);
        }
        return counted.nth(year, nth);
    }

    /** The day itself if it is a working day, else the next one. */
    public LocalDate atOrAfter(LocalDate day) {
        return worksOn(day) ? day : plus(day, 1);
    }

    /** The day itself if it is a working day, else the last one before. */
    public LocalDate atOrBefore(LocalDate day) {
        int year = day.getYear();
        Counted counted = year(year);
        int nth = counted.upTo(day);
        while (nth == 0) {
            counted = year(--year);
            nth = counted.total();
        }
        return counted.nth(year, nth);
    }

    /** How many working days come after one day up to and with another. */
    public int between(LocalDate after, LocalDate upTo) {
        int count = -year(after.getYear()).upTo(after);
        for (int year = after.getYear(); year < upTo.getYear(); year++) {
            count += year(year).total();
        }
        return count + year(upTo.getYear()).upTo(upTo);
    }

    private Counted year(int year) {
        Counted known = years.get(year);
        if (known != null) {
            return known;
        }
        if (!guesses || year < Year.MIN_VALUE + 1 || Math.abs(year - 2000) > 1000) {
            throw new CalendarUnknown(year);
        }
        return Counted.ofWeekdays(year);
    }

    /** A year with its working days counted. */
    private static final class Counted {
        private final short[] upTo;
        private final short[] days;
        private final int total;

        private Counted(short[] upTo, short[] days, int total) {
            this.upTo = upTo;
            this.days = days;
            this.total = total;
        }

        static Counted of(int year, Map<LocalDate, Day> exceptions) {
            return count(year, date -> {
                Day known = exceptions.get(date);
                return known == null ? isWeekday(date) : known.works();
            });
        }

        static Counted ofWeekdays(int year) {
            return count(year, date -> isWeekday(date) && !ALWAYS_OFF.contains(MonthDay.from(date)));
        }

        private static Counted count(int year, java.util.function.Predicate<LocalDate> works) {
            int length = Year.of(year).length();
            short[] upTo = new short[length + 1];
            short[] days = new short[length + 1];
            int count = 0;
            for (int day = 1; day <= length; day++) {
                if (works.test(LocalDate.ofYearDay(year, day))) {
                    days[++count] = (short) day;
                }
                upTo[day] = (short) count;
            }
            return new Counted(upTo, days, count);
        }

        private static boolean isWeekday(LocalDate date) {
            return date.getDayOfWeek() != DayOfWeek.SATURDAY && date.getDayOfWeek() != DayOfWeek.SUNDAY;
        }

        int total() {
            return total;
        }

        int upTo(LocalDate day) {
            return upTo[day.getDayOfYear()];
        }

        int before(LocalDate day) {
            return upTo[day.getDayOfYear() - 1];
        }

        LocalDate nth(int year, int nth) {
            return LocalDate.ofYearDay(year, days[nth]);
        }
    }
}
