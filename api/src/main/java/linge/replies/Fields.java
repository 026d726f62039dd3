package linge.replies;

import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import linge.cases.Case;
import linge.shared.Names;
import org.jspecify.annotations.Nullable;

/** The fields of a template, {@code {网格}}: those the case itself fills, and those its writer is asked for. */
final class Fields {

    static final Pattern FIELD = Pattern.compile("\\{([^{}\\n]{1,20})\\}");

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("M月d日", Locale.CHINA);
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** The names a case fills by itself, in the order pages offer them. */
    static final List<String> OF_CASE = List.of("编号", "反映事项", "网格", "地点", "责任单位", "受理日期", "今天");

    private final Names names;
    private final Clock clock;

    Fields(Names names, Clock clock) {
        this.names = names;
        this.clock = clock;
    }

    /** What the case knows; a field it knows nothing for is not there. */
    Map<String, String> of(Case c) {
        JsonObject grid = c.facts().grid();
        Map<String, String> known = new LinkedHashMap<>();
        put(known, "编号", c.facts().number());
        put(known, "反映事项", category(c.facts().category()));
        put(known, "网格", grid == null ? null : grid.getString("name"));
        put(
                known,
                "地点",
                Objects.requireNonNullElseGet(address(c), () -> grid == null ? "" : grid.getString("placeName", "")));
        put(
                known,
                "责任单位",
                names.office(c.now().holder().area(), c.now().holder().department()));
        put(known, "受理日期", day(c.facts().filedAt()));
        put(known, "今天", day(clock.instant()));
        return known;
    }

    /** The words with these fields filled; what is not known stays as it was. */
    static String filled(String words, Map<String, String> known) {
        return FIELD.matcher(words)
                .replaceAll(field -> Matcher.quoteReplacement(known.getOrDefault(field.group(1), field.group())));
    }

    /** The fields in these words, each once, in order. */
    static List<String> in(String words) {
        return FIELD.matcher(words)
                .results()
                .map(field -> field.group(1))
                .distinct()
                .toList();
    }

    /** One Chinese sentence about what is wrong with the braces, or null. */
    static @Nullable String fault(String words) {
        String without = FIELD.matcher(words).replaceAll("");
        return without.contains("{") || without.contains("}") ? "花括号要成对，里面写 1 到 20 个字，例如 {办理结果}。" : null;
    }

    private @Nullable String category(@Nullable String code) {
        JsonObject named = names.category(code);
        List<Object> path =
                named == null ? new ArrayList<>() : named.getJsonArray("path").getList();
        return path.isEmpty() ? null : String.valueOf(path.get(path.size() - 1));
    }

    private static @Nullable String address(Case c) {
        String address = c.facts().address();
        return address == null || address.isBlank() ? null : address;
    }

    private static String day(Instant at) {
        return DAY.format(at.atZone(ZONE));
    }

    private static void put(Map<String, String> known, String field, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            known.put(field, value);
        }
    }
}
