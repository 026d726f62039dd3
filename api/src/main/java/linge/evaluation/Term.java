package linge.evaluation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** A period of evaluation: a quarter, or a year for {@code quarter} 0. Days are those of the city. */
record Term(int year, int quarter) {

    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final Pattern CODE = Pattern.compile("(20\\d\\d)(?:Q([1-4]))?");

    /** The quarter of a moment. */
    static Term quarterOf(Instant at) {
        LocalDate day = LocalDate.ofInstant(at, ZONE);
        return new Term(day.getYear(), (day.getMonthValue() + 2) / 3);
    }

    /** Reads {@code 2026Q4} or {@code 2026}; nothing is the quarter of now. @throws Refusal {@code BAD_INPUT} for anything else */
    static Term of(@Nullable String code, Instant now) {
        if (code == null) {
            return quarterOf(now);
        }
        Matcher parts = CODE.matcher(code);
        if (!parts.matches()) {
            throw Refusal.badInput("/period", "考核周期应写成 2026Q4（季度）或 2026（年度）。");
        }
        return new Term(
                Integer.parseInt(parts.group(1)), parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2)));
    }

    boolean isYear() {
        return quarter == 0;
    }

    String code() {
        return isYear() ? String.valueOf(year) : year + "Q" + quarter;
    }

    String label() {
        return isYear() ? year + " 年度" : year + " 年第" + "一二三四".charAt(quarter - 1) + "季度";
    }

    LocalDate first() {
        return LocalDate.of(year, isYear() ? 1 : 3 * quarter - 2, 1);
    }

    LocalDate last() {
        return (isYear() ? first().plusYears(1) : first().plusMonths(3)).minusDays(1);
    }

    Instant from() {
        return first().atStartOfDay(ZONE).toInstant();
    }

    /** The first moment after it. */
    Instant to() {
        return last().plusDays(1).atStartOfDay(ZONE).toInstant();
    }

    boolean begun(Instant now) {
        return !now.isBefore(from());
    }

    boolean over(Instant now) {
        return !now.isBefore(to());
    }

    /** Its end, or now: what has not happened yet is not counted. */
    Instant until(Instant now) {
        return over(now) ? to() : begun(now) ? now : from();
    }

    /** The four quarters of a year, in order. */
    List<Term> quarters() {
        List<Term> all = new ArrayList<>(4);
        for (int nth = 1; nth <= 4; nth++) {
            all.add(new Term(year, nth));
        }
        return all;
    }
}
