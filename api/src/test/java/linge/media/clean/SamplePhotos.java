package linge.media.clean;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Photos painted for tests, and what phones and strangers hide in them. */
public final class SamplePhotos {

    /** What must never come out again. */
    public static final String SECRET = "Pixel-of-Zhang-San";

    private SamplePhotos() {}

    /** Red on the left, blue on the right. */
    public static BufferedImage painted(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D on = image.createGraphics();
        on.setColor(new Color(200, 30, 30));
        on.fillRect(0, 0, width / 2, height);
        on.setColor(new Color(30, 30, 200));
        on.fillRect(width / 2, 0, width - width / 2, height);
        on.dispose();
        return image;
    }

    public static byte[] bytes(BufferedImage image, String format) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            if (!ImageIO.write(image, format, out)) {
                throw new IllegalStateException("no writer for " + format);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] jpeg(int width, int height) {
        return bytes(painted(width, height, BufferedImage.TYPE_INT_RGB), "jpeg");
    }

    /** A JPEG with EXIF: device, orientation and GPS, a comment, and bytes after its end. */
    public static byte[] telltaleJpeg(int width, int height, int orientation) {
        byte[] plain = jpeg(width, height);
        byte[] exif = segment(0xE1, join("Exif\0\0".getBytes(StandardCharsets.ISO_8859_1), tiff(orientation)));
        byte[] comment = segment(0xFE, ("taken by " + SECRET).getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(plain, 0, 2);
        out.writeBytes(exif);
        out.writeBytes(comment);
        out.write(plain, 2, plain.length - 2);
        out.writeBytes(("<script>" + SECRET + "</script>").getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    /** TIFF: Make, Orientation, GPS latitude 36°11'42". */
    public static byte[] tiff(int orientation) {
        byte[] make = (SECRET + "\0").getBytes(StandardCharsets.US_ASCII);
        int ifd = 8;
        int gps = ifd + 2 + 3 * 12 + 4;
        int data = gps + 2 + 2 * 12 + 4;
        ByteBuffer out = ByteBuffer.allocate(data + 24 + make.length);
        out.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(ifd);
        out.putShort((short) 3);
        entry(out, 0x010F, 2, make.length).putInt(data + 24);
        entry(out, 0x0112, 3, 1).putShort((short) orientation).putShort((short) 0);
        entry(out, 0x8825, 4, 1).putInt(gps);
        out.putInt(0);
        out.putShort((short) 2);
        entry(out, 1, 2, 2).put(new byte[] {'N', 0, 0, 0});
        entry(out, 2, 5, 3).putInt(data);
        out.putInt(0);
        out.putInt(36).putInt(1).putInt(11).putInt(1).putInt(42).putInt(1);
        return out.put(make).array();
    }

    /** A PNG whose header promises any size, with a line or so of data. */
    public static byte[] pngHeader(int width, int height) {
        ByteBuffer ihdr = ByteBuffer.allocate(13).putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
        return join(
                new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'},
                chunk("IHDR", ihdr.array()),
                chunk("IDAT", new byte[] {0x78, (byte) 0x9c, 0x63, 0, 0, 0, 1, 0, 1}),
                chunk("IEND", new byte[0]));
    }

    /** A PNG with a text chunk before its end. */
    public static byte[] pngWithText(BufferedImage image, String text) {
        byte[] png = bytes(image, "png");
        byte[] head = java.util.Arrays.copyOf(png, 33);
        byte[] rest = java.util.Arrays.copyOfRange(png, 33, png.length);
        return join(head, chunk("tEXt", ("Location\0" + text).getBytes(StandardCharsets.ISO_8859_1)), rest);
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    public static boolean contains(byte[] in, String text) {
        return new String(in, StandardCharsets.ISO_8859_1)
                .contains(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    private static byte[] chunk(String type, byte[] data) {
        byte[] typed = join(type.getBytes(StandardCharsets.US_ASCII), data);
        CRC32 crc = new CRC32();
        crc.update(typed);
        return join(
                ByteBuffer.allocate(4).putInt(data.length).array(),
                typed,
                ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    private static byte[] segment(int marker, byte[] data) {
        return join(
                new byte[] {(byte) 0xFF, (byte) marker, (byte) ((data.length + 2) >> 8), (byte) (data.length + 2)},
                data);
    }

    private static ByteBuffer entry(ByteBuffer out, int tag, int type, int count) {
        return out.putShort((short) tag).putShort((short) type).putInt(count);
    }
}
