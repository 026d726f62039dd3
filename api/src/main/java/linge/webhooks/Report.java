package linge.webhooks;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import linge.cases.Case;
import linge.cases.OwnCases;
import linge.clocks.WorkingTime;
import linge.grids.GeoPoint;
import linge.notify.webhook.CloudEvent;
import linge.residents.Phone;
import linge.shared.Refusal;
import linge.shared.Words;
import org.jspecify.annotations.Nullable;

/**
 * What another system brings us: somebody's report, or an alert of its own.
 *
 * @param number the source's own
 * @param phone of whoever reported it there; null to file it for the source itself
 * @param photos where the source keeps them; shown as links, never fetched
 */
record Report(
        String number,
        boolean alert,
        String text,
        @Nullable String category,
        @Nullable GeoPoint point,
        @Nullable String address,
        @Nullable String phone,
        @Nullable Instant occurredAt,
        List<String> photos,
        Case.Privacy privacy) {

    static final Pattern NUMBERS = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._:-]{0,63}");

    private static final int LONGEST_TEXT = 4000;
    private static final int LONGEST_ADDRESS = 200;
    private static final int LONGEST_URL = 500;
    private static final int MOST_PHOTOS = 9;
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("yyyy年M月d日 HH:mm", Locale.CHINA);

    /**
     * Reads a body that was found rightly signed: a CloudEvent with the report as its data, or the report itself.
     *
     * @throws Refusal {@code UNREADABLE_BODY}, or {@code BAD_INPUT} that points at the field
     */
    static Report read(Buffer body) {
        Object json;
        try {
            json = Json.decodeValue(body);
        } catch (DecodeException e) {
            throw Refusal.of(Refusal.Kind.UNREADABLE_BODY, "请求内容不是合法的 JSON（UTF-8）。");
        }
        if (!(json instanceof JsonObject whole)) {
            throw Refusal.of(Refusal.Kind.UNREADABLE_BODY, "请求内容应为一个 JSON 对象。");
        }
        if (!whole.containsKey("specversion")) {
            return of(new Fields(whole, ""));
        }
        try {
            return of(new Fields(CloudEvent.of(whole).data(), "/data"));
        } catch (IllegalArgumentException wrong) {
            throw Refusal.badInput("/" + wrong.getMessage(), "CloudEvents 1.0 的这个属性缺少或不对。");
        }
    }

    private static Report of(Fields fields) {
        String number = fields.text("number", 64);
        if (number == null || !NUMBERS.matcher(number).matches()) {
            throw fields.wrong("number", "请给出来源自己的编号：64 个以内的文字、数字和 . _ : -。");
        }
        String text = fields.text("text", LONGEST_TEXT);
        if (text == null) {
            throw fields.wrong("text", "请用文字说明情况，不超过 4000 字。");
        }
        String kind = fields.text("kind", 20);
        if (kind != null && !kind.equals("REPORT") && !kind.equals("ALERT")) {
            throw fields.wrong("kind", "应为 REPORT 或 ALERT。");
        }
        boolean anonymous = fields.flag("anonymous");
        boolean confidential = fields.flag("confidential");
        return new Report(
                number,
                "ALERT".equals(kind),
                text,
                fields.text("category", 60),
                fields.point(),
                fields.text("address", LONGEST_ADDRESS),
                fields.phone(),
                fields.time("occurredAt"),
                fields.photos(),
                anonymous ? Case.Privacy.ANONYMOUS : confidential ? Case.Privacy.CONFIDENTIAL : Case.Privacy.NAMED);
    }

    OwnCases.Matter matter(String key) {
        return new OwnCases.Matter(key, text, category, point, address, null, List.of(), privacy, null);
    }

    /** What staff read below the text: where it comes from, and what came with it. */
    String postscript(Source source) {
        StringBuilder lines = new StringBuilder("（")
                .append(source.name())
                .append(alert ? "告警" : "转来")
                .append("，对方编号 ")
                .append(number);
        if (occurredAt != null) {
            lines.append("，发生于 ").append(WHEN.format(occurredAt.atZone(WorkingTime.ZONE)));
        }
        lines.append("）");
        photos.forEach(photo -> lines.append("\n照片：").append(photo));
        return lines.toString();
    }

    /** Kept beside the case, without what leads to a person. */
    JsonObject details() {
        return new JsonObject()
                .put("kind", alert ? "ALERT" : "REPORT")
                .put("occurredAt", occurredAt == null ? null : occurredAt.toString())
                .put("photos", new JsonArray(photos));
    }

    /** Fields of hostile shape, read one by one. */
    private record Fields(JsonObject json, String at) {

        Refusal wrong(String field, String detail) {
            return Refusal.badInput(at + "/" + field, detail);
        }

        @Nullable
        String text(String field, int longest) {
            Object value = json.getValue(field);
            if (value == null) {
                return null;
            }
            if (!(value instanceof String typed) || typed.codePointCount(0, typed.length()) > longest) {
                throw wrong(field, "应为文字，不超过 " + longest + " 字。");
            }
            return Words.of(typed);
        }

        boolean flag(String field) {
            Object value = json.getValue(field);
            if (value != null && !(value instanceof Boolean)) {
                throw wrong(field, "应为 true 或 false。");
            }
            return Boolean.TRUE.equals(value);
        }

        @Nullable
        String phone() {
            String typed = text("phone", 30);
            try {
                return typed == null ? null : Phone.parse(typed);
            } catch (Refusal refused) {
                throw wrong("phone", refused.detail());
            }
        }

        @Nullable
        Instant time(String field) {
            String typed = text(field, 40);
            try {
                return typed == null ? null : OffsetDateTime.parse(typed).toInstant();
            } catch (DateTimeParseException e) {
                throw wrong(field, "应为带时区的时间，例如 2026-11-26T09:10:00+08:00。");
            }
        }

        @Nullable
        GeoPoint point() {
            Object value = json.getValue("point");
            if (value == null) {
                return null;
            }
            if (!(value instanceof JsonObject point)) {
                throw wrong("point", "应为 {\"lon\", \"lat\", \"crs\"}。");
            }
            Fields of = new Fields(point, at + "/point");
            of.number("lon", 180);
            of.number("lat", 90);
            if (point.getValue("accuracy") != null) {
                of.number("accuracy", 1_000_000);
            }
            of.text("crs", 10);
            return GeoPoint.of(point, at + "/point");
        }

        private void number(String field, double most) {
            if (!(json.getValue(field) instanceof Number number) || !(Math.abs(number.doubleValue()) <= most)) {
                throw wrong(field, "应为不超过 " + (long) most + " 的数。");
            }
        }

        List<String> photos() {
            Object value = json.getValue("photos");
            if (value == null) {
                return List.of();
            }
            if (!(value instanceof JsonArray given) || given.size() > MOST_PHOTOS) {
                throw wrong("photos", "应为网址的数组，最多 " + MOST_PHOTOS + " 个。");
            }
            List<String> photos = new ArrayList<>();
            for (int i = 0; i < given.size(); i++) {
                if (!(given.getValue(i) instanceof String url) || url.length() > LONGEST_URL || !isOfTheWeb(url)) {
                    throw wrong("photos/" + i, "应为 http:// 或 https:// 开头的网址。");
                }
                photos.add(url);
            }
            return photos;
        }

        private static boolean isOfTheWeb(String text) {
            try {
                URI url = new URI(text);
                boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
                return web && url.getHost() != null && url.getRawUserInfo() == null;
            } catch (URISyntaxException e) {
                return false;
            }
        }
    }
}
