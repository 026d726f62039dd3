package linge.media.clean;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a track's samples play and where in the file they lie.
 *
 * @param tables the boxes of times and sizes, to be written as they are; places are written anew
 * @param duration in units of the track's timescale
 * @param chunks where samples lie, in the track's order
 * @param firstSize bytes of the first sample, 0 when it cannot be decoded by itself
 */
record Samples(List<byte[]> tables, long duration, List<Chunk> chunks, long firstSize) {

    /** Samples that lie in one piece. */
    record Chunk(long at, long size) {}

    /** A minute at 240 pictures a second is 14,400 samples; sound has fewer. */
    private static final int MOST = 200_000;

    /**
     * @param fileSize no sample may lie past it
     * @throws linge.shared.Refusal when the tables contradict one another
     */
    static Samples of(ByteBuffer stbl, long fileSize) {
        Box stsz = table(stbl, "stsz", 0, 4);
        Box stts = table(stbl, "stts", 8, 0);
        Box stsc = table(stbl, "stsc", 12, 0);
        int count = stsz.body().getInt(8);
        int fixed = stsz.body().getInt(4);
        boolean told = fixed != 0 || stsz.body().remaining() >= 12 + 4L * count;
        if (count < 1 || count > MOST || fixed < 0 || !told) {
            throw MediaRefusals.brokenVideo();
        }
        List<byte[]> tables = new ArrayList<>();
        tables.add(Box.of("stts", exactly(stts, 8 + 8 * stts.body().getInt(4))));
        Box ctts = Box.find(stbl, "ctts");
        if (ctts != null) {
            Box checked = table(stbl, "ctts", 8, 0);
            sum(checked, count);
            tables.add(Box.of("ctts", exactly(checked, 8 + 8 * checked.body().getInt(4))));
        }
        @Nullable Box stss = Box.find(stbl, "stss");
        boolean firstStandsAlone = stss == null;
        if (stss != null) {
            Box checked = table(stbl, "stss", 4, 0);
            firstStandsAlone = checked.body().getInt(4) > 0 && checked.body().getInt(8) == 1;
            tables.add(Box.of("stss", exactly(checked, 8 + 4 * checked.body().getInt(4))));
        }
        tables.add(Box.of("stsc", exactly(stsc, 8 + 12 * stsc.body().getInt(4))));
        tables.add(Box.of("stsz", exactly(stsz, 12 + (fixed == 0 ? 4 * count : 0))));
        List<Chunk> chunks = chunks(stbl, stsc, stsz, count, fileSize);
        long firstSize = fixed != 0 ? fixed : Integer.toUnsignedLong(stsz.body().getInt(12));
        return new Samples(tables, sum(stts, count), chunks, firstStandsAlone ? firstSize : 0);
    }

    private static List<Chunk> chunks(ByteBuffer stbl, Box stsc, Box stsz, int count, long fileSize) {
        Box wide = Box.find(stbl, "co64");
        Box places = wide == null ? table(stbl, "stco", 4, 0) : table(stbl, "co64", 8, 0);
        int chunkCount = places.body().getInt(4);
        int runs = stsc.body().getInt(4);
        int fixed = stsz.body().getInt(4);
        List<Chunk> chunks = new ArrayList<>();
        int run = 0;
        int sample = 0;
        for (int chunk = 1; chunk <= chunkCount && sample < count; chunk++) {
            while (run + 1 < runs && stsc.body().getInt(8 + 12 * (run + 1)) <= chunk) {
                run++;
            }
            int per = runs == 0 ? 0 : stsc.body().getInt(8 + 12 * run + 4);
            if (per < 1) {
                throw MediaRefusals.brokenVideo();
            }
            int here = Math.min(per, count - sample);
            long size = 0;
            for (int i = 0; i < here; i++) {
                size += fixed != 0 ? fixed : Integer.toUnsignedLong(stsz.body().getInt(12 + 4 * (sample + i)));
            }
            sample += here;
            long at = wide == null
                    ? Integer.toUnsignedLong(places.body().getInt(8 + 4 * (chunk - 1)))
                    : places.body().getLong(8 + 8 * (chunk - 1));
            if (at < 0 || size > fileSize || at > fileSize - size) {
                throw MediaRefusals.brokenVideo();
            }
            chunks.add(new Chunk(at, size));
        }
        if (sample != count) {
            throw MediaRefusals.brokenVideo();
        }
        return chunks;
    }

    /** A table whose rows are all there: {@code row} bytes each, after the count and {@code more} bytes. */
    private static Box table(ByteBuffer stbl, String type, int row, int more) {
        Box box = Box.need(stbl, type);
        int rows = box.body().remaining() < 8 + more ? -1 : box.body().getInt(4);
        boolean whole = row == 0 || (rows <= MOST && box.body().remaining() >= 8 + (long) row * rows);
        if (rows == -1 || (row > 0 && rows < 0) || !whole) {
            throw MediaRefusals.brokenVideo();
        }
        return box;
    }

    /** Durations summed, the counts of samples having added up. */
    private static long sum(Box runs, int count) {
        long samples = 0;
        long total = 0;
        for (int i = 0; i < runs.body().getInt(4); i++) {
            long of = Integer.toUnsignedLong(runs.body().getInt(8 + 8 * i));
            samples += of;
            total += of * Integer.toUnsignedLong(runs.body().getInt(12 + 8 * i));
            if (samples > count) {
                throw MediaRefusals.brokenVideo();
            }
        }
        if (samples != count) {
            throw MediaRefusals.brokenVideo();
        }
        return total;
    }

    /** The first {@code length} bytes: what a box carries after its rows is not ours to keep. */
    private static byte[] exactly(Box box, int length) {
        byte[] bytes = new byte[length];
        box.body().get(0, bytes);
        return bytes;
    }
}
