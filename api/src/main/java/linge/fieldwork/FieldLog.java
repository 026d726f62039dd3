package linge.fieldwork;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import linge.shared.Refusal;
import linge.shared.Words;
import org.jspecify.annotations.Nullable;

/**
 * One visit, patrol or round of door-knocking as its writer tells it: how many households and people, never who they are.
 *
 * @param households visited; of a campaign, covered for the first time
 * @param absent households where nobody opened
 * @param place as people say it
 * @param words numbers that lead to a person are left out
 */
record FieldLog(
        Kind kind,
        @Nullable Long campaign,
        @Nullable About about,
        Said said,
        @Nullable String place,
        int households,
        int absent,
        int people,
        @Nullable String words,
        List<UUID> media) {

    enum Kind {
        VISIT("走访"),
        PATROL("巡查"),
        DOOR_KNOCK("敲门");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    /** Reads the contract's {@code FieldLogEntry}. */
    static FieldLog of(JsonObject body, Instant now) {
        Kind kind = Kind.valueOf(body.getString("kind"));
        Long campaign = body.getLong("campaign");
        if (campaign != null && kind != Kind.DOOR_KNOCK) {
            throw Refusal.notSensible("/campaign", "只有敲门记录才属于敲门行动。");
        }
        About about = about(body.getString("about"), kind);
        String words = Words.of(body.getString("words"));
        FieldLog log = new FieldLog(
                kind,
                campaign,
                about,
                Said.of(body, Said.instant(body.getString("sentAt"), "/sentAt"), now, ""),
                Words.of(body.getString("place")),
                count(body, "households"),
                count(body, "absent"),
                count(body, "people"),
                words == null ? null : Words.withoutNumbers(words),
                ids(body.getJsonArray("media")));
        if (log.households() + log.absent() + log.people() == 0 && words == null) {
            throw Refusal.notSensible("/words", "请写几句话，或填上户数、人数。");
        }
        if (kind == Kind.DOOR_KNOCK && log.households() + log.absent() == 0) {
            throw Refusal.notSensible("/households", "敲门记录要填户数：敲开了几户，几户没人。");
        }
        return log;
    }

    /** Two with one hash tell the same; when they were sent does not count. */
    static Buffer hashOf(JsonObject body) {
        StringBuilder canonical = new StringBuilder();
        body.fieldNames().stream()
                .filter(name -> !name.equals("sentAt"))
                .sorted()
                .forEach(name -> canonical
                        .append(name)
                        .append('=')
                        .append(body.getValue(name))
                        .append('\n'));
        try {
            return Buffer.buffer(MessageDigest.getInstance("SHA-256")
                    .digest(canonical.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<UUID> ids(@Nullable JsonArray given) {
        List<UUID> ids = new ArrayList<>();
        if (given != null) {
            for (int i = 0; i < given.size(); i++) {
                try {
                    ids.add(UUID.fromString(given.getString(i)));
                } catch (IllegalArgumentException e) {
                    throw Refusal.badInput("/media/" + i, "附件编号不对，请重新上传。");
                }
            }
        }
        return ids;
    }

    private static @Nullable About about(@Nullable String name, Kind kind) {
        if (name == null) {
            return null;
        }
        return About.of(name)
                .filter(found -> found.fits(kind))
                .orElseThrow(() -> Refusal.notSensible("/about", "没有这一类，请重新选择。"));
    }

    private static int count(JsonObject body, String field) {
        return Objects.requireNonNullElse(body.getInteger(field), 0);
    }
}
