package linge.media.clean;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One box of an MP4 or QuickTime file: four letters and what they hold. */
record Box(String type, ByteBuffer body) {

    private static final int HEAD = 8;
    private static final int MOST = 4096;

    /** The boxes that follow one another in these bytes; a broken size ends the list. */
    static List<Box> in(ByteBuffer bytes) {
        List<Box> boxes = new ArrayList<>();
        ByteBuffer rest = bytes.slice();
        while (rest.remaining() >= HEAD) {
            int at = rest.position();
            long size = Integer.toUnsignedLong(rest.getInt(at));
            String type = type(rest, at + 4);
            int head = HEAD;
            if (size == 1 && rest.remaining() >= 2 * HEAD) {
                size = rest.getLong(at + HEAD);
                head = 2 * HEAD;
            } else if (size == 0) {
                // QuickTime ends some lists with four zero bytes.
                break;
            }
            if (size < head || size > rest.remaining()) {
                throw MediaRefusals.brokenVideo();
            }
            boxes.add(new Box(type, rest.slice(at + head, (int) size - head)));
            if (boxes.size() > MOST) {
                throw MediaRefusals.brokenVideo();
            }
            rest.position(at + (int) size);
        }
        return boxes;
    }

    static String type(ByteBuffer bytes, int at) {
        byte[] letters = new byte[4];
        bytes.get(at, letters);
        return new String(letters, StandardCharsets.ISO_8859_1);
    }

    /** The first box down this path of types. */
    static @Nullable Box find(ByteBuffer within, String... path) {
        ByteBuffer here = within;
        Box found = null;
        for (String type : path) {
            found = in(here).stream()
                    .filter(b -> b.type.equals(type))
                    .findFirst()
                    .orElse(null);
            if (found == null) {
                return null;
            }
            here = found.body;
        }
        return found;
    }

    static Box need(ByteBuffer within, String... path) {
        Box found = find(within, path);
        if (found == null) {
            throw MediaRefusals.brokenVideo();
        }
        return found;
    }

    /** The version byte of a box that has one. */
    int version() {
        return body.get(0);
    }

    byte[] bytes() {
        byte[] copy = new byte[body.remaining()];
        body.get(body.position(), copy);
        return copy;
    }

    /** A number of 4 bytes in version 0 and of 8 in version 1. */
    long wide(int at) {
        return version() == 1 ? body.getLong(at) : Integer.toUnsignedLong(body.getInt(at));
    }

    /** A box made of these parts. */
    static byte[] of(String type, byte[]... parts) {
        int size = HEAD;
        for (byte[] part : parts) {
            size += part.length;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(size);
        out.writeBytes(ByteBuffer.allocate(4).putInt(size).array());
        out.writeBytes(type.getBytes(StandardCharsets.ISO_8859_1));
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** Big-endian 32-bit numbers. */
    static byte[] ints(int... numbers) {
        ByteBuffer out = ByteBuffer.allocate(4 * numbers.length);
        for (int number : numbers) {
            out.putInt(number);
        }
        return out.array();
    }
}
