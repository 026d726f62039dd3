package linge.grids;

/** What a dedicated grid is there for. */
public enum GridUse {
    SCHOOL("学校"),
    HOSPITAL("医院"),
    PARK("园区"),
    MARKET("市场"),
    BUSINESS("商圈");

    private final String label;

    GridUse(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
