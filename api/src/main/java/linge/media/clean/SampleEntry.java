package linge.media.clean;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a track's samples are coded, written anew from what a player needs.
 *
 * @param stsd the box, whole
 * @param width pixels, 0 for sound
 * @param height pixels, 0 for sound
 * @param avcC what an H.264 decoder starts from
 */
record SampleEntry(byte[] stsd, int width, int height, byte @Nullable [] avcC) {

    private static final int VISUAL_HEAD = 78;
    private static final int SOUND_HEAD = 28;
    /** What QuickTime's first version of a sound entry puts before the boxes. */
    private static final int SOUND_V1 = 16;

    private static final int LONGEST_CONFIG = 16 * 1024;

    /** A codec's name and the box that configures its decoder. */
    private static final Map<String, String> VISUAL = Map.of(
            "avc1", "avcC", "avc3", "avcC", "hvc1", "hvcC", "hev1", "hvcC", "mp4v", "esds", "vp09", "vpcC", "av01",
            "av1C");

    private static final Map<String, String> SOUND =
            Map.of("mp4a", "esds", "samr", "damr", "sawb", "damr", "Opus", "dOps", "alac", "alac");
    private static final Set<String> COLOURS = Set.of("nclx", "nclc");

    /** Null when the codec is not one we keep. */
    static @Nullable SampleEntry of(Box stsd, boolean visual) {
        List<Box> entries = Box.in(stsd.body().slice(8, stsd.body().remaining() - 8));
        if (entries.isEmpty() || entries.size() > 4) {
            return null;
        }
        List<byte[]> written = new ArrayList<>();
        written.add(Box.ints(0, entries.size()));
        byte[] avcC = null;
        for (Box entry : entries) {
            String config = (visual ? VISUAL : SOUND).get(entry.type());
            byte[] rewritten = config == null ? null : visual ? visual(entry, config) : sound(entry, config);
            if (rewritten == null) {
                return null;
            }
            written.add(rewritten);
            if (avcC == null && config != null && config.equals("avcC")) {
                Box found = Box.find(children(entry, VISUAL_HEAD), config);
                avcC = found == null ? null : found.bytes();
            }
        }
        ByteBuffer first = entries.get(0).body();
        return new SampleEntry(
                Box.of("stsd", written.toArray(new byte[0][])),
                visual ? first.getShort(24) & 0xffff : 0,
                visual ? first.getShort(26) & 0xffff : 0,
                avcC);
    }

    private static byte @Nullable [] visual(Box entry, String config) {
        ByteBuffer children = children(entry, VISUAL_HEAD);
        byte[] decoder = copied(children, config);
        if (decoder == null) {
            return null;
        }
        ByteBuffer head = ByteBuffer.allocate(VISUAL_HEAD);
        head.putShort(6, (short) 1);
        head.putShort(24, entry.body().getShort(24)).putShort(26, entry.body().getShort(26));
        // 72 dots an inch, one frame a sample, no compressor's name, 24 bits, no colour table.
        head.putInt(28, 0x00480000).putInt(32, 0x00480000).putShort(40, (short) 1);
        head.putShort(74, (short) 24).putShort(76, (short) -1);
        byte[] pasp = copied(children, "pasp");
        Box colour = Box.find(children, "colr");
        boolean plain = colour != null
                && colour.body().remaining() >= 4
                && colour.body().remaining() <= 16
                && COLOURS.contains(Box.type(colour.body(), 0));
        return Box.of(
                entry.type(),
                head.array(),
                decoder,
                pasp == null || pasp.length != 16 ? new byte[0] : pasp,
                colour == null || !plain ? new byte[0] : Box.of("colr", colour.bytes()));
    }

    private static byte @Nullable [] sound(Box entry, String config) {
        int version = entry.body().getShort(8);
        if (version < 0 || version > 1) {
            return null;
        }
        ByteBuffer children = children(entry, SOUND_HEAD + version * SOUND_V1);
        byte[] decoder = copied(children, config);
        Box wave = Box.find(children, "wave");
        if (decoder == null && wave != null) {
            decoder = copied(wave.body(), config);
        }
        if (decoder == null) {
            return null;
        }
        ByteBuffer head = ByteBuffer.allocate(SOUND_HEAD);
        head.putShort(6, (short) 1);
        head.putShort(16, entry.body().getShort(16)).putShort(18, (short) 16);
        head.putInt(24, entry.body().getInt(24));
        return Box.of(entry.type(), head.array(), decoder);
    }

    private static ByteBuffer children(Box entry, int head) {
        if (entry.body().remaining() < head) {
            throw MediaRefusals.brokenVideo();
        }
        return entry.body().slice(head, entry.body().remaining() - head);
    }

    private static byte @Nullable [] copied(ByteBuffer within, String type) {
        Box found = Box.find(within, type);
        return found == null || found.body().remaining() > LONGEST_CONFIG ? null : Box.of(type, found.bytes());
    }
}
