package linge.grids;

/** What kind of ground a grid is; a dedicated grid lies over residential ones and wins over them. */
public enum GridKind {
    RESIDENTIAL("网格"),
    DEDICATED("专属网格");

    private final String label;

    GridKind(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
