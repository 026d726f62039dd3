package linge.notify.wechat.platform;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What may stand in the fields of template and subscription messages, by the kind that their names begin with:
 * {@code thing1}, {@code phrase2} … As WeChat's page on sending template messages lists them.
 */
final class FieldRules {

    private static final String SPAN = "(~%s)?";
    private static final String CLOCK = "\\d{1,2}[:：]\\d{2}([:：]\\d{2})?";
    private static final String DAY = "(\\d{4}[-/]\\d{1,2}[-/]\\d{1,2}|\\d{4}年\\d{1,2}月\\d{1,2}日)";

    private static final Map<String, Pattern> KINDS = Map.ofEntries(
            Map.entry("thing", Pattern.compile("\\P{Cntrl}{1,20}")),
            Map.entry("short_thing", Pattern.compile("\\P{Cntrl}{1,5}")),
            Map.entry("number", Pattern.compile("-?\\d{1,32}(\\.\\d+)?")),
            Map.entry("letter", Pattern.compile("[a-zA-Z]{1,32}")),
            Map.entry("symbol", Pattern.compile("[^\\p{L}\\p{N}\\p{Cntrl}]{1,5}")),
            Map.entry("character_string", Pattern.compile("[\\x20-\\x7e]{1,32}")),
            Map.entry("time", span("(" + DAY + "\\s?)?" + CLOCK + "|" + DAY)),
            Map.entry("date", span(DAY + "(\\s?" + CLOCK + ")?")),
            Map.entry("amount", Pattern.compile("[¥￥$€£]?\\d{1,10}(\\.\\d+)?元?")),
            Map.entry("phone_number", Pattern.compile("[\\d+\\-() ]{1,17}")),
            Map.entry("car_number", Pattern.compile("[\\p{IsHan}A-Z0-9][A-Z0-9]{1,6}[\\p{IsHan}A-Z0-9]")),
            Map.entry("name", Pattern.compile("\\p{IsHan}{1,10}|[a-zA-Z\\p{Punct} ]{1,20}")),
            Map.entry("phrase", Pattern.compile("\\p{IsHan}{1,5}")),
            Map.entry("const", Pattern.compile("\\P{Cntrl}{0,20}")));

    private FieldRules() {}

    private static Pattern span(String point) {
        return Pattern.compile("(" + point + ")" + SPAN.formatted("(" + point + ")"));
    }

    /** What is wrong, in WeChat's words, or empty. */
    static String wrong(List<String> fields, JsonObject data) {
        for (String field : fields) {
            Object value = data.getValue(field) instanceof JsonObject holder ? holder.getValue("value") : null;
            if (value == null || value.toString().isBlank() && !kind(field).equals("const")) {
                return "data." + field + ".value is empty";
            }
            Pattern rule = KINDS.get(kind(field));
            if (rule == null || !rule.matcher(value.toString()).matches()) {
                return "data." + field + ".value invalid";
            }
        }
        return "";
    }

    private static String kind(String field) {
        return field.replaceFirst("\\d+$", "");
    }
}
