package linge.bot.triage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import linge.bot.text.Resources;

/** The two-level tree of what residents bring, each with its owning department; immutable. */
public final class Categories {
    private static final Categories SHIPPED = new Categories();

    private final Map<String, Department> departments = new LinkedHashMap<>();
    private final Map<String, Category> categories = new LinkedHashMap<>();

    private Categories() {
        rows("departments.csv").forEach(cells -> departments.put(cells[0], new Department(cells[0], cells[1])));
        for (String[] cells : rows("categories.csv")) {
            Department owner = Objects.requireNonNull(departments.get(cells[3]), cells[3]);
            categories.put(cells[0], new Category(cells[0], List.of(cells[1], cells[2]), owner));
        }
    }

    private static List<String[]> rows(String file) {
        return Resources.lines(Categories.class, file).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .toList();
    }

    public static Categories shipped() {
        return SHIPPED;
    }

    /** Every second-level category, in the order of the table. */
    public List<Category> all() {
        return List.copyOf(categories.values());
    }

    public Optional<Category> find(String code) {
        return Optional.ofNullable(categories.get(code));
    }

    public List<Department> departments() {
        return List.copyOf(departments.values());
    }
}
