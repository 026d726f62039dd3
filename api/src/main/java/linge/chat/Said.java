package linge.chat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import linge.bot.dialogue.Heard;
import linge.bot.dialogue.Talk;
import linge.grids.GeoPoint;
import linge.shared.Refusal;
import linge.shared.Words;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;

/**
 * One request to the chat: what was said, where, and by which key it would be known again.
 *
 * @param conversation null to begin one
 * @param things what the bot hears, one after the other
 * @param more point and media as the contract's {@code ChatMessage} shows them
 */
record Said(
        @Nullable String conversation,
        @Nullable String clientKey,
        Buffer hash,
        @Nullable String text,
        List<Heard.Said> things,
        JsonObject more) {

    private static final int MOST_WORDS = 4000;

    /** @throws Refusal when nothing is said */
    static Said of(JsonObject body, @Nullable String clientKey) {
        List<Heard.Said> things = new ArrayList<>();
        JsonObject more = new JsonObject();
        GeoPoint point = GeoPoint.of(body.getJsonObject("point"), "/point");
        if (point != null) {
            Coordinate wgs84 = point.wgs84();
            things.add(new Heard.Point(wgs84.x, wgs84.y, point.accuracy() > 0 ? point.accuracy() : null, null));
            more.put(
                    "point",
                    new JsonObject().put("lon", wgs84.x).put("lat", wgs84.y).put("crs", "wgs84"));
        }
        JsonArray media = body.getJsonArray("media");
        if (media != null && !media.isEmpty()) {
            things.add(new Heard.Media(media.stream().map(String::valueOf).toList()));
            more.put("media", media);
        }
        String choice = Words.of(body.getString("choice"));
        if (choice != null) {
            things.add(new Heard.Tap(choice));
        }
        String text = Words.of(body.getString("text"));
        if (text != null) {
            // Stripping may leave a composed character more than the contract let in.
            text = text.length() > MOST_WORDS ? text.substring(0, MOST_WORDS) : text;
            things.add(new Heard.Text(text));
        }
        if (things.isEmpty() && Boolean.TRUE.equals(body.getBoolean("opened"))) {
            things.add(new Heard.Opened());
        }
        if (things.isEmpty()) {
            throw Refusal.badInput("/text", "请说点什么：文字、选项、位置或照片。");
        }
        return new Said(
                known(body.getString("conversation")),
                clientKey,
                Owner.hash(point + "\n" + media + "\n" + choice + "\n" + text),
                text,
                things,
                more);
    }

    /** Nothing is said, the page was only opened. */
    boolean onlyOpened() {
        return things.size() == 1 && things.get(0) instanceof Heard.Opened;
    }

    /** The words to show in the resident's bubble: a choice by its label. */
    String shown(Talk talk) {
        if (text != null) {
            return text;
        }
        for (Heard.Said thing : things) {
            if (thing instanceof Heard.Tap tap) {
                return talk.offered().stream()
                        .filter(choice -> choice.id().equals(tap.id()))
                        .map(choice -> choice.label())
                        .findFirst()
                        .orElse("");
            }
        }
        return "";
    }

    /** What no conversation of ours is called is not there. */
    private static @Nullable String known(@Nullable String id) {
        if (id == null || id.isBlank()) {
            return null;
        }
        if (!id.matches("[A-Za-z0-9_-]{20,60}")) {
            throw Refusal.notFound("这段对话");
        }
        return id;
    }
}
