package linge.clocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CalendarTest {

    private static final String HEAD = "year,first,last,kind,name,notice\n";
    private static final String WHOLE = HEAD + """
            2027,2027-01-01,2027-01-03,off,元旦,国办发明电〔2026〕8号
            2027,2027-05-01,2027-05-05,off,劳动节,国办发明电〔2026〕8号
            2027,2027-10-01,2027-10-07,off,国庆节,国办发明电〔2026〕8号
            """;

    private final ServiceCalendar calendar = ServiceCalendar.shipped();

    @Test
    void the_shipped_years_have_as_many_days_off_and_worked_weekends_as_their_notices() {
        assertEquals(Set.of(2024, 2025, 2026), new TreeSet<>(calendar.years()));
        assertEquals("28 off, 8 worked", told(2024));
        assertEquals("28 off, 5 worked", told(2025));
        assertEquals("33 off, 6 worked", told(2026));
    }

    private String told(int year) {
        List<ServiceCalendar.Day> days = calendar.days(year);
        long worked = days.stream().filter(ServiceCalendar.Day::works).count();
        return (days.size() - worked) + " off, " + worked + " worked";
    }

    @Test
    void a_year_without_a_notice_is_not_guessed() {
        CalendarUnknown unknown =
                assertThrows(CalendarUnknown.class, () -> calendar.plus(LocalDate.of(2026, 12, 31), 1));
        assertEquals(2027, unknown.year());
        assertEquals("2027 年的节假日安排还没有导入，不能推算工作日；请管理员导入国务院办公厅的通知。", unknown.getMessage());
        assertThrows(CalendarUnknown.class, () -> calendar.worksOn(LocalDate.of(2023, 6, 1)));
        assertThrows(
                CalendarUnknown.class, () -> calendar.between(LocalDate.of(2026, 12, 1), LocalDate.of(2028, 1, 2)));
    }

    @Test
    void who_must_go_on_counts_weekdays_less_the_days_that_are_off_by_law() {
        ServiceCalendar guessing = calendar.orWeekdays();
        assertFalse(guessing.worksOn(LocalDate.of(2027, 1, 1)));
        assertTrue(guessing.worksOn(LocalDate.of(2027, 1, 4)));
        assertFalse(guessing.worksOn(LocalDate.of(2027, 10, 1)));
        assertFalse(guessing.worksOn(LocalDate.of(2027, 1, 2)), "a Saturday");
        assertEquals(LocalDate.of(2026, 12, 31), guessing.atOrBefore(LocalDate.of(2027, 1, 3)));
    }

    @Test
    void a_notice_may_speak_of_days_in_the_december_before() {
        CalendarFile file = CalendarFile.read(HEAD + """
                2023,2022-12-31,2023-01-02,off,元旦,国办发明电〔2022〕16号
                2023,2023-04-29,2023-05-03,off,劳动节,国办发明电〔2022〕16号
                2023,2023-09-29,2023-10-06,off,中秋节、国庆节,国办发明电〔2022〕16号
                """);
        assertEquals(List.of(), file.faults());
        assertFalse(file.calendar().worksOn(LocalDate.of(2023, 1, 2)));
    }

    @Test
    void a_file_with_chinese_headings_from_a_spreadsheet_is_read() {
        CalendarFile file = CalendarFile.read("\uFEFF年份,开始,结束,安排,节日,文号\r\n"
                + "2027,2027/01/01,,放假,元旦,国办\r\n2027,2027-01-09,2027-01-09,上班,元旦,国办\r\n"
                + "2027,2027-05-01,2027-05-05,休,劳动节,国办\r\n2027,2027-10-01,2027-10-07,放假,国庆节,国办\r\n");
        assertEquals(List.of(), file.faults());
        assertTrue(file.calendar().worksOn(LocalDate.of(2027, 1, 9)));
        assertFalse(file.calendar().worksOn(LocalDate.of(2027, 1, 1)));
    }

    @Test
    void every_fault_says_its_line_and_what_to_do() {
        assertEquals(
                List.of(
                        "2 “结束”要写成 2027-01-01 这样，现在是“2027-13-01”。",
                        "3 “安排”要写 off（放假）或 work（上班），现在是“maybe”。",
                        "4 结束（2027-04-01）早于开始（2027-04-03）。",
                        "5 2027-06-08 本来就是周一到周五，不用写成上班；请核对日期。",
                        "6 2026-11-30 到 2026-11-30 不在 2027 年的通知里。"),
                faults("""
                        2027,2027-01-01,2027-13-01,off,元旦,号
                        2027,2027-02-06,2027-02-06,maybe,春节,号
                        2027,2027-04-03,2027-04-01,off,清明节,号
                        2027,2027-06-08,2027-06-08,work,端午节,号
                        2027,2026-11-30,2026-11-30,off,元旦,号
                        """));
    }

    @Test
    void half_a_notice_and_a_day_said_twice_are_found() {
        assertEquals(
                List.of("0 2027 年缺 国庆节 10 月 1 日：不像一份完整的通知，请补全。"),
                CalendarFile.read(WHOLE.lines()
                                .filter(line -> !line.contains("国庆"))
                                .reduce("", (all, line) -> all + line + "\n"))
                        .faults()
                        .stream()
                        .map(one -> one.line() + " " + one.words())
                        .toList());
        assertEquals(
                List.of("5 2027-05-05 出现了两次。"),
                CalendarFile.read(WHOLE + "2027,2027-05-05,2027-05-05,off,劳动节,国办发明电〔2026〕8号\n").faults().stream()
                        .map(one -> one.line() + " " + one.words())
                        .toList());
    }

    @Test
    void what_is_no_table_is_told_so() {
        assertEquals(1, CalendarFile.read("").faults().size());
        assertEquals(1, CalendarFile.read("假期很多").faults().size());
        assertFalse(CalendarFile.read("\"never ends").faults().isEmpty());
        assertEquals(
                50, CalendarFile.read(HEAD + "x,y,z\n".repeat(500)).faults().size());
    }

    private static List<String> faults(String lines) {
        return CalendarFile.read(HEAD + lines).faults().stream()
                .map(one -> one.line() + " " + one.words())
                .toList();
    }
}
