package linge.notify.wechat.platform;

import java.util.Map;

/**
 * What the service answered to a push.
 *
 * @param body as it came
 * @param reply the passive reply's leaves, decrypted; empty when the service only said {@code success}
 * @param shown whether the person saw it: false when it came too late, or to a push given up meanwhile
 */
public record Answer(int status, String body, Map<String, String> reply, boolean shown) {

    /** The words of a text reply, else empty. */
    public String text() {
        return reply.getOrDefault("Content", "");
    }

    /** Taken without anything to say. */
    public boolean isSilent() {
        return status == 200 && (body.isEmpty() || body.equals("success"));
    }
}
