package linge.board;

import org.jspecify.annotations.Nullable;

/**
 * Every figure of the board: what it is called, in one sentence what it counts, and the same as conditions over rounds. All count
 * rounds (件次): a case is one from its filing until the resident is answered, and one more each time it is reopened.
 *
 * <p>Conditions speak of {@code r} (case_rounds), {@code m} (what was marked within the period) and of the half-open period from
 * {@code $1} up to, not including, {@code $2}, its end or now where the end is still to come. So a figure of days gone by never
 * changes afterwards.
 */
public enum Figure {
    FILED("新收", "期间内新提交的诉求。", "r.nth = 0 AND r.opened_at >= $1 AND r.opened_at < $2", null, true),
    COMPLETION(
            "办结率",
            "期间内在办的件次（期初未办结的旧存，加上期间内新收和要求重办的）中，到期末已向居民反馈结果的比例；不予受理和居民撤回的不计。",
            "r.opened_at < $2 AND (r.closed_at IS NULL OR r.closed_at >= $1)"
                    + " AND (r.closed_at IS NULL OR r.closed_at >= $2 OR r.outcome = 'ANSWERED')",
            "r.closed_at < $2",
            true),
    ON_TIME(
            "按时办结率",
            "期间内见分晓的件次（已反馈结果，或期限已过仍未反馈，取先发生的）中，在期限内反馈的比例；期限以当时有效的为准，" + "期间之前收到的也算，到期前不予受理或撤回的、没有期限的不计。",
            "r.due_at IS NOT NULL AND least(r.closed_at, r.due_at) >= $1 AND least(r.closed_at, r.due_at) < $2"
                    + " AND (r.closed_at IS NULL OR r.closed_at > r.due_at OR r.outcome = 'ANSWERED')",
            "r.closed_at <= r.due_at",
            true),
    ACCEPTED_ON_TIME(
            "按时受理率",
            "期间内见分晓的件次（已受理或答复不予受理，或受理期限已过仍未受理，取先发生的）中，在期限内受理的比例；期间之前收到的也算，到期前撤回的不计。",
            "r.accept_due IS NOT NULL AND least(r.accepted_at, r.accept_due) >= $1 AND least(r.accepted_at, r.accept_due) < $2"
                    + " AND (r.accepted_at IS NOT NULL OR r.closed_at IS NULL OR r.closed_at > r.accept_due)",
            "r.accepted_at <= r.accept_due",
            true),
    SATISFACTION(
            "满意率",
            "期间内居民表态的件次（评价打分，或没有打分就要求重办，取先发生的）中，打 4 分或 5 分的比例；没有表态的不计，期间之前收到的也算。",
            "r.verdict_at >= $1 AND r.verdict_at < $2",
            "r.satisfied",
            true),
    OVERDUE(
            "超期未结",
            "到期末还没有反馈结果的件次中，受理期限或办理期限已经过了的；不论什么时候收到。",
            "r.opened_at < $2 AND (r.closed_at IS NULL OR r.closed_at >= $2)",
            "(r.due_at < $2 OR r.accept_due < $2 AND (r.accepted_at IS NULL OR r.accepted_at >= $2))",
            false),
    RETURNED("退单", "期间内在办的件次中，期间内被承办部门退回过的；退几次都算一件次。", Figure.IN_HAND, "m.returned", false),
    REOPENED("重办", "期间内在办的件次中，因居民不满意在期间内重新办理的。", Figure.IN_HAND, "r.nth > 0 AND r.opened_at >= $1", false),
    SUPERVISED("督办", "期间内在办的件次中，期间内被督办员督办、或超过办理期限自动转督办的；督办几次都算一件次。", Figure.IN_HAND, "m.supervised", false);

    /** Which rounds of a figure somebody wants to see. */
    public enum Part {
        /** All it is counted among. */
        BASE,
        /** Those that meet it. */
        HIT,
        /** Those that do not. */
        MISS
    }

    /** Open at some moment of the period, whatever became of it. */
    private static final String IN_HAND = "r.opened_at < $2 AND (r.closed_at IS NULL OR r.closed_at >= $1)";

    private final String label;
    private final String definition;
    private final String base;
    private final @Nullable String hit;
    private final boolean moreIsBetter;

    Figure(String label, String definition, String base, @Nullable String hit, boolean moreIsBetter) {
        this.label = label;
        this.definition = definition;
        this.base = base;
        this.hit = hit;
        this.moreIsBetter = moreIsBetter;
    }

    public String label() {
        return label;
    }

    /** What it counts, in words that stand beside the figure. */
    public String definition() {
        return definition;
    }

    /** A share of something; otherwise a plain count. */
    public boolean isShare() {
        return hit != null;
    }

    boolean moreIsBetter() {
        return moreIsBetter;
    }

    /** The rounds it is counted among, or those of them that do or do not meet it, as a condition that is never null. */
    String condition(Part part) {
        return switch (part) {
            case BASE -> "(" + base + ") IS TRUE";
            case HIT -> "(" + base + ") IS TRUE AND (" + (hit == null ? "true" : hit) + ") IS TRUE";
            case MISS -> "(" + base + ") IS TRUE AND (" + (hit == null ? "true" : hit) + ") IS NOT TRUE";
        };
    }
}
