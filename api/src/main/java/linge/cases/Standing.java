package linge.cases;

import java.time.Instant;
import linge.bot.triage.Urgency;
import linge.shared.AreaLevel;
import org.jspecify.annotations.Nullable;

/**
 * What stands against a move although the person and the state are right: each in one sentence that says what to do instead.
 * Pages ask before they offer a move, the case asks before it makes one.
 */
final class Standing {

    /** 信访工作条例 23: objection to a wrong transfer. */
    static final int OBJECTION_DAYS = 5;
    /** Who is less content than this is visited before the case rests. */
    private static final int CONTENT = 3;

    private Standing() {}

    static @Nullable String against(Move move, Case c, Actor actor, Instant at, Rules rules) {
        Case.Now now = c.now();
        if (now.mergedInto() != null && actor instanceof Actor.Staff && !movesThoughMerged(move)) {
            return "这件诉求已并入主案，请在主案上操作。";
        }
        if (now.listed() && closes(move)) {
            return "这件诉求正在挂牌督办，摘牌之前不能“" + move.label() + "”。";
        }
        return switch (move) {
            case ACCEPT ->
                now.state() == CaseState.DISPATCHED && now.transferredFrom() == null
                        ? "已经受理并分流的诉求不必再受理，可以直接开始处置。"
                        : null;
            case DISPATCH -> now.settled() ? "上级中心已经裁定归属，不再改派。" : now.disputed() ? "这件诉求已被退回两次，要由上级中心裁定归属。" : null;
            case RETURN -> returning(now, at, rules);
            case TRANSFER -> now.settled() ? "上级中心已经裁定归属，不再移交。" : now.disputed() ? "这件诉求已被退回两次，要由上级中心裁定归属。" : null;
            case ARBITRATE -> now.settled() ? "上级中心已经裁定过归属。" : now.returns() == 0 ? "没有单位退回过这件诉求，直接分流就可以。" : null;
            case ESCALATE -> now.holder().onTop() ? "已经在市级中心，不能再上报。" : null;
            case ASK_EXTENSION -> asking(now, at);
            case GRANT_EXTENSION, REFUSE_EXTENSION -> now.extension() == null ? "没有等待答复的延期申请。" : null;
            case SUSPEND -> suspending(c);
            case LIST -> now.listed() ? "已经挂牌督办了。" : null;
            case UNLIST -> now.listed() ? null : "没有挂牌，不必摘牌。";
            case CONCLUDE -> now.assisting().isEmpty() ? "没有吹哨，也就没有会商结论。" : null;
            case MERGE -> now.mergedInto() == null ? null : "这件诉求已经并入别的诉求。";
            case SPLIT, FOLLOW -> now.mergedInto() == null ? "这件诉求没有并入别的诉求。" : null;
            case RATE -> now.rating() == null ? null : "您已经评价过了。";
            case RETURN_VISIT -> visiting(now, actor);
            case REOPEN ->
                actor instanceof Actor.Staff && now.visited() != Visit.DISSATISFIED ? "居民没有在回访中表示不满意，不能由工作人员重办。" : null;
            case ARCHIVE -> actor instanceof Actor.Staff ? archiving(now) : null;
            case CLIMB, CAUTION, WARN -> now.due() == null ? "没有在走的时限。" : null;
            default -> null;
        };
    }

    private static @Nullable String returning(Case.Now now, Instant at, Rules rules) {
        if (now.settled()) {
            return "上级中心已经裁定归属，不能再退单。";
        }
        Instant sent = now.dispatchedAt();
        if (sent != null && at.isAfter(rules.time().plusWorkingDays(sent, OBJECTION_DAYS))) {
            return "分流已超过 " + OBJECTION_DAYS + " 个工作日，过了提出异议的期限（信访工作条例第二十三条），不能退单。";
        }
        boolean grid = now.holder().department() == null && now.holder().level() == AreaLevel.GRID;
        return grid && now.transferredFrom() == null ? "不是邻格移交来的诉求不能退回；不属于本网格的，请移交邻格或上报上级。" : null;
    }

    private static @Nullable String asking(Case.Now now, Instant at) {
        DueRule rule = now.rule();
        Instant due = now.due();
        if (rule == null || due == null) {
            return "没有在走的时限，不用延期。";
        }
        if (now.extension() != null) {
            return "已经有一个延期申请在等答复。";
        }
        if (!due.isAfter(at)) {
            return "时限已过，不能再申请延期。";
        }
        if (rule.mostExtension() == 0) {
            return "“" + rule.label() + "”不能延期。";
        }
        return rule.mostExtension() <= now.extendedDays()
                ? "已经延满 " + rule.mostExtension() + " " + rule.unit() + "，不能再延。"
                : null;
    }

    private static @Nullable String suspending(Case c) {
        DueRule rule = c.now().rule();
        if (c.now().state() == CaseState.SUBMITTED && (rule == null || !rule.ofLegalAid())) {
            return "还没有受理，不能挂起；请先受理，或说明不予受理的原因。";
        }
        return c.facts().urgency() == Urgency.EMERGENCY ? "紧急事项不能挂起。" : null;
    }

    private static @Nullable String visiting(Case.Now now, Actor actor) {
        Case.Resolution resolution = now.resolution();
        boolean own = actor instanceof Actor.Staff staff
                && resolution != null
                && staff.who().id().equals(resolution.by());
        return own ? "回访要由没有经办这件诉求的人来做。" : null;
    }

    private static @Nullable String archiving(Case.Now now) {
        Case.Rating rating = now.rating();
        boolean discontent = rating != null && rating.score() < CONTENT && now.visited() != Visit.SATISFIED;
        if (now.visited() == Visit.DISSATISFIED || discontent) {
            return "居民不满意，回访满意之前不能归档。";
        }
        boolean heard = rating != null || now.confirmed() || now.visited() == Visit.SATISFIED;
        return heard ? null : "居民还没有评价、确认，也没有回访满意，不能提前归档。";
    }

    /** What would end it for the resident. */
    private static boolean closes(Move move) {
        return switch (move) {
            case DECLINE, WITHDRAW, REPORT_BACK, ARCHIVE -> true;
            default -> false;
        };
    }

    /** What stays with the case itself, whatever carries it. */
    private static boolean movesThoughMerged(Move move) {
        return switch (move) {
            case NOTE, MERGE, SPLIT, REPORT_IN, CONCLUDE, RETURN_VISIT, REOPEN, ARCHIVE -> true;
            default -> false;
        };
    }
}
