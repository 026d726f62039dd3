package linge.clocks;

import org.jspecify.annotations.Nullable;

/**
 * How long something may take, by which article. A row, editable for each area; every change is another version.
 *
 * @param profile whose service hours count, e.g. {@code 12345}
 * @param code the same in every area, e.g. {@code ORDINARY}
 * @param label e.g. 5 个工作日内办结
 * @param article the rule behind the deadline, shown beside it
 * @param countsFrom from when it counts, in words
 * @param amount in units, at least 1
 * @param dayEnd whether it ends with the last day (and for days and months with the next working day, 民法典 203), or at the
 *     same time of day
 * @param pauses whether it stands still while the matter is suspended
 * @param maxExtension by how much it may be extended at most, in units (months: in days); 0 for never
 * @param yellow how long before the deadline the yellow card comes: minutes for what lies within the day, else days; 0 for never
 */
public record ClockRule(
        long id,
        String profile,
        String code,
        String label,
        String article,
        String countsFrom,
        int amount,
        ClockUnit unit,
        boolean dayEnd,
        boolean pauses,
        int maxExtension,
        int yellow) {

    /** Why these numbers make no rule; null when they do. */
    @Nullable
    String fault() {
        long length = unit.ofTheDay()
                ? (long) amount * unit.seconds() / 60
                : unit == ClockUnit.MONTHS ? amount * 28L : amount;
        if (yellow >= length) {
            return "黄牌要比期限短：到期前 " + yellow + " " + unit.yellowLabel() + "已经不短于 " + amount + " " + unit.label() + "。";
        }
        if (dayEnd && unit.ofTheDay()) {
            return "按分钟、小时计算的期限不能算到当日结束。";
        }
        return null;
    }
}
