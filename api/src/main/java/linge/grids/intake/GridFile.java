package linge.grids.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;

/** Reads a GeoJSON file feature by feature; whatever the file holds, memory and time stay bounded. */
final class GridFile {
    static final long MOST_BYTES = 200L * 1024 * 1024;
    static final int MOST_FEATURES = 50_000;
    private static final int MOST_NUMBERS = 1_000_000;
    private static final int DEEPEST = 12;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxNumberLength(100)
                    .maxStringLength(100_000)
                    .maxNameLength(1_000)
                    .build())
            .build();

    private final List<RawFeature> features = new ArrayList<>();
    private final List<GridFault> faults = new ArrayList<>();
    private @Nullable Object crs;
    private int values;

    private GridFile() {}

    /** What a file holds: its features, the name of its reference system as declared, and what cannot be read. */
    record Content(List<RawFeature> features, @Nullable String crs, List<GridFault> faults) {}

    static Content read(Path path) {
        var file = new GridFile();
        try {
            if (!Files.isRegularFile(path)) {
                return failed("找不到文件" + path.getFileName() + "，或它不是普通文件。");
            }
            if (Files.size(path) > MOST_BYTES) {
                return failed("文件超过200 MB，请按县区拆开检查或简化边界。");
            }
            try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
                    JsonParser parser = JSON.createParser(in)) {
                file.collection(parser);
            }
        } catch (JsonParseException e) {
            file.fault("不是有效的JSON：第" + e.getLocation().getLineNr() + "行第"
                    + e.getLocation().getColumnNr() + "列附近读不懂。");
        } catch (StreamConstraintsException e) {
            file.fault("内容超出限制（嵌套太深，或某个名称、数字、文字太长）。");
        } catch (TooMuch e) {
            file.fault(e.getMessage() == null ? "内容超出限制。" : e.getMessage());
        } catch (IOException e) {
            file.fault("文件读不出来，请检查权限，以及编码是否为UTF-8。");
        }
        return new Content(List.copyOf(file.features), crsName(file.crs), List.copyOf(file.faults));
    }

    private static Content failed(String why) {
        return new Content(List.of(), null, List.of(GridFault.ofFile(why)));
    }

    private void fault(String detail) {
        faults.add(GridFault.ofFile(detail));
    }

    /** A bound of ours was met; the sentence says which. */
    private static final class TooMuch extends RuntimeException {
        TooMuch(String detail) {
            super(detail, null, false, false);
        }
    }

    private void collection(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            fault("最外层应是一个FeatureCollection对象。");
            return;
        }
        String type = null;
        boolean some = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            values = 0;
            if (name.equals("features") && value == JsonToken.START_ARRAY) {
                some = true;
                features(parser);
            } else if (name.equals("type")) {
                type = value == JsonToken.VALUE_STRING ? parser.getText() : null;
                skip(parser);
            } else if (name.equals("crs")) {
                crs = tree(parser, 0);
            } else {
                skip(parser);
            }
        }
        if (parser.nextToken() != null) {
            fault("FeatureCollection之后还有多余内容。");
        }
        if (!"FeatureCollection".equals(type)) {
            fault("最外层的type应是FeatureCollection。");
        }
        if (!some) {
            fault("缺少features数组。");
        } else if (features.isEmpty()) {
            fault("features是空的，没有网格可导入。");
        }
    }

    private static void skip(JsonParser parser) throws IOException {
        parser.skipChildren();
    }

    private void features(JsonParser parser) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == null) {
                throw new TooMuch("文件在要素中间断了。");
            }
            if (features.size() == MOST_FEATURES) {
                throw new TooMuch("要素超过" + MOST_FEATURES + "个，请拆成几个文件。");
            }
            values = 0;
            features.add(feature(features.size() + 1, tree(parser, 0)));
        }
    }

    private static RawFeature feature(int number, @Nullable Object tree) {
        if (!(tree instanceof Map<?, ?> feature) || !"Feature".equals(feature.get("type"))) {
            return new RawFeature(number, Map.of(), null, List.of("不是Feature对象。"));
        }
        var properties = new LinkedHashMap<String, Object>();
        if (feature.get("properties") instanceof Map<?, ?> said) {
            said.forEach((name, value) -> {
                if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                    properties.put(String.valueOf(name), value);
                }
            });
        }
        var faults = new ArrayList<String>();
        Geometry outline = new OutlineReader(faults).read(feature.get("geometry"));
        return new RawFeature(number, properties, outline, faults);
    }

    /** The value the parser stands on, as maps, lists, strings, numbers and booleans. */
    private @Nullable Object tree(JsonParser parser, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new TooMuch("第" + (features.size() + 1) + "个要素嵌套太深。");
        }
        if (++values > MOST_NUMBERS) {
            throw new TooMuch("第" + (features.size() + 1) + "个要素的坐标太多，请先简化边界。");
        }
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new TooMuch("文件在中间断了。");
        }
        switch (token) {
            case START_OBJECT -> {
                var map = new LinkedHashMap<String, Object>();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    Object value = tree(parser, depth + 1);
                    if (value != null) {
                        map.put(name, value);
                    }
                }
                return map;
            }
            case START_ARRAY -> {
                // A null stands as itself, so that a position with one is found wanting.
                var list = new ArrayList<@Nullable Object>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(tree(parser, depth + 1));
                }
                return list;
            }
            case VALUE_STRING -> {
                return parser.getText();
            }
            case VALUE_NUMBER_INT -> {
                // A code written as a number keeps its digits; a longer one is no code and no coordinate either.
                return parser.getText().length() <= 18
                        ? (Number) parser.getLongValue()
                        : (Number) parser.getDoubleValue();
            }
            case VALUE_NUMBER_FLOAT -> {
                return parser.getDoubleValue();
            }
            case VALUE_TRUE -> {
                return true;
            }
            case VALUE_FALSE -> {
                return false;
            }
            default -> {
                return null;
            }
        }
    }

    /** The declared name, from {@code {"type":"name","properties":{"name":…}}} or a bare string. */
    private static @Nullable String crsName(@Nullable Object crs) {
        if (crs instanceof String name) {
            return name;
        }
        if (crs instanceof Map<?, ?> map && map.get("properties") instanceof Map<?, ?> properties) {
            Object name = properties.get("name");
            return name == null ? "?" : name.toString();
        }
        return crs == null ? null : "?";
    }
}
