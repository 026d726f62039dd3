package linge.media;

import io.vertx.core.json.JsonObject;
import java.util.UUID;
import linge.media.clean.MediaKind;
import org.jspecify.annotations.Nullable;

/**
 * A photo or video that is kept.
 *
 * @param owner who uploaded it
 * @param key of the file in the store
 * @param width pixels
 * @param height pixels
 * @param sha256 of the file, in hexadecimal
 * @param caseId null until it is filed
 * @param seq the line of the case's history it belongs to
 */
public record MediaItem(
        UUID id,
        MediaKind kind,
        Adder addedBy,
        UUID owner,
        String key,
        long bytes,
        int thumbnailBytes,
        int width,
        int height,
        String sha256,
        @Nullable UUID caseId,
        @Nullable Integer seq) {

    /** Who may upload; the labels equal those of the database's enum. */
    public enum Adder {
        RESIDENT,
        STAFF
    }

    /** The contract's {@code Media}. */
    public JsonObject toJson() {
        String url = "/api/media/" + id;
        return new JsonObject()
                .put("id", id.toString())
                .put("kind", kind.name())
                .put("type", kind.type())
                .put("bytes", bytes)
                .put("width", width)
                .put("height", height)
                .put("url", url)
                .put("thumbnail", url + "/thumbnail")
                .put("addedBy", addedBy.name());
    }

    String fileKey() {
        return key + kind.ending();
    }

    String thumbnailKey() {
        return thumbnailKey(key);
    }

    static String thumbnailKey(String key) {
        return key + ".t.jpg";
    }
}
