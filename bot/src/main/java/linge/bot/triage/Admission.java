package linge.bot.triage;

/**
 * An item of the admission list (准入清单): what a department may hand to a grid.
 *
 * @param code stable within the list: UM-1
 * @param item what the grid does, as the list words it
 * @param handler who may handle it
 * @param days working days until it is to be done
 */
public record Admission(String code, Department department, String item, Handler handler, int days) {
    /** Who may handle an item: the grid alone, or the grid with the department's people. */
    public enum Handler {
        GRID,
        GRID_AND_DEPARTMENT
    }
}
