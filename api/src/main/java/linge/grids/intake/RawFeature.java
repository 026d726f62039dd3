package linge.grids.intake;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/**
 * A feature as the file has it.
 *
 * @param number from 1
 * @param properties strings, numbers and booleans by name
 * @param outline in the file's own reference system; null when it could not be built
 * @param faults why it could not, Chinese sentences
 */
record RawFeature(
        int number,
        Map<String, Object> properties,
        @Nullable Geometry outline,
        List<String> faults) {

    /** The first property of these names that has a value, as text without blanks around it. */
    @Nullable
    String text(String... names) {
        for (String name : names) {
            Object value = properties.get(name);
            if (value != null && !value.toString().isBlank()) {
                return value.toString().strip();
            }
        }
        return null;
    }

    @Nullable
    String code() {
        String code = text("code", "网格编码", "网格代码");
        return code == null || code.length() <= 40 ? code : code.substring(0, 40);
    }
}
