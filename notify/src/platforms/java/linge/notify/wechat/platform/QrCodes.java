package linge.notify.wechat.platform;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** Codes with a scene. Their pictures are JPEGs that differ by ticket, and no true codes. */
final class QrCodes {

    private static final int LONGEST_SCENE = 64;
    private static final int SIDE = 43;

    private final Map<String, String> scenes = new HashMap<>();

    synchronized JsonObject create(JsonObject asked) {
        String action = asked.getString("action_name", "");
        JsonObject scene =
                asked.getJsonObject("action_info", new JsonObject()).getJsonObject("scene", new JsonObject());
        Object value = action.contains("STR") ? scene.getValue("scene_str") : scene.getValue("scene_id");
        if (!action.matches("QR(_LIMIT)?(_STR)?_SCENE")
                || value == null
                || value.toString().isEmpty()
                || value.toString().length() > LONGEST_SCENE) {
            return Code.INVALID_ACTION.json();
        }
        String ticket = ticketOf(value.toString());
        scenes.put(ticket, value.toString());
        JsonObject answer =
                new JsonObject().put("ticket", ticket).put("url", "http://weixin.qq.com/q/" + ticket.substring(0, 22));
        return action.contains("LIMIT") ? answer : answer.put("expire_seconds", asked.getInteger("expire_seconds", 60));
    }

    String ticketOf(String scene) {
        String hash = Crypt.signature("ticket", scene);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(("gQ" + hash).getBytes(StandardCharsets.UTF_8));
    }

    /** The scene a ticket stands for, or null. */
    synchronized @Nullable String scene(@Nullable String ticket) {
        return scenes.get(ticket);
    }

    static Buffer picture(String ticket) {
        BufferedImage image = new BufferedImage(SIDE * 10, SIDE * 10, BufferedImage.TYPE_BYTE_GRAY);
        Random dots = new Random(ticket.hashCode());
        for (int i = 0; i < SIDE * SIDE; i++) {
            int shade = dots.nextBoolean() ? 0xffffff : 0;
            for (int p = 0; p < 100; p++) {
                image.setRGB(i % SIDE * 10 + p % 10, i / SIDE * 10 + p / 10, shade);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(out.toByteArray());
    }
}
