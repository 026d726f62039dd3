package linge.clocks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import linge.shared.Words;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Notices of the State Council as a CSV file: {@code year,first,last,kind,name,notice}, a line a holiday or a worked weekend; English
 * or Chinese headings, lines with # are remarks. Says of every fault in which line it is.
 *
 * @param notices by year; empty when there are faults
 */
record CalendarFile(Map<Integer, Notice> notices, List<Fault> faults) {

    private static final int MOST_LINES = 2000;
    private static final List<String> COLUMNS = List.of("year", "first", "last", "kind", "name", "notice");
    private static final Map<String, String> HEADINGS =
            Map.of("年份", "year", "开始", "first", "结束", "last", "安排", "kind", "节日", "name", "文号", "notice");
    private static final Map<String, Boolean> KINDS =
            Map.of("off", false, "放假", false, "休", false, "work", true, "上班", true, "班", true);
    /** A year without these was not copied to its end. */
    private static final Map<MonthDay, String> SURE = Map.of(
            MonthDay.of(1, 1), "元旦 1 月 1 日", MonthDay.of(5, 1), "劳动节 5 月 1 日", MonthDay.of(10, 1), "国庆节 10 月 1 日");

    /** What one year's notice says. */
    record Notice(int year, String number, List<ServiceCalendar.Day> days) {}

    /** @param line from 1; 0 for the file as a whole */
    record Fault(int line, String words) {}

    static CalendarFile shipped() {
        try (InputStream in = Objects.requireNonNull(CalendarFile.class.getResourceAsStream("working-days.csv"))) {
            CalendarFile shipped = read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            if (!shipped.faults().isEmpty()) {
                throw new IllegalStateException("the shipped calendar: " + shipped.faults());
            }
            return shipped;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ServiceCalendar calendar() {
        return ServiceCalendar.of(
                notices.keySet(),
                notices.values().stream().flatMap(one -> one.days().stream()).toList());
    }

    static CalendarFile read(String csv) {
        Reading reading = new Reading();
        String text = Objects.requireNonNullElse(Words.of(csv), "");
        try (CSVParser lines = CSVParser.parse(
                text,
                CSVFormat.DEFAULT
                        .builder()
                        .setCommentMarker('#')
                        .setIgnoreEmptyLines(true)
                        .setTrim(true)
                        .get())) {
            for (CSVRecord line : lines) {
                if (reading.count++ > MOST_LINES) {
                    reading.fault(0, "文件太长，最多 " + MOST_LINES + " 行。");
                    break;
                }
                reading.take(line, (int) lines.getCurrentLineNumber());
            }
        } catch (IOException | UncheckedIOException | IllegalStateException unreadable) {
            reading.fault(0, "不是逗号分隔的表格（CSV），读不了。");
        }
        return reading.done();
    }

    /** One file as it is read. */
    private static final class Reading {
        private final List<Fault> faults = new ArrayList<>();
        private final Map<Integer, TreeMap<LocalDate, ServiceCalendar.Day>> days = new TreeMap<>();
        private final Map<Integer, String> numbers = new TreeMap<>();
        private @Nullable List<String> columns;
        private int count;

        void fault(int line, String words) {
            faults.add(new Fault(line, words));
        }

        void take(CSVRecord line, int at) {
            if (columns == null) {
                columns = headings(line, at);
                return;
            }
            if (columns.isEmpty()) {
                return;
            }
            Integer year = year(cell(line, "year"), at);
            LocalDate first = date(cell(line, "first"), at, "开始");
            String until = cell(line, "last");
            LocalDate last = until.isEmpty() ? first : date(until, at, "结束");
            Boolean works = KINDS.get(cell(line, "kind").toLowerCase(Locale.ROOT));
            if (works == null) {
                fault(at, "“安排”要写 off（放假）或 work（上班），现在是“" + cell(line, "kind") + "”。");
            }
            if (year == null || first == null || last == null || works == null) {
                return;
            }
            if (last.isBefore(first)) {
                fault(at, "结束（" + last + "）早于开始（" + first + "）。");
            } else if (first.isBefore(LocalDate.of(year - 1, 12, 1)) || last.getYear() > year) {
                fault(at, first + " 到 " + last + " 不在 " + year + " 年的通知里。");
            } else if (first.plusDays(31).isBefore(last)) {
                fault(at, "一次放假不会超过 31 天，请核对日期。");
            } else {
                number(year, cell(line, "notice"), at);
                for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
                    add(year, new ServiceCalendar.Day(day, works, cell(line, "name")), at);
                }
            }
        }

        private void number(int year, String number, int at) {
            String before = numbers.putIfAbsent(year, number);
            if (before != null && !number.equals(before)) {
                fault(at, year + " 年有两个文号：“" + before + "”和“" + number + "”。");
            }
            if (number.length() > 60) {
                fault(at, "文号太长，最多 60 个字。");
            }
        }

        private void add(int year, ServiceCalendar.Day day, int at) {
            boolean weekend = day.date().getDayOfWeek() == DayOfWeek.SATURDAY
                    || day.date().getDayOfWeek() == DayOfWeek.SUNDAY;
            if (day.works() && !weekend) {
                fault(at, day.date() + " 本来就是周一到周五，不用写成上班；请核对日期。");
            }
            if (day.name().isEmpty() || day.name().length() > 40) {
                fault(at, "请写明节日，最多 40 个字。");
            }
            if (days.computeIfAbsent(year, fresh -> new TreeMap<>()).put(day.date(), day) != null) {
                fault(at, day.date() + " 出现了两次。");
            }
        }

        private List<String> headings(CSVRecord line, int at) {
            List<String> found = new ArrayList<>();
            line.forEach(cell -> found.add(HEADINGS.getOrDefault(cell, cell.toLowerCase(Locale.ROOT))));
            List<String> missing =
                    COLUMNS.stream().filter(one -> !found.contains(one)).toList();
            if (!missing.isEmpty()) {
                fault(
                        at,
                        "第一行应是表头 " + String.join(",", COLUMNS) + "（或 年份,开始,结束,安排,节日,文号），缺少 " + String.join("、", missing)
                                + "。");
                return List.of();
            }
            return found;
        }

        private String cell(CSVRecord line, String column) {
            int at = Objects.requireNonNull(columns).indexOf(column);
            return at < line.size() ? line.get(at) : "";
        }

        private @Nullable Integer year(String text, int at) {
            if (text.matches("20\\d\\d")) {
                return Integer.valueOf(text);
            }
            fault(at, "年份要写成 2027 这样，现在是“" + text + "”。");
            return null;
        }

        private @Nullable LocalDate date(String text, int at, String what) {
            try {
                return LocalDate.parse(text.replace('/', '-'));
            } catch (DateTimeParseException malformed) {
                fault(at, "“" + what + "”要写成 2027-01-01 这样，现在是“" + text + "”。");
                return null;
            }
        }

        CalendarFile done() {
            if (faults.isEmpty() && days.isEmpty()) {
                fault(0, "文件里没有任何日期。");
            }
            days.forEach((year, known) -> SURE.forEach((day, what) -> {
                ServiceCalendar.Day there = known.get(day.atYear(year));
                if (faults.isEmpty() && (there == null || there.works())) {
                    fault(0, year + " 年缺 " + what + "：不像一份完整的通知，请补全。");
                }
            }));
            Map<Integer, Notice> notices = new TreeMap<>();
            if (faults.isEmpty()) {
                days.forEach((year, known) -> notices.put(
                        year, new Notice(year, numbers.getOrDefault(year, ""), List.copyOf(known.values()))));
            }
            return new CalendarFile(notices, List.copyOf(faults.subList(0, Math.min(50, faults.size()))));
        }
    }
}
