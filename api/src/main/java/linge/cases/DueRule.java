package linge.cases;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import linge.bot.triage.Urgency;
import linge.clocks.WorkingTime;
import org.jspecify.annotations.Nullable;

/** How long a step may take, and where that is written. Local rules of the default 12345 profile. */
public enum DueRule {
    ACCEPTANCE("2 小时内受理", "12345 热线办理规则（默认）：受理 2 小时") {
        @Override
        Instant due(Instant start, WorkingTime time) {
            return time.plusServiceHours(start, Duration.ofHours(2));
        }
    },
    /** Emergencies wait for no office hours. */
    EMERGENCY_ACCEPTANCE("30 分钟内受理", "12345 热线办理规则（默认）：紧急事项 30 分钟内响应") {
        @Override
        Instant due(Instant start, WorkingTime time) {
            return start.plus(Duration.ofMinutes(30));
        }
    },
    EMERGENCY("2 小时内处置", "12345 热线办理规则（默认）：紧急事项 2 小时") {
        @Override
        Instant due(Instant start, WorkingTime time) {
            return start.plus(Duration.ofHours(2));
        }
    },
    UTILITIES("24 小时内办结", "12345 热线办理规则（默认）：供水供电供气供热等 24 小时") {
        @Override
        Instant due(Instant start, WorkingTime time) {
            return start.plus(Duration.ofHours(24));
        }
    },
    ORDINARY("5 个工作日内办结", "12345 热线办理规则（默认）：一般事项 5 个工作日") {
        @Override
        Instant due(Instant start, WorkingTime time) {
            return time.plusWorkingDays(start, 5);
        }

        @Override
        int mostExtension() {
            return 10;
        }
    },
    /** The law counts days, not working days. */
    LEGAL_AID_EXAMINATION("7 日内审查", "法律援助法第四十三条：自收到申请之日起七日内审查决定") {
        @Override
        Instant due(Instant start, WorkingTime time) {
            return start.plus(Duration.ofDays(7));
        }
    },
    LEGAL_AID_ASSIGNMENT("3 日内指派", "法律援助法第四十三条：自决定之日起三日内指派法律援助人员") {
        @Override
        Instant due(Instant start, WorkingTime time) {
            return start.plus(Duration.ofDays(3));
        }
    },
    /** The limitation runs out within a week; how fast is a local rule. */
    LEGAL_AID_AT_ONCE("24 小时内先行提供", "法律援助法第四十四条：距时效或者期限届满不足七日，可以先行提供（默认 24 小时）") {
        @Override
        Instant due(Instant start, WorkingTime time) {
            return start.plus(Duration.ofHours(24));
        }
    };

    /** First-level categories whose trouble cannot wait for working days. */
    private static final Set<String> UTILITY = Set.of("UTILITIES");

    private final String label;
    private final String article;

    DueRule(String label, String article) {
        this.label = label;
        this.article = article;
    }

    /** A clock of 法律援助法: it stays with the matter until somebody is assigned. */
    boolean ofLegalAid() {
        return this == LEGAL_AID_EXAMINATION || this == LEGAL_AID_ASSIGNMENT || this == LEGAL_AID_AT_ONCE;
    }

    abstract Instant due(Instant start, WorkingTime time);

    /** How much longer it may take at most, all extensions together, in {@link #unit}; 0 where nobody may extend it. */
    int mostExtension() {
        return 0;
    }

    /** What extensions of this rule are counted in. */
    String unit() {
        return "个工作日";
    }

    /** A deadline put off by so many units. */
    Instant later(Instant due, int units, WorkingTime time) {
        return time.plusWorkingDays(due, units);
    }

    public String label() {
        return label;
    }

    /** The rule behind the deadline, shown beside it. */
    public String article() {
        return article;
    }

    /** @param running the clock that runs now, or null at filing: a matter of legal aid stays one */
    static DueRule forAccepting(@Nullable DueRule running, Urgency urgency) {
        if (running != null && running.ofLegalAid()) {
            return running;
        }
        return urgency == Urgency.EMERGENCY ? EMERGENCY_ACCEPTANCE : ACCEPTANCE;
    }

    static DueRule forHandling(@Nullable DueRule running, Urgency urgency, @Nullable String category) {
        if (running != null && running.ofLegalAid()) {
            return running == LEGAL_AID_AT_ONCE ? running : LEGAL_AID_ASSIGNMENT;
        }
        if (urgency == Urgency.EMERGENCY) {
            return EMERGENCY;
        }
        String first = category == null
                ? ""
                : category.contains(".") ? category.substring(0, category.indexOf('.')) : category;
        return urgency == Urgency.URGENT || UTILITY.contains(first) ? UTILITIES : ORDINARY;
    }
}
