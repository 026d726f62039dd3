package linge.whistle;

/** How far one called department is. */
enum CallState {
    CALLED("待报到"),
    /** Its deadline passed; it may and should still come. */
    LATE("超时未到"),
    REPORTED_IN("已报到"),
    /** It said its last word: the lead by the conclusion, the others by signing it or by their dissent. */
    DONE("已完成"),
    EXCUSED("免到");

    private final String label;

    CallState(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    boolean awaited() {
        return this == CALLED || this == LATE;
    }

    boolean present() {
        return this == REPORTED_IN || this == DONE;
    }
}
