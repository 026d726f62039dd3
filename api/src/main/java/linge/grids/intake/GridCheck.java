package linge.grids.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import linge.bot.place.Gazetteer;
import linge.bot.place.Level;
import linge.bot.place.Place;
import linge.grids.Crs;
import linge.grids.Grid;
import linge.grids.GridKind;
import linge.grids.GridUse;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.operation.valid.IsValidOp;
import org.locationtech.jts.operation.valid.TopologyValidationError;

/** Checks every feature for itself, then {@link GroundCheck} checks them together; pure. */
final class GridCheck {
    private static final Pattern CODE = Pattern.compile("[0-9]{15}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final int LONGEST_NAME = 60;
    private static final int MOST_HOUSEHOLDS = 100_000;
    /** Changzhi with some kilometres around; nothing of it lies beyond. */
    private static final Envelope CITY = new Envelope(111.8, 114.0, 35.6, 37.3);

    private static final Map<String, GridUse> USES = Map.ofEntries(
            Map.entry("学校", GridUse.SCHOOL),
            Map.entry("校园", GridUse.SCHOOL),
            Map.entry("医院", GridUse.HOSPITAL),
            Map.entry("园区", GridUse.PARK),
            Map.entry("公园", GridUse.PARK),
            Map.entry("市场", GridUse.MARKET),
            Map.entry("商圈", GridUse.BUSINESS),
            Map.entry("商务楼宇", GridUse.BUSINESS));

    private final Gazetteer gazetteer;
    private final List<GridFault> faults = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, Integer> seen = new HashMap<>();

    private GridCheck(Gazetteer gazetteer) {
        this.gazetteer = gazetteer;
    }

    /** The grids of a file in wgs84, with all that is wrong with them. */
    record Checked(List<Grid> grids, List<GridFault> faults, List<String> warnings) {}

    static Checked check(GridFile.Content content, Gazetteer gazetteer, GroundCheck.Tolerance tolerance) {
        var check = new GridCheck(gazetteer);
        check.faults.addAll(content.faults());
        Crs crs = check.crs(content.crs());
        var known = new ArrayList<GroundCheck.Numbered>();
        for (RawFeature feature : content.features()) {
            Grid grid = check.grid(feature, crs == null ? Crs.WGS84 : crs);
            if (grid != null) {
                known.add(new GroundCheck.Numbered(feature.number(), grid));
            }
        }
        if (crs != null) {
            check.faults.addAll(GroundCheck.check(known, gazetteer, tolerance));
        }
        List<Grid> grids = known.stream().map(GroundCheck.Numbered::grid).toList();
        check.warnAboutVillagesWithout(grids);
        return new Checked(grids, check.faults, check.warnings);
    }

    private @Nullable Crs crs(@Nullable String declared) {
        if (declared == null) {
            warnings.add("文件没有声明坐标系（crs），按wgs84处理；若来自高德、腾讯或百度地图，请声明gcj02或bd09。");
            return Crs.WGS84;
        }
        String name = declared.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
        if (name.contains("GCJ02")) {
            return Crs.GCJ02;
        }
        if (name.contains("BD09")) {
            return Crs.BD09;
        }
        // CGCS2000 and wgs84 agree to centimetres.
        if (name.endsWith("CRS84")
                || name.endsWith("EPSG4326")
                || name.equals("WGS84")
                || name.endsWith("EPSG4490")
                || name.equals("CGCS2000")) {
            return Crs.WGS84;
        }
        String shown = declared.length() > 60 ? declared.substring(0, 60) + "…" : declared;
        faults.add(GridFault.ofFile("不认识坐标系" + shown + "；可用wgs84（EPSG:4326、CRS84）、CGCS2000（EPSG:4490）、gcj02、bd09。"));
        return null;
    }

    /** The grid, if nothing is wrong that would keep it from being checked with the others. */
    private @Nullable Grid grid(RawFeature feature, Crs crs) {
        int before = faults.size();
        feature.faults().forEach(fault -> fault(feature, fault));
        String code = code(feature);
        String name = name(feature);
        GridKind kind = kind(feature);
        GridUse use = use(feature, kind);
        int households = households(feature);
        Geometry outline = feature.outline() == null ? null : placed(feature, feature.outline(), crs);
        if (faults.size() > before || code == null || name == null || kind == null || outline == null) {
            return null;
        }
        return new Grid(code, name, kind, use, households, outline);
    }

    private void fault(RawFeature feature, String detail) {
        faults.add(new GridFault(feature.number(), feature.code(), detail));
    }

    private @Nullable String code(RawFeature feature) {
        String code = feature.code();
        if (code == null) {
            fault(feature, "没有网格编码（code 或 网格编码）。");
            return null;
        }
        if (!CODE.matcher(code).matches()) {
            fault(feature, "网格编码应是15位数字：村（社区）12位加顺序号3位。");
            return null;
        }
        Integer first = seen.putIfAbsent(code, feature.number());
        if (first != null) {
            fault(feature, "网格编码与第" + first + "个要素重复。");
        }
        if (gazetteer.get(code.substring(0, 6)).isEmpty()) {
            fault(feature, "县区编码" + code.substring(0, 6) + "不在本市地名表里。");
        } else if (gazetteer.get(code.substring(0, 9)).isEmpty()) {
            fault(feature, "乡镇（街道）编码" + code.substring(0, 9) + "不在地名表里。");
        } else if (gazetteer.get(code.substring(0, 12)).isEmpty()) {
            fault(feature, "村（社区）编码" + code.substring(0, 12) + "不在地名表里。");
        }
        return code;
    }

    private @Nullable String name(RawFeature feature) {
        String name = feature.text("name", "网格名称");
        if (name == null) {
            fault(feature, "没有网格名称（name 或 网格名称）。");
        } else if (name.length() > LONGEST_NAME || CONTROL.matcher(name).find()) {
            fault(feature, "网格名称应在" + LONGEST_NAME + "个字以内，不含换行等控制字符。");
        }
        return name;
    }

    private @Nullable GridKind kind(RawFeature feature) {
        String kind = feature.text("kind", "网格类型");
        if (kind == null) {
            return feature.text("use", "专属类型") == null ? GridKind.RESIDENTIAL : GridKind.DEDICATED;
        }
        return switch (kind.toUpperCase(Locale.ROOT)) {
            case "RESIDENTIAL", "网格", "普通网格", "基础网格" -> GridKind.RESIDENTIAL;
            case "DEDICATED", "专属网格" -> GridKind.DEDICATED;
            default -> {
                fault(feature, "网格类型应是RESIDENTIAL（普通网格）或DEDICATED（专属网格）。");
                yield null;
            }
        };
    }

    private @Nullable GridUse use(RawFeature feature, @Nullable GridKind kind) {
        String word = feature.text("use", "专属类型");
        if (kind != GridKind.DEDICATED) {
            if (kind == GridKind.RESIDENTIAL && word != null) {
                fault(feature, "普通网格不应有专属类型（use）。");
            }
            return null;
        }
        GridUse use = word == null ? null : USES.get(word);
        for (GridUse each : GridUse.values()) {
            if (each.name().equalsIgnoreCase(word)) {
                use = each;
            }
        }
        if (use == null) {
            fault(feature, "专属网格应写明专属类型（use）：SCHOOL、HOSPITAL、PARK、MARKET或BUSINESS。");
        }
        return use;
    }

    private int households(RawFeature feature) {
        String word = feature.text("households", "户数");
        if (word == null) {
            return 0;
        }
        try {
            int households = Integer.parseInt(word.endsWith(".0") ? word.substring(0, word.length() - 2) : word);
            if (households >= 0 && households <= MOST_HOUSEHOLDS) {
                return households;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, like a number out of bounds.
        }
        fault(feature, "户数应是0到" + MOST_HOUSEHOLDS + "的整数。");
        return 0;
    }

    /** The outline in wgs84, if it is sound and lies in the city. */
    private @Nullable Geometry placed(RawFeature feature, Geometry raw, Crs crs) {
        Envelope box = raw.getEnvelopeInternal();
        if (box.getMaxX() > 180 || box.getMinX() < -180 || box.getMaxY() > 180 || box.getMinY() < -180) {
            fault(feature, "坐标不是经纬度，像是以米计的投影坐标，请先转换为经纬度。");
            return null;
        }
        if (!CITY.intersects(box)
                && CITY.intersects(new Envelope(box.getMinY(), box.getMaxY(), box.getMinX(), box.getMaxX()))) {
            fault(feature, "经度和纬度写反了，应是[经度,纬度]。");
            return null;
        }
        if (!CITY.contains(box)) {
            fault(feature, "图形超出长治市范围（" + at(box.centre()) + "附近）。");
            return null;
        }
        Geometry outline = raw.copy();
        if (crs != Crs.WGS84) {
            outline.apply((org.locationtech.jts.geom.CoordinateFilter) corner -> {
                Coordinate real = crs.toWgs84(corner.x, corner.y);
                corner.setX(real.x);
                corner.setY(real.y);
            });
            outline.geometryChanged();
        }
        TopologyValidationError error = new IsValidOp(outline).getValidationError();
        if (error != null) {
            fault(feature, problem(error.getErrorType()) + "（" + at(error.getCoordinate()) + "附近）。");
            return null;
        }
        return outline;
    }

    private static String problem(int type) {
        return switch (type) {
            case TopologyValidationError.SELF_INTERSECTION, TopologyValidationError.RING_SELF_INTERSECTION -> "边界自相交";
            case TopologyValidationError.HOLE_OUTSIDE_SHELL -> "内环在外环之外";
            case TopologyValidationError.NESTED_HOLES -> "内环套内环";
            case TopologyValidationError.NESTED_SHELLS -> "两块图形互相套叠";
            case TopologyValidationError.DISCONNECTED_INTERIOR -> "内部被分成几块";
            case TopologyValidationError.DUPLICATE_RINGS -> "有重复的环";
            case TopologyValidationError.TOO_FEW_POINTS -> "有效坐标太少，围不成面";
            default -> "边界无效";
        };
    }

    static String at(@Nullable Coordinate where) {
        return where == null ? "位置不明" : String.format(Locale.ROOT, "%.6f, %.6f", where.x, where.y);
    }

    private void warnAboutVillagesWithout(List<Grid> grids) {
        Set<String> villages = new HashSet<>();
        Set<String> counties = new HashSet<>();
        grids.forEach(grid -> {
            villages.add(grid.village());
            counties.add(grid.county());
        });
        List<Place> without = gazetteer.all(Level.VILLAGE).stream()
                .filter(village -> !villages.contains(village.code()) && !gazetteer.isVirtual(village.code()))
                .toList();
        if (!without.isEmpty() && !grids.isEmpty()) {
            List<String> some = without.stream()
                    .limit(5)
                    .map(village -> gazetteer.fullName(village.code()))
                    .toList();
            warnings.add(without.size() + "个村（社区）没有网格，例如" + String.join("、", some) + "；那里的诉求将由上一级中心分流。");
        }
        long missing = gazetteer.all(Level.COUNTY).stream()
                .filter(county -> !counties.contains(county.code()))
                .count();
        if (missing > 0 && !grids.isEmpty()) {
            warnings.add("新版本不含" + missing + "个县区的网格；版本整体生效，不与旧版本合并。");
        }
    }
}
