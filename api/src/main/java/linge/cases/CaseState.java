package linge.cases;

/** Where a case stands; the step is the one of the six-step loop it waits for or is in. */
public enum CaseState {
    SUBMITTED("待受理", Step.ACCEPT),
    ACCEPTED("已受理", Step.DISPATCH),
    DISPATCHED("已分流", Step.DISPATCH),
    HANDLING("处置中", Step.HANDLE),
    /** Waits for something nobody here can hasten; its deadline waits too, and it resumes by itself. */
    SUSPENDED("挂起", Step.HANDLE),
    /** The work is done, the resident has not been told: nobody may leave it there. */
    RESOLVED("已办结，待反馈", Step.REPORT_BACK),
    REPORTED("已反馈", Step.REPORT_BACK),
    RATED("已评价", Step.RATE),
    ARCHIVED("已归档", Step.RATE),
    DECLINED("不予受理", Step.ACCEPT),
    WITHDRAWN("已撤回", Step.ACCEPT);

    /** The six steps of the closed loop (六步闭环). */
    public enum Step {
        ACCEPT,
        DISPATCH,
        HANDLE,
        REPORT_BACK,
        SUPERVISE,
        RATE
    }

    private final String label;
    private final Step step;

    CaseState(String label, Step step) {
        this.label = label;
        this.step = step;
    }

    public String label() {
        return label;
    }

    public Step step() {
        return step;
    }

    /** Somebody on the staff still owes the resident something. */
    public boolean open() {
        return ordinal() <= RESOLVED.ordinal();
    }

    /** Nothing moves it any more. */
    public boolean ended() {
        return this == ARCHIVED || this == DECLINED || this == WITHDRAWN;
    }
}
