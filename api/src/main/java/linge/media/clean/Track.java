package linge.media.clean;

import java.nio.ByteBuffer;
import java.util.List;
import linge.media.clean.Samples.Chunk;
import org.jspecify.annotations.Nullable;

/**
 * A picture or sound track, read through a list of what is allowed and written anew.
 *
 * @param timescale units a second
 * @param language three packed letters
 * @param matrix how the picture is turned, 36 bytes
 * @param edits the parts that play, each 12 bytes as version 0 writes them; empty when all does
 */
record Track(
        boolean visual,
        SampleEntry entry,
        Samples samples,
        long timescale,
        short language,
        byte[] matrix,
        byte[] edits,
        byte[] size) {

    private static final int MOST_EDITS = 16;
    private static final int SHOWN = 7;
    private static final long FINEST = 10_000_000;

    /** Null for what is neither picture nor sound, or is in a codec we do not keep: text, places, device data. */
    static @Nullable Track of(ByteBuffer trak, long fileSize) {
        Box handler = Box.find(trak, "mdia", "hdlr");
        String kind = handler == null || handler.body().remaining() < 12 ? "" : Box.type(handler.body(), 8);
        boolean visual = kind.equals("vide");
        if (!visual && !kind.equals("soun")) {
            return null;
        }
        Box stbl = Box.need(trak, "mdia", "minf", "stbl");
        SampleEntry entry = SampleEntry.of(Box.need(stbl.body(), "stsd"), visual);
        if (entry == null) {
            return null;
        }
        Box mdhd = Box.need(trak, "mdia", "mdhd");
        int times = mdhd.version() == 1 ? 20 : 12;
        long timescale = Integer.toUnsignedLong(mdhd.body().getInt(times));
        if (timescale == 0 || timescale > FINEST) {
            throw MediaRefusals.brokenVideo();
        }
        Box tkhd = Box.need(trak, "tkhd");
        int shape = tkhd.version() == 1 ? 52 : 40;
        byte[] matrix = new byte[36];
        tkhd.body().get(shape, matrix);
        byte[] size = new byte[8];
        tkhd.body().get(shape + matrix.length, size);
        return new Track(
                visual,
                entry,
                Samples.of(stbl.body(), fileSize),
                timescale,
                mdhd.body().getShort(times + (mdhd.version() == 1 ? 12 : 8)),
                matrix,
                edits(Box.find(trak, "edts", "elst")),
                size);
    }

    double seconds() {
        return (double) samples.duration() / timescale;
    }

    /** Whether a player turns the picture by a quarter. */
    boolean onItsSide() {
        return orientation() >= 5;
    }

    /** The turn of the matrix as EXIF counts turns: 1 upright, 3 upside down, 6 a quarter right, 8 a quarter left. */
    int orientation() {
        ByteBuffer m = ByteBuffer.wrap(matrix);
        int a = Integer.signum(m.getInt(0));
        int b = Integer.signum(m.getInt(4));
        if (a == 0 && b != 0) {
            return b > 0 ? 6 : 8;
        }
        return a < 0 ? 3 : 1;
    }

    /**
     * The {@code trak} box.
     *
     * @param number from 1
     * @param movieScale units a second of the film
     * @param places where each chunk lies in the new file
     */
    byte[] write(int number, long movieScale, long[] places) {
        int duration = (int) Math.min(Integer.MAX_VALUE, Math.round(seconds() * movieScale));
        byte[] tkhd = Box.of(
                "tkhd",
                // No time of recording; layer and group 0; full volume where there is sound.
                Box.ints(SHOWN, 0, 0, number, 0, duration, 0, 0, 0, visual ? 0 : 0x01000000),
                matrix,
                size);
        byte[] media = Box.of(
                "mdia",
                Box.of("mdhd", Box.ints(0, 0, 0, (int) timescale, (int) samples.duration(), (language & 0xffff) << 16)),
                Box.of("hdlr", Box.ints(0, 0, visual ? 0x76696465 : 0x736f756e, 0, 0, 0), new byte[1]),
                Box.of(
                        "minf",
                        visual ? Box.of("vmhd", Box.ints(1, 0, 0)) : Box.of("smhd", Box.ints(0, 0)),
                        Box.of("dinf", Box.of("dref", Box.ints(0, 1), Box.of("url ", Box.ints(1)))),
                        table(places)));
        byte[] parts =
                edits.length == 0 ? new byte[0] : Box.of("edts", Box.of("elst", Box.ints(0, edits.length / 12), edits));
        return Box.of("trak", tkhd, parts, media);
    }

    private byte[] table(long[] places) {
        int[] stco = new int[places.length + 2];
        stco[1] = places.length;
        for (int i = 0; i < places.length; i++) {
            stco[i + 2] = (int) places[i];
        }
        List<byte[]> tables = samples.tables();
        byte[][] parts = new byte[tables.size() + 2][];
        parts[0] = entry.stsd();
        for (int i = 0; i < tables.size(); i++) {
            parts[i + 1] = tables.get(i);
        }
        parts[parts.length - 1] = Box.of("stco", Box.ints(stco));
        return Box.of("stbl", parts);
    }

    List<Chunk> chunks() {
        return samples.chunks();
    }

    private static byte[] edits(@Nullable Box elst) {
        if (elst == null || elst.body().remaining() < 8) {
            return new byte[0];
        }
        int count = elst.body().getInt(4);
        int row = elst.version() == 1 ? 20 : 12;
        if (count < 1 || count > MOST_EDITS || elst.body().remaining() < 8 + count * row) {
            return new byte[0];
        }
        ByteBuffer out = ByteBuffer.allocate(12 * count);
        for (int i = 0; i < count; i++) {
            int at = 8 + i * row;
            long length = elst.wide(at);
            long from = row == 20 ? elst.body().getLong(at + 8) : elst.body().getInt(at + 4);
            out.putInt((int) length).putInt((int) from).putInt(elst.body().getInt(at + row - 4));
        }
        return out.array();
    }
}
