package linge.media.clean;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;

/** Paints a photo anew: only its pixels pass, so no place, device, comment or trailing byte does. */
final class PhotoCleaner {

    /** More pixels than this are never held at once; 16 million make a full 2560 × 2560 from a photo of any shape. */
    private static final double HELD_PIXELS = 16_000_000;

    private final Limits limits;

    PhotoCleaner(Limits limits) {
        this.limits = limits;
    }

    /** The photo upright, at most {@link Limits#longestSide} pixels long. */
    BufferedImage clean(Path from, Form form) throws IOException {
        BufferedImage fitted = Pictures.fit(read(from, form), limits.longestSide());
        return Pictures.upright(fitted, Orientation.of(from, form));
    }

    private BufferedImage read(Path from, Form form) {
        try (FileImageInputStream in = new FileImageInputStream(from.toFile())) {
            ImageReader reader = reader(form);
            try {
                // Metadata is left unread: packed colour profiles and texts are where bombs hide.
                reader.setInput(in, false, true);
                return read(reader, form);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            if (e instanceof linge.shared.Refusal refusal) {
                throw refusal;
            }
            // Decoders meet hostile bytes with whatever exception comes first.
            throw MediaRefusals.brokenPhoto();
        }
    }

    private BufferedImage read(ImageReader reader, Form form) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        long pixels = (long) width * height;
        long most = form == Form.WEBP ? limits.webpPixels() : limits.photoPixels();
        if (pixels > most) {
            throw MediaRefusals.tooManyPixels(width, height, most);
        }
        ImageReadParam param = reader.getDefaultReadParam();
        int every = form == Form.WEBP ? 1 : (int) Math.max(1, Math.ceil(Math.sqrt(pixels / HELD_PIXELS)));
        if (every > 1) {
            int across = Math.min(every, width);
            int down = Math.min(every, height);
            param.setSourceSubsampling(across, down, 0, 0);
        }
        return reader.read(0, param);
    }

    private static ImageReader reader(Form form) throws IOException {
        if (form == Form.WEBP) {
            return new WebPImageReaderSpi().createReaderInstance(null);
        }
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(form.name());
        ImageReader first = readers.next();
        // For JPEG the library's reader stands before the JDK's: it knows CMYK and forgives what phones get wrong.
        return first;
    }
}
