package linge.shared;

/** What a staff member is in an area; the first four are the "1+1+1+N" team of a grid. */
public enum Role {
    GRID_ASSISTANT("网格辅助员"),
    GRID_WORKER("网格员"),
    DEPUTY_LEADER("分网格长"),
    GRID_LEADER("网格长"),
    DISPATCHER("分流员"),
    SUPERVISOR("督办员"),
    DEPARTMENT_OFFICER("部门经办人"),
    ADMINISTRATOR("管理员");

    private final String label;

    Role(String label) {
        this.label = label;
    }

    /** The Chinese name people read. */
    public String label() {
        return label;
    }

    public boolean inGrid() {
        return ordinal() <= GRID_LEADER.ordinal();
    }
}
