package linge.notify.sms;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A text as the air carries it: UCS-2, 70 characters in one message, or parts of 67 each with a header that says which of how
 * many it is. Source: GSM 03.40, 9.2.3.24.1.
 */
final class Segments {

    private static final int ALONE = 70;
    private static final int IN_PARTS = 67;
    private static final int MOST_PARTS = 255;

    private Segments() {}

    /** @param bytes the header, if there is one, and the words */
    record Segment(byte[] bytes, boolean withHeader) {}

    /**
     * @param reference tells the parts of one message from those of another to the same phone; its last byte counts
     * @throws IllegalArgumentException for a text longer than 255 parts
     */
    static List<Segment> of(String text, long reference) {
        if (text.length() <= ALONE) {
            return List.of(new Segment(text.getBytes(StandardCharsets.UTF_16BE), false));
        }
        List<String> parts = parts(text);
        if (parts.size() > MOST_PARTS) {
            throw new IllegalArgumentException("a text of " + text.length() + " characters does not fit in SMS");
        }
        List<Segment> segments = new ArrayList<>();
        for (String part : parts) {
            byte[] words = part.getBytes(StandardCharsets.UTF_16BE);
            byte[] bytes = new byte[6 + words.length];
            bytes[0] = 5;
            bytes[1] = 0;
            bytes[2] = 3;
            bytes[3] = (byte) reference;
            bytes[4] = (byte) parts.size();
            bytes[5] = (byte) (segments.size() + 1);
            System.arraycopy(words, 0, bytes, 6, words.length);
            segments.add(new Segment(bytes, true));
        }
        return List.copyOf(segments);
    }

    /** Never between the halves of one character: some phones show each part by itself. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        for (int from = 0; from < text.length(); ) {
            int to = Math.min(from + IN_PARTS, text.length());
            if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
                to--;
            }
            parts.add(text.substring(from, to));
            from = to;
        }
        return parts;
    }
}
