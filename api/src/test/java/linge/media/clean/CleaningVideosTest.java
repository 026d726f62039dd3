package linge.media.clean;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import linge.shared.Refusal;
import linge.shared.Refusal.Kind;
import org.jcodec.codecs.h264.H264Decoder;
import org.jcodec.codecs.h264.H264Utils;
import org.jcodec.codecs.h264.mp4.AvcCBox;
import org.jcodec.common.io.NIOUtils;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Packet;
import org.jcodec.common.model.Picture;
import org.jcodec.containers.mp4.boxes.VideoSampleEntry;
import org.jcodec.containers.mp4.demuxer.AbstractMP4DemuxerTrack;
import org.jcodec.containers.mp4.demuxer.MP4Demuxer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CleaningVideosTest {

    @TempDir
    Path folder;

    @Test
    void nothing_of_the_place_the_device_or_the_time_survives_and_the_video_plays() throws Exception {
        byte[] plain = SampleVideos.mp4(folder, 192, 112, 20);
        byte[] sent = SampleVideos.telltale(plain);
        assertTrue(SamplePhotos.contains(sent, SampleVideos.PLACE));
        Cleaned cleaned = clean(sent);
        byte[] kept = Files.readAllBytes(cleaned.file());
        assertFalse(SamplePhotos.contains(kept, SampleVideos.PLACE));
        assertFalse(SamplePhotos.contains(kept, SamplePhotos.SECRET));
        assertFalse(new String(kept, StandardCharsets.ISO_8859_1).contains("\u00de\u00ad\u00be\u00ef"));
        for (String gone : List.of("udta", "meta", "uuid", "free", "xyz")) {
            assertFalse(SamplePhotos.contains(kept, gone), gone);
        }
        assertEquals(List.of("ftyp", "moov", "mdat"), types(ByteBuffer.wrap(kept)));
        assertEquals(
                List.of("mvhd", "trak"),
                types(Box.need(ByteBuffer.wrap(kept), "moov").body()));
        assertEquals(20, pictures(cleaned.file()).size());
        assertEquals(192, cleaned.width());
        assertEquals(112, cleaned.height());
    }

    @Test
    void every_picture_is_the_same_as_before() throws Exception {
        byte[] sent = SampleVideos.mp4(folder, 96, 64, 12);
        Path before = Files.write(folder.resolve("before.mp4"), sent);
        Path after = clean(SampleVideos.telltale(sent)).file();
        List<Picture> was = pictures(before);
        List<Picture> is = pictures(after);
        assertEquals(12, is.size());
        for (int i = 0; i < was.size(); i++) {
            assertArrayEquals(was.get(i).getPlaneData(0), is.get(i).getPlaneData(0), "picture " + i);
        }
    }

    @Test
    void the_thumbnail_shows_the_first_picture_with_a_play_sign() throws IOException {
        Cleaned cleaned = clean(SampleVideos.mp4(folder, 640, 368, 3));
        BufferedImage thumbnail = ImageIO.read(cleaned.thumbnail().toFile());
        assertEquals(320, thumbnail.getWidth());
        Color corner = new Color(thumbnail.getRGB(10, 10));
        assertTrue(corner.getGreen() > 100 && corner.getRed() < 80 && corner.getBlue() < 90, corner.toString());
        Color middle = new Color(thumbnail.getRGB(160, thumbnail.getHeight() / 2));
        assertTrue(middle.getRed() > 240 && middle.getBlue() > 240, middle.toString());
    }

    @Test
    void a_video_whose_codec_we_cannot_decode_is_kept_with_a_plain_thumbnail() throws IOException {
        byte[] hevc = SampleVideos.replaced(
                SampleVideos.replaced(SampleVideos.mp4(folder, 192, 112, 3), "avc1", "hvc1"), "avcC", "hvcC");
        Cleaned cleaned = clean(hevc);
        assertEquals(192, cleaned.width());
        BufferedImage thumbnail = ImageIO.read(cleaned.thumbnail().toFile());
        Color corner = new Color(thumbnail.getRGB(5, 5));
        assertTrue(Math.abs(corner.getRed() - corner.getBlue()) < 40, corner.toString());
    }

    @Test
    void a_video_taken_upright_is_measured_upright() throws IOException {
        byte[] mp4 = SampleVideos.mp4(folder, 192, 112, 3);
        ByteBuffer all = ByteBuffer.wrap(mp4);
        Box tkhd = Box.need(all, "moov", "trak", "tkhd");
        int[] quarter = {0, 0x00010000, 0, -0x00010000, 0, 0, 0, 0, 0x40000000};
        for (int i = 0; i < quarter.length; i++) {
            tkhd.body().putInt(40 + 4 * i, quarter[i]);
        }
        Cleaned cleaned = clean(mp4);
        assertEquals(112, cleaned.width());
        assertEquals(192, cleaned.height());
        BufferedImage thumbnail = ImageIO.read(cleaned.thumbnail().toFile());
        assertTrue(thumbnail.getHeight() > thumbnail.getWidth());
    }

    @Test
    void a_video_longer_than_a_minute_is_refused() throws IOException {
        Refusal refusal = refused(SampleVideos.mp4(folder, 32, 32, 25 * 62));
        assertEquals(Kind.NOT_SENSIBLE, refusal.kind());
        assertTrue(refusal.detail().contains("60 秒"), refusal.detail());
    }

    @Test
    void a_length_hidden_from_the_headers_counts_all_the_same() {
        byte[] mp4 = SampleVideos.mp4(folder, 32, 32, 25 * 62);
        ByteBuffer all = ByteBuffer.wrap(mp4);
        Box.need(all, "moov", "mvhd").body().putInt(16, 1);
        Box.need(all, "moov", "trak", "tkhd").body().putInt(20, 1);
        Box.need(all, "moov", "trak", "mdia", "mdhd").body().putInt(16, 1);
        assertEquals(Kind.NOT_SENSIBLE, refused(mp4).kind());
    }

    @Test
    void a_cut_off_video_is_refused() {
        byte[] mp4 = SampleVideos.mp4(folder, 96, 64, 5);
        for (int length = 40; length < mp4.length; length += 97) {
            Refusal refusal = refused(Arrays.copyOf(mp4, length));
            assertTrue(refusal.kind().status() < 500, refusal.detail());
        }
    }

    @Test
    void a_fragmented_video_is_refused_with_a_way_out() {
        byte[] sent = SamplePhotos.join(
                Box.of("ftyp", "iso5\0\0\0\0iso5".getBytes(StandardCharsets.ISO_8859_1)),
                Box.of("moov", Box.of("mvex", new byte[4])),
                Box.of("moof", new byte[16]));
        assertTrue(refused(sent).detail().contains("分片"));
    }

    @Test
    void whatever_byte_of_the_index_is_broken_the_answer_is_a_video_or_a_refusal() throws IOException {
        byte[] mp4 = SampleVideos.mp4(folder, 64, 48, 6);
        int index = new String(mp4, StandardCharsets.ISO_8859_1).indexOf("moov") - 4;
        Random random = new Random(42);
        int videos = 0;
        int refusals = 0;
        for (int i = 0; i < 1500; i++) {
            byte[] broken = mp4.clone();
            for (int n = 0; n <= random.nextInt(4); n++) {
                broken[index + random.nextInt(mp4.length - index)] =
                        (byte) (random.nextBoolean() ? 0xff : random.nextInt(256));
            }
            try {
                Cleaned cleaned = clean(broken);
                assertTrue(cleaned.bytes() < mp4.length + 4096, "grew to " + cleaned.bytes());
                videos++;
            } catch (Refusal refusal) {
                refusals++;
            }
        }
        assertTrue(videos > 50 && refusals > 50, videos + " videos, " + refusals + " refusals");
    }

    private static List<String> types(ByteBuffer bytes) {
        return Box.in(bytes).stream().map(Box::type).toList();
    }

    /** Decodes every picture with a demuxer that is not ours. */
    private static List<Picture> pictures(Path video) throws IOException {
        List<Picture> pictures = new ArrayList<>();
        try (MP4Demuxer demuxer = MP4Demuxer.createRawMP4Demuxer(NIOUtils.readableChannel(video.toFile()))) {
            AbstractMP4DemuxerTrack track = demuxer.getTracks().get(0);
            AvcCBox config = H264Utils.parseAVCC((VideoSampleEntry) track.getSampleEntries()[0]);
            H264Decoder decoder = new H264Decoder();
            decoder.addSps(config.getSpsList());
            decoder.addPps(config.getPpsList());
            for (Packet packet = track.nextFrame(); packet != null; packet = track.nextFrame()) {
                byte[][] room = Picture.create(1024, 1024, ColorSpace.YUV420J).getData();
                pictures.add(decoder.decodeFrameFromNals(H264Utils.splitMOVPacket(packet.getData(), config), room));
            }
        }
        return pictures;
    }

    private Refusal refused(byte[] sent) {
        return assertThrows(Refusal.class, () -> clean(sent));
    }

    private Cleaned clean(byte[] sent) throws IOException {
        Path file = Files.createTempFile(folder, "video", "");
        Files.write(file, sent);
        return new Cleaner(Limits.USUAL).clean(file, Form.of(Arrays.copyOf(sent, Form.TELLING)));
    }
}
