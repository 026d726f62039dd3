package linge.whistle;

import java.util.List;
import java.util.stream.Collectors;
import linge.shared.Caller;
import linge.shared.Names;
import org.jspecify.annotations.Nullable;

/**
 * What a whistle writes into the history of its case. The resident reads it too: it says who was called, came and concluded what,
 * and neither why the centre thinks so nor who stood where.
 */
final class CaseWords {

    /** As many as a case's words may be. */
    private static final int MOST = 2000;

    private final Names names;

    CaseWords(Names names) {
        this.names = names;
    }

    String blown(Whistle blown) {
        String called = blown.calls().stream()
                .map(call -> office(blown, call.department()) + (call.lead() ? "（牵头）" : ""))
                .collect(Collectors.joining("、"));
        Whistle.Facts facts = blown.facts();
        return names.office(facts.centre(), null) + "请" + called + "一起到现场处理，"
                + facts.rule().label() + "。";
    }

    String reportedIn(Caller.Staff who, List<String> people, @Nullable String words) {
        String came = names.office(who.area(), who.department()) + "到场签到，来了 " + people.size() + " 人。";
        return shortened(words == null ? came : came + words);
    }

    String concluded(Whistle closed) {
        Whistle.Closing closing = closed.now().closing();
        Whistle.Conclusion conclusion = closed.now().conclusion();
        String words = closing == null ? null : closing.words();
        if (closing == null || closing.calledOff() || conclusion == null) {
            return shortened("取消吹哨：" + words);
        }
        String signed = closed.calls().stream()
                .map(call -> office(closed, call.department()) + said(call))
                .collect(Collectors.joining("，"));
        String tail = "（" + signed + "）" + (words == null ? "" : "\n" + words);
        String head = "联合处置结论：" + conclusion.words();
        return head.length() + tail.length() <= MOST
                ? head + tail
                : head.substring(0, Math.max(0, MOST - tail.length() - 1)) + "…" + tail;
    }

    private static String said(Call call) {
        Call.Opinion opinion = call.opinion();
        if (call.lead()) {
            return "牵头";
        }
        return opinion == null ? "未参加" : opinion.agreed() ? "会签同意" : "有不同意见，已记录";
    }

    private String office(Whistle whistle, String department) {
        return names.office(whistle.facts().county(), department);
    }

    private static String shortened(String words) {
        return words.length() <= MOST ? words : words.substring(0, MOST - 1) + "…";
    }
}
