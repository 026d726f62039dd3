package linge;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import linge.media.MediaSettings;

/** What a page needs to know before anybody signs in; schema {@code PublicSettings}. */
final class PublicSettings {

    private static final String[][] HOTLINES = {
        {"110", "报警"},
        {"119", "火警"},
        {"120", "急救"},
        {"122", "交通事故"},
        {"12345", "政务服务热线"},
        {"12348", "法律服务热线"},
        {"12356", "心理援助热线"}
    };

    private PublicSettings() {}

    static JsonObject of(Settings settings, MediaSettings media) {
        JsonArray hotlines = new JsonArray();
        for (String[] line : HOTLINES) {
            hotlines.add(new JsonObject().put("number", line[0]).put("name", line[1]));
        }
        return new JsonObject()
                .put("demo", settings.demo())
                .put("tiles", settings.tiles())
                .put("weChat", settings.weChat() != null)
                .put(
                        "city",
                        new JsonObject()
                                .put("code", "1404")
                                .put("name", "长治市")
                                // Public figures for the city's extent.
                                .put(
                                        "bounds",
                                        new JsonArray()
                                                .add(111.96)
                                                .add(35.82)
                                                .add(113.75)
                                                .add(37.14)))
                .put(
                        "media",
                        new JsonObject()
                                .put("count", media.count())
                                .put("photoBytes", media.photoBytes())
                                .put("videoBytes", media.videoBytes()))
                .put("hotlines", hotlines);
    }
}
