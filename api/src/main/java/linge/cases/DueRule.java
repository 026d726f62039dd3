package linge.cases;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import linge.bot.triage.Urgency;
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
    };

    /** First-level categories whose trouble cannot wait for working days. */
    private static final Set<String> UTILITY = Set.of("UTILITIES");

    private final String label;
    private final String article;

    DueRule(String label, String article) {
        this.label = label;
        this.article = article;
    }

    abstract Instant due(Instant start, WorkingTime time);

    public String label() {
        return label;
    }

    /** The rule behind the deadline, shown beside it. */
    public String article() {
        return article;
    }

    static DueRule forAccepting(Urgency urgency) {
        return urgency == Urgency.EMERGENCY ? EMERGENCY_ACCEPTANCE : ACCEPTANCE;
    }

    static DueRule forHandling(Urgency urgency, @Nullable String category) {
        if (urgency == Urgency.EMERGENCY) {
            return EMERGENCY;
        }
        String first = category == null
                ? ""
                : category.contains(".") ? category.substring(0, category.indexOf('.')) : category;
        return urgency == Urgency.URGENT || UTILITY.contains(first) ? UTILITIES : ORDINARY;
    }
}
