package linge.bot.triage;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import linge.bot.text.Resources;
import org.jspecify.annotations.Nullable;

/** The two-level tree of what residents bring, each with its owning department and its item of the admission list; immutable. */
public final class Categories {
    private static final Categories SHIPPED = new Categories();

    private final Map<String, Department> departments = new LinkedHashMap<>();
    private final Map<String, Admission> admissions = new LinkedHashMap<>();
    private final Map<String, Category> categories = new LinkedHashMap<>();

    private Categories() {
        rows("departments.csv").forEach(cells -> departments.put(cells[0], new Department(cells[0], cells[1])));
        Map<String, Admission> byCategory = new HashMap<>();
        for (String[] cells : rows("admission-list.csv")) {
            var admission = new Admission(
                    cells[0],
                    department(cells[1]),
                    cells[2],
                    Admission.Handler.valueOf(cells[3]),
                    Integer.parseInt(cells[4]));
            admissions.put(admission.code(), admission);
            for (String category : cells[5].split(" ")) {
                byCategory.put(category, admission);
            }
        }
        for (String[] cells : rows("categories.csv")) {
            @Nullable Mediation mediation = cells[4].isEmpty() ? null : Mediation.valueOf(cells[4]);
            categories.put(
                    cells[0],
                    new Category(
                            cells[0],
                            List.of(cells[1], cells[2]),
                            department(cells[3]),
                            mediation,
                            byCategory.remove(cells[0])));
        }
        if (!byCategory.isEmpty()) {
            throw new IllegalStateException("admission-list.csv names unknown categories: " + byCategory.keySet());
        }
    }

    private Department department(String code) {
        return Objects.requireNonNull(departments.get(code), code);
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

    /** What departments may hand to a grid, in the order of the list. */
    public List<Admission> admissions() {
        return List.copyOf(admissions.values());
    }
}
