package linge.media.clean;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import javax.imageio.stream.FileImageOutputStream;

/** Scaling, turning and writing of pictures; what comes out is sRGB on white. */
final class Pictures {
    private Pictures() {}

    /** The picture on white, no side longer than {@code longest} pixels; never enlarged. */
    static BufferedImage fit(BufferedImage picture, int longest) {
        BufferedImage now = picture;
        // Halving averages exactly four pixels into one: no shimmer however large the original.
        while (Math.max(now.getWidth(), now.getHeight()) >= 2 * longest) {
            now = drawn(now, (now.getWidth() + 1) / 2, (now.getHeight() + 1) / 2);
        }
        double scale = Math.min(1, (double) longest / Math.max(now.getWidth(), now.getHeight()));
        return drawn(now, Math.max(1, (int) Math.round(now.getWidth() * scale)), Math.max(1, (int)
                Math.round(now.getHeight() * scale)));
    }

    /** Upright, by the eight orientations of EXIF: 1 is upright already, 6 was taken with the phone turned left. */
    static BufferedImage upright(BufferedImage picture, int orientation) {
        int w = picture.getWidth();
        int h = picture.getHeight();
        AffineTransform turn = switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, w, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, w, h);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, h);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, h, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, h, w);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, w);
            default -> new AffineTransform();
        };
        if (turn.isIdentity()) {
            return picture;
        }
        boolean onItsSide = orientation >= 5;
        BufferedImage upright = new BufferedImage(onItsSide ? h : w, onItsSide ? w : h, BufferedImage.TYPE_INT_RGB);
        Graphics2D on = upright.createGraphics();
        on.drawImage(picture, turn, null);
        on.dispose();
        return upright;
    }

    static void writeJpeg(BufferedImage picture, float quality, Path to) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (FileImageOutputStream out = new FileImageOutputStream(to.toFile())) {
            JPEGImageWriteParam param = new JPEGImageWriteParam(null);
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(quality);
            param.setOptimizeHuffmanTables(true);
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), param);
        } finally {
            writer.dispose();
        }
    }

    /** A calm grey ground in the video's shape, for a video whose first frame we cannot decode. */
    static BufferedImage ground(int width, int height, int longest) {
        double scale = (double) longest / Math.max(width, height);
        BufferedImage ground = new BufferedImage(
                Math.max(48, (int) (width * scale)), Math.max(48, (int) (height * scale)), BufferedImage.TYPE_INT_RGB);
        Graphics2D on = ground.createGraphics();
        on.setColor(new Color(0x4A, 0x55, 0x60));
        on.fillRect(0, 0, ground.getWidth(), ground.getHeight());
        on.dispose();
        return ground;
    }

    /** Draws a white play sign in the middle. */
    static void markAsVideo(BufferedImage picture) {
        double radius = Math.min(picture.getWidth(), picture.getHeight()) * 0.18;
        double x = picture.getWidth() / 2.0;
        double y = picture.getHeight() / 2.0;
        Graphics2D on = picture.createGraphics();
        on.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        on.setColor(new Color(0, 0, 0, 140));
        on.fill(new java.awt.geom.Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
        Path2D triangle = new Path2D.Double();
        triangle.moveTo(x - radius * 0.35, y - radius * 0.55);
        triangle.lineTo(x + radius * 0.6, y);
        triangle.lineTo(x - radius * 0.35, y + radius * 0.55);
        triangle.closePath();
        on.setColor(Color.WHITE);
        on.fill(triangle);
        on.dispose();
    }

    private static BufferedImage drawn(BufferedImage picture, int width, int height) {
        BufferedImage drawn = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D on = drawn.createGraphics();
        on.setColor(Color.WHITE);
        on.fillRect(0, 0, width, height);
        on.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        on.drawImage(picture, 0, 0, width, height, null);
        on.dispose();
        return drawn;
    }
}
