package linge.wechat;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The account's menu as a file in the platform's own form; {@code {url}} stands for where our pages are. */
public final class Menu {

    private static final int MOST_BUTTONS = 3;
    private static final int MOST_BELOW = 5;
    /** UTF-8 bytes of a name, on the bar and in the lists above it. */
    private static final int LONGEST_NAME = 16;

    private static final int LONGEST_BELOW = 60;

    private Menu() {}

    /** The menu that ships. */
    static String shipped() {
        try (InputStream file = Objects.requireNonNull(Menu.class.getResourceAsStream("/linge/wechat/menu.json"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads and checks a menu.
     *
     * @param file its text, null for the one that ships
     * @throws IllegalArgumentException in one Chinese sentence about what the platform would refuse
     */
    public static JsonObject read(@Nullable String file, String publicUrl) {
        JsonObject menu;
        try {
            menu = new JsonObject((file == null ? shipped() : file).replace("{url}", publicUrl));
        } catch (DecodeException e) {
            throw new IllegalArgumentException("菜单文件不是合法的 JSON", e);
        }
        JsonArray buttons = menu.getJsonArray("button");
        if (buttons == null || buttons.isEmpty() || buttons.size() > MOST_BUTTONS) {
            throw new IllegalArgumentException("一级菜单要有 1 到 " + MOST_BUTTONS + " 个");
        }
        buttons.forEach(one -> check((JsonObject) one, LONGEST_NAME, true));
        return menu;
    }

    private static void check(JsonObject button, int longest, boolean mayOpen) {
        String name = button.getString("name", "");
        if (name.isBlank() || name.getBytes(StandardCharsets.UTF_8).length > longest) {
            throw new IllegalArgumentException("菜单名称“" + name + "”要有 1 到 " + longest / 3 + " 个汉字");
        }
        JsonArray below = button.getJsonArray("sub_button");
        if (below != null && mayOpen) {
            if (below.isEmpty() || below.size() > MOST_BELOW) {
                throw new IllegalArgumentException("“" + name + "”下面要有 1 到 " + MOST_BELOW + " 个菜单");
            }
            below.forEach(one -> check((JsonObject) one, LONGEST_BELOW, false));
            return;
        }
        String type = button.getString("type", "");
        String needed = switch (type) {
            case "click" -> "key";
            case "view" -> "url";
            default -> throw new IllegalArgumentException("“" + name + "”的类型只能是 click 或 view");
        };
        String value = button.getString(needed, "");
        if (value.isBlank() || type.equals("view") && !value.matches("https?://\\S+")) {
            throw new IllegalArgumentException("“" + name + "”缺 " + needed);
        }
    }
}
