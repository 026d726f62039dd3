package linge.media.clean;

import java.io.EOFException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import linge.media.clean.Samples.Chunk;
import org.jspecify.annotations.Nullable;

/**
 * Packs a video anew: one picture track and one sound track, sample for sample, and nothing else. What the file holds
 * besides (places, device, times, texts, other tracks, loose bytes) is not on the list of what passes.
 */
final class VideoCleaner {

    /** The tables of a minute take less than a tenth of this. */
    private static final int LONGEST_INDEX = 8 << 20;

    private static final int MOST_TOP_BOXES = 10_000;
    private static final int MOST_TRACKS = 32;
    /** Phones stop a moment after the last full second. */
    private static final double GRACE_SECONDS = 1.0;

    /** What came out. */
    record Film(Track picture, long firstSampleAt) {}

    private record Placed(Chunk chunk, int track, int index) {}

    private final Limits limits;

    VideoCleaner(Limits limits) {
        this.limits = limits;
    }

    /** Writes {@code to}, the index first so that a player starts before all of it is there. */
    Film clean(Path from, Path to) throws IOException {
        try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer moov = index(in);
            List<Track> tracks = tracks(moov, in.size());
            return write(moov, tracks, in, out);
        } catch (BufferUnderflowException | IndexOutOfBoundsException | EOFException e) {
            throw MediaRefusals.brokenVideo();
        }
    }

    private static ByteBuffer index(FileChannel in) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(16);
        long at = 0;
        for (int n = 0; n < MOST_TOP_BOXES && at + 8 <= in.size(); n++) {
            head.clear().limit((int) Math.min(16, in.size() - at));
            readFully(in, head, at);
            long size = Integer.toUnsignedLong(head.getInt(0));
            String type = Box.type(head, 4);
            int headSize = size == 1 ? 16 : 8;
            size = size == 1 ? head.getLong(8) : size == 0 ? in.size() - at : size;
            if (type.equals("moof")) {
                throw MediaRefusals.fragmented();
            }
            if (type.equals("moov")) {
                if (size < headSize || size > LONGEST_INDEX || size > in.size() - at) {
                    throw MediaRefusals.brokenVideo();
                }
                ByteBuffer moov = ByteBuffer.allocate((int) size - headSize);
                readFully(in, moov, at + headSize);
                if (Box.find(moov, "mvex") != null) {
                    throw MediaRefusals.fragmented();
                }
                return moov;
            }
            if (size < headSize || size > in.size() - at) {
                break;
            }
            at += size;
        }
        throw MediaRefusals.brokenVideo();
    }

    /** The first picture we can keep, and the first sound if there is one. */
    private List<Track> tracks(ByteBuffer moov, long fileSize) {
        Track picture = null;
        Track sound = null;
        int seen = 0;
        for (Box box : Box.in(moov)) {
            if (!box.type().equals("trak") || ++seen > MOST_TRACKS) {
                continue;
            }
            @Nullable Track track = Track.of(box.body(), fileSize);
            if (track != null && track.visual() && picture == null) {
                picture = track;
            } else if (track != null && !track.visual() && sound == null) {
                sound = track;
            }
        }
        if (picture == null || picture.entry().width() == 0 || picture.entry().height() == 0) {
            throw MediaRefusals.noPicture();
        }
        List<Track> kept = sound == null ? List.of(picture) : List.of(picture, sound);
        long bytes = 0;
        for (Track track : kept) {
            if (track.seconds() > limits.videoSeconds() + GRACE_SECONDS) {
                throw MediaRefusals.tooLong(limits.videoSeconds());
            }
            bytes += track.chunks().stream().mapToLong(Chunk::size).sum();
        }
        // Chunks that overlap would let a small file grow into a large one.
        if (bytes > fileSize) {
            throw MediaRefusals.brokenVideo();
        }
        return kept;
    }

    private static Film write(ByteBuffer moov, List<Track> tracks, FileChannel in, FileChannel out) throws IOException {
        List<Placed> order = new ArrayList<>();
        long[][] places = new long[tracks.size()][];
        for (int t = 0; t < tracks.size(); t++) {
            List<Chunk> chunks = tracks.get(t).chunks();
            places[t] = new long[chunks.size()];
            for (int c = 0; c < chunks.size(); c++) {
                order.add(new Placed(chunks.get(c), t, c));
            }
        }
        // In the order of the original, picture and sound stay side by side.
        order.sort(Comparator.comparingLong(p -> p.chunk().at()));
        byte[] ftyp =
                Box.of("ftyp", letters("isom"), Box.ints(0x200), letters("isom"), letters("iso2"), letters("mp41"));
        // Places do not change the index's size, so it is written once to be measured and once to be kept.
        long at = ftyp.length + head(moov, tracks, places).length + 8L;
        long from = at;
        for (Placed placed : order) {
            places[placed.track()][placed.index()] = at;
            at += placed.chunk().size();
        }
        writeFully(out, ByteBuffer.wrap(ftyp));
        writeFully(out, ByteBuffer.wrap(head(moov, tracks, places)));
        writeFully(out, ByteBuffer.wrap(Box.ints((int) (at - from + 8), 0x6d646174)));
        for (Placed placed : order) {
            copy(in, placed.chunk(), out);
        }
        return new Film(tracks.get(0), places[0][0]);
    }

    private static byte[] head(ByteBuffer moov, List<Track> tracks, long[][] places) {
        Box old = Box.need(moov, "mvhd");
        long scale = Integer.toUnsignedLong(old.body().getInt(old.version() == 1 ? 20 : 12));
        if (scale == 0 || scale > 10_000_000) {
            throw MediaRefusals.brokenVideo();
        }
        double seconds = tracks.stream().mapToDouble(Track::seconds).max().orElse(0);
        byte[][] parts = new byte[tracks.size() + 1][];
        parts[0] = Box.of(
                "mvhd",
                Box.ints(0, 0, 0, (int) scale, (int) Math.min(Integer.MAX_VALUE, Math.round(seconds * scale))),
                Box.ints(0x00010000, 0x01000000, 0, 0),
                Box.ints(0x00010000, 0, 0, 0, 0x00010000, 0, 0, 0, 0x40000000),
                Box.ints(0, 0, 0, 0, 0, 0, tracks.size() + 1));
        for (int t = 0; t < tracks.size(); t++) {
            parts[t + 1] = tracks.get(t).write(t + 1, scale, places[t]);
        }
        return Box.of("moov", parts);
    }

    private static byte[] letters(String four) {
        return four.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static void copy(FileChannel in, Chunk chunk, FileChannel out) throws IOException {
        long done = 0;
        while (done < chunk.size()) {
            long n = in.transferTo(chunk.at() + done, chunk.size() - done, out);
            if (n <= 0) {
                throw new EOFException();
            }
            done += n;
        }
    }

    private static void writeFully(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private static void readFully(FileChannel in, ByteBuffer into, long from) throws IOException {
        long at = from;
        while (into.hasRemaining()) {
            int n = in.read(into, at);
            if (n < 0) {
                throw new EOFException();
            }
            at += n;
        }
        into.flip();
    }
}
