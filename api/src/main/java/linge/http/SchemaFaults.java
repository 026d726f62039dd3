package linge.http;

import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatorException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import linge.shared.Refusal;
import linge.shared.Refusal.Fault;
import linge.shared.Refusal.Kind;

/** Says in Chinese, field by field, how a request differs from the contract. */
final class SchemaFaults {

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

    private SchemaFaults() {}

    static List<Fault> of(SchemaValidationException invalid) {
        Map<String, Fault> faults = new LinkedHashMap<>();
        OutputUnit unit = invalid.getOutputUnit();
        if (unit != null && unit.getErrors() != null) {
            unit.getErrors().forEach(error -> add(faults, error));
        }
        if (faults.isEmpty()) {
            Matcher name = QUOTED.matcher(String.valueOf(invalid.getMessage()));
            return List.of(new Fault("", name.find() ? "“" + name.group(1) + "”不符合要求。" : "请求内容不符合要求。"));
        }
        return new ArrayList<>(faults.values());
    }

    static Refusal of(ValidatorException invalid) {
        String message = String.valueOf(invalid.getMessage());
        Matcher quoted = QUOTED.matcher(message);
        String name = quoted.find() ? quoted.group(1) : "";
        return switch (invalid.type()) {
            case MISSING_REQUIRED_PARAMETER ->
                name.isEmpty()
                        ? Refusal.of(Kind.BAD_INPUT, "缺少请求内容。")
                        : Refusal.badInput("/" + name, "缺少参数“" + name + "”。");
            case INVALID_VALUE_FORMAT, UNSUPPORTED_VALUE_FORMAT ->
                message.toLowerCase(Locale.ROOT).contains("content") || message.contains("body")
                        ? Refusal.of(Kind.UNSUPPORTED_TYPE, "不支持这种内容格式，请使用 application/json。")
                        : Refusal.badInput("/" + name, "参数“" + name + "”的格式不对。");
            case ILLEGAL_VALUE, INVALID_VALUE ->
                message.contains("decode") || name.isEmpty()
                        ? Refusal.of(Kind.UNREADABLE_BODY, "请求内容不是合法的 JSON。")
                        : Refusal.badInput("/" + name, "参数“" + name + "”的值不对。");
            case MISSING_OPERATION -> Refusal.of(Kind.NOT_FOUND, "没有这个地址。");
            case MISSING_RESPONSE -> Refusal.of(Kind.FAULT, "系统出了点问题。");
        };
    }

    /** The outer errors only say that an inner one exists; the innermost of each place are told. */
    private static void add(Map<String, Fault> faults, OutputUnit error) {
        String keyword = last(error.getKeywordLocation());
        if (keyword.equals("properties")
                || keyword.equals("items")
                || keyword.equals("$ref")
                || keyword.equals("allOf")) {
            return;
        }
        String pointer = pointer(error.getInstanceLocation());
        faults.putIfAbsent(pointer, new Fault(pointer, words(keyword, String.valueOf(error.getError()))));
    }

    private static String words(String keyword, String error) {
        String bound = lastNumber(error);
        return switch (keyword) {
            case "required" -> {
                Matcher name = QUOTED.matcher(error);
                yield "缺少必填项" + (name.find() ? "“" + name.group(1) + "”" : "") + "。";
            }
            case "type" -> "类型不对。";
            case "minLength", "minItems" -> "太短或没有填写。";
            case "maxLength" -> "太长了" + (bound.isEmpty() ? "。" : "，最多 " + bound + " 个字。");
            case "maxItems" -> "太多了" + (bound.isEmpty() ? "。" : "，最多 " + bound + " 个。");
            case "uniqueItems" -> "有重复的内容。";
            case "minimum", "exclusiveMinimum" -> "太小了" + (bound.isEmpty() ? "。" : "，不能小于 " + bound + "。");
            case "maximum", "exclusiveMaximum" -> "太大了" + (bound.isEmpty() ? "。" : "，不能大于 " + bound + "。");
            case "enum" -> "不是可选的值。";
            case "pattern", "format" -> "格式不对。";
            case "oneOf", "anyOf" -> "内容不符合要求。";
            default -> "内容不符合要求。";
        };
    }

    private static String last(String location) {
        return location == null ? "" : location.substring(location.lastIndexOf('/') + 1);
    }

    private static String pointer(String location) {
        return location == null ? "" : location.replaceFirst("^[^#]*#", "");
    }

    private static String lastNumber(String text) {
        Matcher number = NUMBER.matcher(text);
        String last = "";
        while (number.find()) {
            last = number.group();
        }
        return last;
    }
}
