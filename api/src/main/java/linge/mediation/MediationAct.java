package linge.mediation;

import static linge.mediation.MediationAct.Reach.APPLICANT;
import static linge.mediation.MediationAct.Reach.CLOCK;
import static linge.mediation.MediationAct.Reach.DESK;
import static linge.mediation.MediationAct.Reach.PARTY;
import static linge.mediation.MediationState.AGREED;
import static linge.mediation.MediationState.APPLIED;
import static linge.mediation.MediationState.CONSENT;
import static linge.mediation.MediationState.MEDIATING;
import static linge.mediation.MediationState.PAUSED;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Everything that can be done with a mediation: its name, in which states, by whom beside the desk, and whether words must be said. */
enum MediationAct {
    OPEN("登记", Set.of(), DESK, true),
    ACCEPT("受理", from(APPLIED), DESK, false),
    REFUSE("不予受理", from(APPLIED), DESK, true),
    ASSIGN("指派调解员", from(CONSENT, MEDIATING, PAUSED), DESK, false),
    /** 人民调解法第三条: nobody is mediated against their will. */
    SAY_WILL("记录意愿", from(CONSENT), PARTY, false),
    /** 人民调解法第二十三条: a party may ask for another mediator. */
    RECUSE("请换调解员", from(CONSENT, MEDIATING, PAUSED), PARTY, true),
    PLAN("约定调解时间", from(MEDIATING), DESK, false),
    RECORD("记录调解", from(MEDIATING), DESK, true),
    /** A month is what it takes as a rule (若干规定第三十三条); with everybody's word it may be more, as far as the rule goes. */
    EXTEND("延长期限", from(MEDIATING), DESK, true),
    /** 医疗纠纷预防和处理条例第三十八条: the time of an appraisal does not count. */
    PAUSE("暂停（鉴定）", from(MEDIATING), DESK, true),
    RESUME("恢复调解", from(PAUSED), DESK, true),
    AGREE("达成协议", from(MEDIATING), DESK, false),
    FAIL("调解不成", from(CONSENT, MEDIATING, PAUSED), DESK, true),
    WITHDRAW("撤回", from(APPLIED, CONSENT, MEDIATING, PAUSED), APPLICANT, true),
    CONFIRM_APPLY("已申请司法确认", from(AGREED), PARTY, false),
    CONFIRM_DECLINE("不申请司法确认", from(AGREED), PARTY, false),
    CONFIRM_RESULT("登记法院裁定", from(AGREED), DESK, false),
    PERFORM("回访履行", from(AGREED), DESK, false),
    CLOSE("归档", from(AGREED), DESK, false),
    NOTE("记录", from(APPLIED, CONSENT, MEDIATING, PAUSED, AGREED), DESK, true),
    REMIND("提醒", from(APPLIED, CONSENT, MEDIATING, PAUSED, AGREED), CLOCK, false),
    CONFIRM_LAPSE("司法确认期限已过", from(AGREED), CLOCK, false);

    /** Who may, beside the desk: it acts for a party who came or called. */
    enum Reach {
        DESK,
        APPLICANT,
        PARTY,
        CLOCK
    }

    private final String label;
    private final Set<MediationState> from;
    private final Reach reach;
    private final boolean needsWords;

    MediationAct(String label, Set<MediationState> from, Reach reach, boolean needsWords) {
        this.label = label;
        this.from = from;
        this.reach = reach;
        this.needsWords = needsWords;
    }

    private static Set<MediationState> from(MediationState first, MediationState... more) {
        return EnumSet.copyOf(
                Stream.concat(Stream.of(first), List.of(more).stream()).toList());
    }

    String label() {
        return label;
    }

    Set<MediationState> from() {
        return from;
    }

    Reach reach() {
        return reach;
    }

    boolean needsWords() {
        return needsWords;
    }
}
