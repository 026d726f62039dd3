package linge.clocks;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import linge.shared.Refusal;

/**
 * When an office serves on a working day: one or several periods, and others in seasons such as summer. Pure.
 *
 * @param usual in order, without overlap
 * @param seasons other periods from one day of the year to another; the first that fits counts
 */
public record ServiceHours(List<Period> usual, List<Season> seasons) {

    /** All day long, without a break. */
    public static final ServiceHours USUAL = new ServiceHours(List.of(Period.of("08:00", "18:00")), List.of());

    private static final int MOST_PERIODS = 6;
    private static final int MOST_SEASONS = 4;

    /** Seconds of the day: from when, until when. */
    public record Period(int from, int to) {
        public static Period of(String from, String to) {
            return new Period(
                    LocalTime.parse(from).toSecondOfDay(), LocalTime.parse(to).toSecondOfDay());
        }

        int seconds() {
            return to - from;
        }
    }

    /** Both days belong to it; it may run over the end of the year. */
    public record Season(MonthDay first, MonthDay last, List<Period> periods) {
        boolean has(MonthDay day) {
            return first.compareTo(last) <= 0
                    ? first.compareTo(day) <= 0 && day.compareTo(last) <= 0
                    : first.compareTo(day) <= 0 || day.compareTo(last) <= 0;
        }
    }

    public List<Period> on(LocalDate day) {
        MonthDay at = MonthDay.from(day);
        for (Season season : seasons) {
            if (season.has(at)) {
                return season.periods();
            }
        }
        return usual;
    }

    /** How many seconds are served on a working day. */
    int secondsOn(LocalDate day) {
        return on(day).stream().mapToInt(Period::seconds).sum();
    }

    /** How many of them lie before a moment of the day. */
    int servedBefore(LocalDate day, int second) {
        int served = 0;
        for (Period period : on(day)) {
            served += Math.max(0, Math.min(second, period.to()) - period.from());
        }
        return served;
    }

    /** The second of the day at which so many have been served; at least one. */
    int servedAt(LocalDate day, int served) {
        int left = served;
        for (Period period : on(day)) {
            if (left <= period.seconds()) {
                return period.from() + left;
            }
            left -= period.seconds();
        }
        throw new IllegalArgumentException("nobody serves " + served + " seconds on " + day);
    }

    LocalTime opens(LocalDate day) {
        return LocalTime.ofSecondOfDay(on(day).get(0).from());
    }

    /** The last day, in the same year, up to which the hours stay those of this day. */
    LocalDate sameUntil(LocalDate day) {
        LocalDate until = LocalDate.of(day.getYear(), 12, 31);
        for (Season season : seasons) {
            LocalDate before = season.first().atYear(day.getYear()).minusDays(1);
            LocalDate last = season.last().atYear(day.getYear());
            if (!before.isBefore(day) && before.isBefore(until)) {
                until = before;
            }
            if (!last.isBefore(day) && last.isBefore(until)) {
                until = last;
            }
        }
        return until;
    }

    /** As {@link #of} reads it. */
    public JsonObject toJson() {
        JsonArray list = new JsonArray();
        seasons.forEach(season -> list.add(new JsonObject()
                .put("first", shown(season.first()))
                .put("last", shown(season.last()))
                .put("periods", shown(season.periods()))));
        return new JsonObject().put("usual", shown(usual)).put("seasons", list);
    }

    /**
     * Reads {@code {"usual": [{"from": "08:00", "to": "12:00"}, …], "seasons": [{"first": "06-01", "last": "08-31", "periods":
     * […]}]}}; refuses what no office can mean.
     */
    public static ServiceHours of(JsonObject json) {
        List<Season> seasons = new ArrayList<>();
        JsonArray given = json.getJsonArray("seasons", new JsonArray());
        if (given.size() > MOST_SEASONS) {
            throw Refusal.notSensible("/hours/seasons", "最多设 " + MOST_SEASONS + " 个季节时间。");
        }
        for (int i = 0; i < given.size(); i++) {
            JsonObject one = given.getJsonObject(i);
            String at = "/hours/seasons/" + i;
            seasons.add(new Season(
                    day(one.getString("first"), at + "/first"),
                    day(one.getString("last"), at + "/last"),
                    periods(one.getJsonArray("periods"), at + "/periods")));
        }
        return new ServiceHours(periods(json.getJsonArray("usual"), "/hours/usual"), List.copyOf(seasons));
    }

    private static List<Period> periods(JsonArray given, String at) {
        if (given.isEmpty() || given.size() > MOST_PERIODS) {
            throw Refusal.notSensible(at, "每天要有 1 到 " + MOST_PERIODS + " 个服务时段。");
        }
        List<Period> periods = new ArrayList<>();
        int end = 0;
        for (int i = 0; i < given.size(); i++) {
            JsonObject one = given.getJsonObject(i);
            int from = second(one.getString("from"), at + "/" + i + "/from");
            int to = second(one.getString("to"), at + "/" + i + "/to");
            if (to <= from) {
                throw Refusal.notSensible(at + "/" + i + "/to", "每个时段的结束要晚于开始。");
            }
            if (i > 0 && from < end) {
                throw Refusal.notSensible(at + "/" + i + "/from", "时段要按先后排列，不能重叠。");
            }
            periods.add(new Period(from, to));
            end = to;
        }
        return List.copyOf(periods);
    }

    private static int second(String text, String at) {
        try {
            return LocalTime.parse(text).toSecondOfDay();
        } catch (DateTimeParseException malformed) {
            throw Refusal.notSensible(at, "时间要写成 08:30 这样。");
        }
    }

    private static MonthDay day(String text, String at) {
        try {
            MonthDay day = MonthDay.parse("--" + text);
            if (day.equals(MonthDay.of(2, 29))) {
                throw Refusal.notSensible(at, "请用 02-28 或 03-01，不是每年都有 02-29。");
            }
            return day;
        } catch (DateTimeParseException malformed) {
            throw Refusal.notSensible(at, "日期要写成 06-01 这样。");
        }
    }

    private static String shown(MonthDay day) {
        return day.toString().substring(2);
    }

    private static JsonArray shown(List<Period> periods) {
        JsonArray list = new JsonArray();
        periods.forEach(period -> list.add(new JsonObject()
                .put("from", LocalTime.ofSecondOfDay(period.from()).toString())
                .put("to", LocalTime.ofSecondOfDay(period.to()).toString())));
        return list;
    }
}
