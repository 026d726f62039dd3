package linge.notify.wechat.platform;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The account's menu. */
final class Menus {

    private static final int BUTTONS = 3;
    private static final int SUB_BUTTONS = 5;
    private static final int NAME_BYTES = 16;
    private static final int SUB_NAME_BYTES = 60;

    private @Nullable JsonObject menu;

    synchronized JsonObject create(JsonObject asked) {
        JsonArray buttons = asked.getJsonArray("button", new JsonArray());
        if (buttons.isEmpty() || buttons.size() > BUTTONS) {
            return Code.INVALID_BUTTON_COUNT.json();
        }
        for (int i = 0; i < buttons.size(); i++) {
            JsonArray below = buttons.getJsonObject(i).getJsonArray("sub_button", new JsonArray());
            if (below.size() > SUB_BUTTONS) {
                return Code.INVALID_BUTTON_COUNT.json();
            }
            boolean named = isNamed(buttons.getJsonObject(i), NAME_BYTES);
            for (int j = 0; j < below.size(); j++) {
                named &= isNamed(below.getJsonObject(j), SUB_NAME_BYTES);
            }
            if (!named) {
                return Code.INVALID_BUTTON_NAME.json();
            }
        }
        menu = asked.copy();
        return Code.OK.json();
    }

    private static boolean isNamed(JsonObject button, int longest) {
        int bytes = button.getString("name", "").getBytes(StandardCharsets.UTF_8).length;
        return bytes > 0 && bytes <= longest;
    }

    synchronized JsonObject get() {
        return menu == null ? Code.NO_MENU.json() : new JsonObject().put("menu", menu.copy());
    }

    synchronized JsonObject delete() {
        menu = null;
        return Code.OK.json();
    }
}
