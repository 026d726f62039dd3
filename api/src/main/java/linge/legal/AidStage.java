package linge.legal;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How far an application for legal aid is: what its case says, and beside that the objection to a refusal. */
enum AidStage {
    EXAMINING("待审查"),
    PAPERS("待补正"),
    GRANTED("待指派"),
    ASSIGNED("已指派"),
    REFUSED("不予援助"),
    OBJECTED("异议审查中"),
    UPHELD("异议不成立"),
    OVERTURNED("异议成立，已重新立件"),
    DONE("已结案"),
    ENDED("已撤回");

    private final String label;

    AidStage(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Whether somebody at a desk still has to do something. */
    boolean open() {
        return Set.of(EXAMINING, PAPERS, GRANTED, ASSIGNED, OBJECTED).contains(this);
    }

    /**
     * @param state of the case
     * @param resumesTo where a suspended case goes back to
     * @param right whether an objection was right; null while nobody decided
     */
    static AidStage of(String state, @Nullable String resumesTo, boolean objected, @Nullable Boolean right) {
        return switch (state) {
            case "SUBMITTED" -> EXAMINING;
            case "ACCEPTED", "DISPATCHED" -> GRANTED;
            case "HANDLING", "RESOLVED" -> ASSIGNED;
            case "SUSPENDED" -> "SUBMITTED".equals(resumesTo) ? PAPERS : ASSIGNED;
            case "DECLINED" -> right != null ? (right ? OVERTURNED : UPHELD) : objected ? OBJECTED : REFUSED;
            case "WITHDRAWN" -> ENDED;
            default -> DONE;
        };
    }
}
