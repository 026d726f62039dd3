package linge.grids.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.locationtech.jts.geom.PrecisionModel;

/** Builds polygons from GeoJSON geometry, and says ring by ring what is wrong with it. */
final class OutlineReader {
    private static final GeometryFactory DEGREES = new GeometryFactory(new PrecisionModel(), 4326);

    private final List<String> faults;

    /** @param faults takes one Chinese sentence per fault */
    OutlineReader(List<String> faults) {
        this.faults = faults;
    }

    /** The polygon or multipolygon; null when there was any fault. */
    @Nullable
    Geometry read(@Nullable Object geometry) {
        if (!(geometry instanceof Map<?, ?> map)) {
            faults.add("没有geometry。");
            return null;
        }
        Object coordinates = map.get("coordinates");
        Geometry outline = null;
        if ("Polygon".equals(map.get("type"))) {
            outline = polygon(coordinates, "");
        } else if ("MultiPolygon".equals(map.get("type"))) {
            outline = multiPolygon(coordinates);
        } else {
            faults.add("图形应是Polygon或MultiPolygon，不是" + shown(map.get("type")) + "。");
        }
        return faults.isEmpty() ? outline : null;
    }

    private static String shown(@Nullable Object word) {
        String shown = String.valueOf(word);
        return shown.length() > 30 ? shown.substring(0, 30) + "…" : shown;
    }

    private @Nullable Geometry multiPolygon(@Nullable Object coordinates) {
        if (!(coordinates instanceof List<?> parts) || parts.isEmpty()) {
            faults.add("MultiPolygon的coordinates是空的。");
            return null;
        }
        var polygons = new ArrayList<Polygon>();
        for (int i = 0; i < parts.size(); i++) {
            Polygon polygon = polygon(parts.get(i), "第" + (i + 1) + "块的");
            if (polygon != null) {
                polygons.add(polygon);
            }
        }
        return polygons.size() == 1 ? polygons.get(0) : DEGREES.createMultiPolygon(polygons.toArray(Polygon[]::new));
    }

    private @Nullable Polygon polygon(@Nullable Object coordinates, String where) {
        if (!(coordinates instanceof List<?> list) || list.isEmpty()) {
            faults.add(where.isEmpty() ? "Polygon的coordinates是空的。" : where + "coordinates是空的。");
            return null;
        }
        var rings = new ArrayList<LinearRing>();
        for (int i = 0; i < list.size(); i++) {
            LinearRing ring = ring(list.get(i), where + (i == 0 ? "外环" : "第" + i + "个内环"));
            if (ring == null) {
                return null;
            }
            rings.add(ring);
        }
        return DEGREES.createPolygon(
                rings.get(0), rings.subList(1, rings.size()).toArray(LinearRing[]::new));
    }

    private @Nullable LinearRing ring(@Nullable Object coordinates, String where) {
        if (!(coordinates instanceof List<?> positions)) {
            faults.add(where + "不是坐标数组。");
            return null;
        }
        var corners = new ArrayList<Coordinate>();
        for (int i = 0; i < positions.size(); i++) {
            Coordinate corner = position(positions.get(i));
            if (corner == null) {
                faults.add(where + "第" + (i + 1) + "个坐标不是[经度,纬度]两个数。");
                return null;
            }
            corners.add(corner);
        }
        if (corners.size() < 4) {
            faults.add(where + "只有" + corners.size() + "个坐标，至少要4个（首尾相同）。");
            return null;
        }
        if (!corners.get(0).equals2D(corners.get(corners.size() - 1))) {
            faults.add(where + "没有闭合：最后一个坐标应与第一个相同。");
            return null;
        }
        return DEGREES.createLinearRing(corners.toArray(Coordinate[]::new));
    }

    private static @Nullable Coordinate position(@Nullable Object position) {
        if (position instanceof List<?> numbers
                && numbers.size() >= 2
                && numbers.get(0) instanceof Number x
                && numbers.get(1) instanceof Number y
                && Double.isFinite(x.doubleValue())
                && Double.isFinite(y.doubleValue())) {
            return new Coordinate(x.doubleValue(), y.doubleValue());
        }
        return null;
    }
}
