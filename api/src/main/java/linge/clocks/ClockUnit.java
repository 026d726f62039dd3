package linge.clocks;

/** What a rule counts in. */
public enum ClockUnit {
    MINUTES("分钟", "分钟"),
    HOURS("小时", "分钟"),
    /** Only while the office serves. */
    SERVICE_HOURS("个工作小时", "工作分钟"),
    DAYS("日", "日"),
    WORKING_DAYS("个工作日", "个工作日"),
    MONTHS("个月", "日");

    private final String label;
    private final String before;

    ClockUnit(String label, String before) {
        this.label = label;
        this.before = before;
    }

    public String label() {
        return label;
    }

    /** What the yellow card's time before the deadline is counted in. */
    public String yellowLabel() {
        return before;
    }

    /** Minutes, hours and service hours, as against days. */
    boolean ofTheDay() {
        return this == MINUTES || this == HOURS || this == SERVICE_HOURS;
    }

    /** How many seconds one is; only of what lies within the day. */
    int seconds() {
        return switch (this) {
            case MINUTES -> 60;
            case HOURS, SERVICE_HOURS -> 3600;
            case DAYS, WORKING_DAYS, MONTHS -> throw new IllegalStateException(this + " are not of a fixed length");
        };
    }
}
