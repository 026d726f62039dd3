package linge.grids.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.locationtech.jts.geom.Coordinate;

/**
 * What the demo ground knows of the real one: where towns are, and how large counties.
 *
 * @param towns main street of each town by code, in metres of the plane
 * @param around towns of the neighbouring cities
 * @param areas of the counties by code, in square metres
 */
record Facts(Map<String, Coordinate> towns, List<Coordinate> around, Map<String, Double> areas) {

    static Facts read() {
        var towns = new LinkedHashMap<String, Coordinate>();
        rows("towns.csv").forEach(r -> towns.put(r[0], Plane.toPlane(number(r[1]), number(r[2]))));
        var around = new ArrayList<Coordinate>();
        rows("around.csv").forEach(r -> around.add(Plane.toPlane(number(r[1]), number(r[2]))));
        var areas = new LinkedHashMap<String, Double>();
        rows("areas.csv").forEach(r -> areas.put(r[0], number(r[1]) * 1e6));
        return new Facts(towns, around, areas);
    }

    private static double number(String cell) {
        return Double.parseDouble(cell);
    }

    private static List<String[]> rows(String file) {
        String path = "/linge/grids/demo/" + file;
        var stream = Objects.requireNonNull(Facts.class.getResourceAsStream(path), path);
        try (var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
