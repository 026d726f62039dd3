package linge.whistle;

/** Where a whistle stands; each is a column of the centre's board. */
enum WhistleState {
    /** Somebody who was called is not there yet. */
    CALLED("待报到"),
    /** All are there, or excused. */
    GATHERED("已报到"),
    /** One of them wrote down what is being done. */
    HANDLING("处置中"),
    /** The lead department's conclusion waits for the others, and then for the centre. */
    SIGNING("待会签"),
    CLOSED("已结束");

    private final String label;

    WhistleState(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    boolean open() {
        return this != CLOSED;
    }
}
