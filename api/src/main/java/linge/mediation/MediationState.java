package linge.mediation;

/** Where a mediation stands. */
enum MediationState {
    /** Somebody asked, or handed it over; nobody has said yet whether it is taken. */
    APPLIED("待受理"),
    /** Taken; a party has not said yet whether they want to be mediated. */
    CONSENT("征求意愿"),
    MEDIATING("调解中"),
    /** An appraisal is waited for; the time to settle it stands still. */
    PAUSED("鉴定中"),
    /** Agreed on; what was promised is followed up. */
    AGREED("已达成协议"),
    CLOSED("已归档"),
    FAILED("调解不成"),
    WITHDRAWN("已撤回"),
    REFUSED("不予受理");

    private final String label;

    MediationState(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Whether the dispute itself is still being settled: a case waits for that. */
    boolean running() {
        return this == APPLIED || this == CONSENT || this == MEDIATING || this == PAUSED;
    }

    boolean ended() {
        return ordinal() > AGREED.ordinal();
    }
}
