package linge.media.clean;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jcodec.api.SequenceEncoder;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Picture;

/** Videos encoded for tests, and what phones hide in them. */
public final class SampleVideos {

    /** ISO 6709, as phones write it. */
    public static final String PLACE = "+36.1953+113.1165+926.000/";

    private SampleVideos() {}

    /** H.264, a calm green that grows lighter; 25 pictures a second. */
    public static byte[] mp4(Path folder, int width, int height, int pictures) {
        Path file = folder.resolve("sample-" + System.nanoTime() + ".mp4");
        try {
            SequenceEncoder encoder = SequenceEncoder.create25Fps(file.toFile());
            for (int i = 0; i < pictures; i++) {
                Picture picture = Picture.create(width, height, ColorSpace.RGB);
                byte[] data = picture.getPlaneData(0);
                for (int at = 0; at < data.length; at += 3) {
                    data[at] = (byte) (20 - 128);
                    data[at + 1] = (byte) (140 + Math.min(i, 40) - 128);
                    data[at + 2] = (byte) (40 - 128);
                }
                encoder.encodeNativeFrame(picture);
            }
            encoder.finish();
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The same with a place in {@code ©xyz}, a device in {@code meta}, a {@code uuid} box, a timed track of places, a
     * note after the samples, and the time of recording.
     */
    public static byte[] telltale(byte[] mp4) {
        Box moov = Box.need(ByteBuffer.wrap(mp4), "moov");
        byte[] place = PLACE.getBytes(StandardCharsets.UTF_8);
        byte[] xyz = Box.of("\u00a9xyz", new byte[] {0, (byte) place.length, 0x15, (byte) 0xc7}, place);
        List<byte[]> inside = new ArrayList<>();
        byte[] picture = null;
        for (Box box : Box.in(moov.body())) {
            byte[] bytes = box.bytes();
            if (box.type().equals("mvhd")) {
                ByteBuffer.wrap(bytes).putInt(4, 0xDEADBEEF).putInt(8, 0xDEADBEEF);
            }
            if (box.type().equals("trak")) {
                picture = bytes;
                bytes = SamplePhotos.join(bytes, Box.of("udta", xyz));
            }
            inside.add(Box.of(box.type(), bytes));
        }
        // The same samples once more, but said to be timed text of places.
        inside.add(Box.of("trak", replaced(picture, "vide", "meta")));
        inside.add(Box.of("udta", xyz));
        inside.add(Box.of("meta", note()));
        byte[] index = Box.of("moov", inside.toArray(new byte[0][]));
        // The encoder puts the index last, so that nothing before it has to move.
        byte[] samples = Arrays.copyOf(mp4, mp4.length - moov.body().remaining() - 8);
        return SamplePhotos.join(samples, index, Box.of("uuid", new byte[16], note()), note());
    }

    static byte[] replaced(byte[] in, String from, String to) {
        return new String(in, StandardCharsets.ISO_8859_1).replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] note() {
        return ("made on " + SamplePhotos.SECRET + " at " + PLACE).getBytes(StandardCharsets.UTF_8);
    }
}
