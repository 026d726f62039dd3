package linge.cases;

/** What a return visit (回访) found. */
public enum Visit {
    SATISFIED("满意"),
    DISSATISFIED("不满意"),
    NOT_REACHED("未联系上");

    private final String label;

    Visit(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
