package linge.media.clean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import javax.imageio.ImageIO;
import linge.shared.Refusal;
import linge.shared.Refusal.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CleaningPhotosTest {

    /** 8 × 8 pixels of one colour, lossless WebP. */
    private static final byte[] WEBP = Base64.getDecoder().decode("UklGRhwAAABXRUJQVlA4TA8AAAAvB8ABAAcQ/Y/+ByKi/wEA");

    @TempDir
    Path folder;

    @Test
    void nothing_of_the_place_the_device_or_the_tail_survives() throws IOException {
        byte[] sent = SamplePhotos.telltaleJpeg(400, 300, 1);
        assertTrue(SamplePhotos.contains(sent, SamplePhotos.SECRET));
        Cleaned cleaned = clean(sent);
        for (Path made : new Path[] {cleaned.file(), cleaned.thumbnail()}) {
            byte[] bytes = Files.readAllBytes(made);
            assertFalse(SamplePhotos.contains(bytes, SamplePhotos.SECRET));
            assertFalse(SamplePhotos.contains(bytes, "Exif"));
            assertFalse(SamplePhotos.contains(bytes, "ICC_PROFILE"));
            assertFalse(SamplePhotos.contains(bytes, "script"));
            assertEquals("ffd9", String.format("%02x%02x", bytes[bytes.length - 2], bytes[bytes.length - 1]));
        }
    }

    @Test
    void a_text_inside_a_png_is_not_in_the_photo() throws IOException {
        Cleaned cleaned = clean(SamplePhotos.pngWithText(
                SamplePhotos.painted(60, 40, BufferedImage.TYPE_INT_RGB), SamplePhotos.SECRET));
        assertFalse(SamplePhotos.contains(Files.readAllBytes(cleaned.file()), SamplePhotos.SECRET));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void a_photo_stands_upright_however_the_phone_was_held(int orientation) throws IOException {
        Cleaned cleaned = clean(SamplePhotos.telltaleJpeg(400, 200, orientation));
        boolean aside = orientation >= 5;
        assertEquals(aside ? 200 : 400, cleaned.width());
        assertEquals(aside ? 400 : 200, cleaned.height());
        BufferedImage image = ImageIO.read(cleaned.file().toFile());
        // The red half was left: it is right when mirrored or upside down, above or below when on its side.
        int x = aside ? 100 : orientation == 1 || orientation == 4 ? 50 : 350;
        int y = !aside ? 100 : orientation == 5 || orientation == 6 ? 50 : 350;
        Color there = new Color(image.getRGB(x, y));
        assertTrue(there.getRed() > 150 && there.getBlue() < 90, "orientation " + orientation + ": " + there);
    }

    @Test
    void a_large_photo_is_scaled_and_its_thumbnail_is_small() throws IOException {
        Cleaned cleaned = clean(SamplePhotos.jpeg(6000, 4000));
        assertEquals(2560, cleaned.width());
        assertEquals(1707, cleaned.height());
        BufferedImage thumbnail = ImageIO.read(cleaned.thumbnail().toFile());
        assertEquals(320, thumbnail.getWidth());
        assertEquals(213.3, thumbnail.getHeight(), 1);
        assertEquals(Files.size(cleaned.file()), cleaned.bytes());
    }

    @Test
    void a_small_photo_is_not_enlarged() throws IOException {
        Cleaned cleaned = clean(SamplePhotos.jpeg(30, 20));
        assertEquals(30, cleaned.width());
        assertEquals(30, ImageIO.read(cleaned.thumbnail().toFile()).getWidth());
    }

    @Test
    void what_was_transparent_becomes_white() throws IOException {
        BufferedImage clear = new BufferedImage(50, 50, BufferedImage.TYPE_INT_ARGB);
        Cleaned cleaned = clean(SamplePhotos.bytes(clear, "png"));
        assertEquals(
                Color.WHITE, new Color(ImageIO.read(cleaned.file().toFile()).getRGB(25, 25)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "gif", "bmp", "jpeg"})
    void every_form_becomes_a_jpeg(String format) throws IOException {
        Cleaned cleaned = clean(SamplePhotos.bytes(SamplePhotos.painted(80, 60, BufferedImage.TYPE_INT_RGB), format));
        assertEquals(Form.JPEG, Form.of(Arrays.copyOf(Files.readAllBytes(cleaned.file()), Form.TELLING)));
        assertEquals(80, cleaned.width());
    }

    @Test
    void a_webp_becomes_a_jpeg() throws IOException {
        assertEquals(8, clean(WEBP).width());
    }

    @Test
    void a_picture_that_promises_billions_of_pixels_is_refused_before_it_is_decoded() {
        Refusal refusal = refused(SamplePhotos.pngHeader(60_000, 60_000));
        assertEquals(Kind.NOT_SENSIBLE, refusal.kind());
        assertTrue(refusal.detail().contains("60000×60000"), refusal.detail());
        assertTrue(refusal.detail().contains("5100 万像素"), refusal.detail());
    }

    @Test
    void fifty_megapixels_are_taken_within_little_memory() throws IOException {
        BufferedImage bits = new BufferedImage(8192, 6144, BufferedImage.TYPE_BYTE_BINARY);
        Cleaned cleaned = clean(SamplePhotos.bytes(bits, "png"));
        assertEquals(2560, cleaned.width());
    }

    @Test
    void html_with_the_name_of_a_png_is_no_photo() {
        Refusal refusal =
                refused("<!DOCTYPE html><html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8));
        assertEquals(Kind.UNSUPPORTED_TYPE, refusal.kind());
    }

    @Test
    void html_behind_the_mark_of_a_png_is_a_broken_photo() {
        byte[] mark = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
        byte[] html = "<html><body>hello, I am a PNG, believe me</body></html>".getBytes(StandardCharsets.UTF_8);
        assertEquals(Kind.NOT_SENSIBLE, refused(SamplePhotos.join(mark, html)).kind());
    }

    @Test
    void an_svg_a_pdf_and_nothing_much_are_no_photos() {
        for (String text : new String[] {
            "<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>",
            "%PDF-1.7 ................................",
            "BM",
            "x"
        }) {
            assertEquals(
                    Kind.UNSUPPORTED_TYPE,
                    refused(text.getBytes(StandardCharsets.UTF_8)).kind(),
                    text);
        }
    }

    @Test
    void a_heic_photo_is_refused_with_the_way_to_switch() {
        byte[] heic = SamplePhotos.join(
                Box.of("ftyp", "heic\0\0\0\0mif1heic".getBytes(StandardCharsets.ISO_8859_1)), new byte[40]);
        Refusal refusal = refused(heic);
        assertEquals(Kind.UNSUPPORTED_TYPE, refusal.kind());
        assertTrue(refusal.detail().contains("兼容性最佳"), refusal.detail());
    }

    @Test
    void whatever_byte_is_broken_the_answer_is_a_photo_or_a_refusal() throws IOException {
        java.util.Random random = new java.util.Random(42);
        byte[][] seeds = {
            SamplePhotos.telltaleJpeg(64, 48, 6),
            SamplePhotos.bytes(SamplePhotos.painted(64, 48, BufferedImage.TYPE_INT_ARGB), "png"),
            SamplePhotos.bytes(SamplePhotos.painted(64, 48, BufferedImage.TYPE_INT_RGB), "gif"),
            SamplePhotos.bytes(SamplePhotos.painted(64, 48, BufferedImage.TYPE_INT_RGB), "bmp"),
            WEBP
        };
        int photos = 0;
        int refusals = 0;
        for (int i = 0; i < 400; i++) {
            byte[] broken = seeds[i % seeds.length].clone();
            for (int n = 0; n <= random.nextInt(6); n++) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
            }
            byte[] cut = Arrays.copyOf(broken, 1 + random.nextInt(broken.length));
            try {
                clean(i % 2 == 0 ? broken : cut);
                photos++;
            } catch (Refusal refusal) {
                refusals++;
            }
        }
        assertTrue(photos > 20 && refusals > 20, photos + " photos, " + refusals + " refusals");
        try (var left = Files.list(folder)) {
            assertEquals(3L * photos + refusals, left.count());
        }
    }

    private Refusal refused(byte[] sent) {
        return assertThrows(Refusal.class, () -> clean(sent));
    }

    private Cleaned clean(byte[] sent) throws IOException {
        Path file = Files.createTempFile(folder, "photo", "");
        Files.write(file, sent);
        return new Cleaner(Limits.USUAL).clean(file, Form.of(Arrays.copyOf(sent, Math.min(sent.length, Form.TELLING))));
    }
}
