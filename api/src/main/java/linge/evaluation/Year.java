package linge.evaluation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A year from its quarters: the mean of what somebody would have come to in each. A quarter somebody was not ranked in, as they were
 * new or long on leave, is left out or counts nothing, as the book says; the lines add up to the score.
 */
final class Year {

    /** One quarter is a bad guess at a year. */
    private static final int LEAST_QUARTERS = 2;

    private Year() {}

    /** A person's year with the line of each quarter. */
    record Made(Standing standing, List<Tally.Line> lines) {}

    /** @param quarters those that have begun, in order, each with everybody's standing */
    static List<Made> of(Map<Term, List<Standing>> quarters, Book.Missing missing, Instant now) {
        Map<UUID, Map<Term, Standing>> people = new LinkedHashMap<>();
        quarters.forEach((term, standings) ->
                standings.forEach(one -> people.computeIfAbsent(one.who().id(), id -> new LinkedHashMap<>())
                        .put(term, one)));
        List<Made> years = new ArrayList<>();
        people.values().forEach(own -> years.add(person(own, quarters.size(), missing, now)));
        return years;
    }

    private static Made person(Map<Term, Standing> own, int quarters, Book.Missing missing, Instant now) {
        Standing last = List.copyOf(own.values()).get(own.size() - 1);
        List<Map.Entry<Term, Standing>> counted = own.entrySet().stream()
                .filter(one -> one.getValue().unranked() == null)
                .toList();
        int by = missing == Book.Missing.ZERO ? quarters : counted.size();
        List<Tally.Line> lines = new ArrayList<>();
        long sum = 0;
        long points = 0;
        for (Map.Entry<Term, Standing> one : counted) {
            long compared = one.getValue().compared();
            sum += compared;
            // What rounding leaves goes to the line that comes next, so that the lines add up to the mean.
            long share = Math.floorDiv(sum, by) - points;
            points += share;
            Term term = one.getKey();
            Instant at = term.until(now);
            lines.add(new Tally.Line(
                    new Deed(
                            Counted.QUARTER,
                            at,
                            Deed.Evidence.QUARTER,
                            term.code(),
                            null,
                            1,
                            term.label() + "折算得分 " + Points.words(compared) + "，" + by + " 个季度平均"),
                    null,
                    compared,
                    share));
        }
        int days = 0;
        int duty = 0;
        for (Standing one : own.values()) {
            days += one.presence().days();
            duty += one.presence().duty();
        }
        Standing made = new Standing(last.who(), points, points, new Presence(days, duty), null);
        return new Made(ranked(made, counted.size(), quarters), lines);
    }

    /** The same with why it is not put in order, where it is not. @param counted in how many of the quarters somebody was ranked */
    static Standing ranked(Standing year, int counted, int quarters) {
        int least = Math.min(LEAST_QUARTERS, quarters);
        String unranked = !year.who().active()
                ? "账号已停用，不参加排名"
                : counted < least ? "只有 " + counted + " 个季度参加了排名，不足 " + least + " 个，不参加年度排名" : null;
        return new Standing(year.who(), year.points(), year.compared(), year.presence(), unranked);
    }
}
