package linge.evaluation;

/** What can be counted of somebody's work; each is read from the log, none is typed in. */
enum Counted {
    ACCEPTED_IN_TIME("按时受理"),
    RESOLVED_IN_TIME("按时办结"),
    OVERDUE("超期办理"),
    ACCEPTANCE_MISSED("超时未受理"),
    YELLOW_CARD("黄牌预警"),
    RETURNED_RIGHTLY("退单成立"),
    RETURNED_WRONGLY("退单不成立"),
    SATISFIED("群众满意"),
    DISSATISFIED("群众不满意"),
    REOPENED("被要求重办"),
    FOUND_CONFIRMED("自主发现并办结"),
    VISIT("走访"),
    PATROL("巡查"),
    CAMPAIGN_HOUSEHOLDS("敲门行动入户"),
    SIGNAL_CONFIRMED("核实的异常行为"),
    /** A year's score is made of its quarters'; no rule speaks of it. */
    QUARTER("季度得分");

    private final String label;

    Counted(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    boolean hasRule() {
        return this != QUARTER;
    }
}
