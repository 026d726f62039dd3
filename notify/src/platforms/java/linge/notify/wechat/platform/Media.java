package linge.notify.wechat.platform;

import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people sent: kept three days by WeChat, here for as long as a test runs. */
final class Media {

    record Item(Buffer bytes, String type, String name) {}

    private final Map<String, Item> items = new HashMap<>();

    synchronized String keep(byte[] bytes, String type, String name) {
        String id = "media-" + (items.size() + 1);
        items.put(id, new Item(Buffer.buffer(bytes), type, name));
        return id;
    }

    synchronized @Nullable Item find(@Nullable String id) {
        return items.get(id);
    }
}
