package linge.mediation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something the clock says once about a mediation.
 *
 * @param key the same thing said again has the same key
 * @param toParties whether the parties hear it; the desk always does
 */
record Reminder(String key, Instant at, What what, String words, boolean toParties) {

    enum What {
        /** A deadline is near, or has passed. */
        DEADLINE,
        /** The court can still be asked. */
        CONFIRMATION,
        LAPSE,
        /** A promise is due soon, or was due. */
        PROMISE
    }

    /** Days before the court can be asked no more. */
    static final List<Integer> CONFIRM_BEFORE = List.of(10, 3);

    /** The rule by which it is said whether a dispute is taken: three working days leave no three days of warning. */
    static final String ACCEPTANCE = "MEDIATION_ACCEPTANCE";

    /** The rule by which an appraisal is waited for. */
    static final String APPRAISAL = "MEDIATION_APPRAISAL";

    private static final int NEAR_DAYS = 3;
    private static final LocalTime MORNING = LocalTime.of(9, 0);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("M月d日", Locale.CHINA);

    /** All that is still to be said, as it stands now, the first first. */
    static List<Reminder> of(Mediation mediation) {
        List<Reminder> all = new ArrayList<>();
        Mediation.Now now = mediation.now();
        Instant due = now.due();
        String rule = now.dueRule();
        if (now.state().running() && due != null && rule != null) {
            LocalDate last = lastDay(due);
            all.add(new Reminder(
                    "near:" + rule + ":" + last,
                    at(last.minusDays(rule.equals(ACCEPTANCE) ? 1 : NEAR_DAYS)),
                    What.DEADLINE,
                    (rule.equals(APPRAISAL) ? "鉴定期限快到了，最后一天是 " : "期限快到了，最后一天是 ") + DAY.format(last),
                    false));
            all.add(new Reminder(
                    "past:" + rule + ":" + last,
                    due,
                    What.DEADLINE,
                    rule.equals(APPRAISAL) ? "鉴定期限已过，请问明结果，恢复调解" : "期限已过",
                    false));
        }
        Instant confirmBy = now.confirmBy();
        if (now.state() == MediationState.AGREED && now.confirmation() == Confirmation.OPEN && confirmBy != null) {
            LocalDate last = lastDay(confirmBy);
            for (int days : CONFIRM_BEFORE) {
                all.add(new Reminder(
                        "court:" + days,
                        at(last.minusDays(days)),
                        What.CONFIRMATION,
                        "双方可以共同向法院申请司法确认，最后一天是 " + DAY.format(last) + "，还有 " + days + " 天",
                        true));
            }
            all.add(new Reminder("court:past", confirmBy, What.LAPSE, "申请司法确认的三十日已过", true));
        }
        Agreement agreement = now.agreement();
        if (now.state() == MediationState.AGREED && agreement != null) {
            for (Agreement.Item item : agreement.items()) {
                LocalDate day = item.due();
                if (item.kept() == null && day != null) {
                    all.add(new Reminder(
                            "promise:" + item.no(),
                            at(day.minusDays(NEAR_DAYS)),
                            What.PROMISE,
                            "协议第 " + item.no() + " 项约定在 " + DAY.format(day) + "前履行",
                            true));
                    all.add(new Reminder(
                            "promise:" + item.no() + ":past",
                            at(day.plusDays(1)),
                            What.PROMISE,
                            "协议第 " + item.no() + " 项约定的日子已到，请回访履行情况",
                            false));
                }
            }
        }
        return all.stream()
                .filter(one -> !now.reminded().contains(one.key()))
                .sorted(Comparator.comparing(Reminder::at))
                .toList();
    }

    static @Nullable Instant wake(Mediation mediation) {
        return of(mediation).stream().findFirst().map(Reminder::at).orElse(null);
    }

    /** What is to be said by now. */
    static List<Reminder> due(Mediation mediation, Instant now) {
        return of(mediation).stream().filter(one -> !one.at().isAfter(now)).toList();
    }

    /** The last day of a deadline in words: 12月25日. */
    static String day(Instant due) {
        return DAY.format(lastDay(due));
    }

    /** Deadlines end with a day: midnight belongs to the day before. */
    private static LocalDate lastDay(Instant due) {
        return LocalDate.ofInstant(due.minusMillis(1), Mediation.ZONE);
    }

    private static Instant at(LocalDate day) {
        return day.atTime(MORNING).atZone(Mediation.ZONE).toInstant();
    }
}
