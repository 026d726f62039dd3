package linge.media.clean;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Makes a photo or video anew, and its thumbnail; blocks and works hard, so on a worker's thread only. */
public final class Cleaner {

    private static final float THUMBNAIL_QUALITY = 0.75f;

    private final Limits limits;

    public Cleaner(Limits limits) {
        this.limits = limits;
    }

    /**
     * Reads {@code from} and leaves two files of ours beside it; {@code from} stays.
     *
     * @throws linge.shared.Refusal when it is not a photo or video we can take
     * @throws IOException when our disk fails
     */
    public Cleaned clean(Path from, Form form) throws IOException {
        Path file = from.resolveSibling(from.getFileName() + form.kind().ending());
        Path thumbnail = from.resolveSibling(from.getFileName() + ".thumbnail.jpg");
        try {
            return form.kind() == MediaKind.PHOTO ? photo(from, form, file, thumbnail) : video(from, file, thumbnail);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            Files.deleteIfExists(thumbnail);
            throw e;
        }
    }

    private Cleaned photo(Path from, Form form, Path file, Path thumbnail) throws IOException {
        BufferedImage photo = new PhotoCleaner(limits).clean(from, form);
        Pictures.writeJpeg(photo, limits.quality(), file);
        writeThumbnail(Pictures.fit(photo, limits.thumbnailSide()), thumbnail);
        return cleaned(MediaKind.PHOTO, file, thumbnail, photo.getWidth(), photo.getHeight());
    }

    private Cleaned video(Path from, Path file, Path thumbnail) throws IOException {
        VideoCleaner.Film film = new VideoCleaner(limits).clean(from, file);
        Track picture = film.picture();
        boolean aside = picture.onItsSide();
        int width = aside ? picture.entry().height() : picture.entry().width();
        int height = aside ? picture.entry().width() : picture.entry().height();
        BufferedImage frame = FirstFrame.of(file, film);
        BufferedImage shown = frame == null
                ? Pictures.ground(width, height, limits.thumbnailSide())
                : Pictures.upright(Pictures.fit(frame, limits.thumbnailSide()), picture.orientation());
        Pictures.markAsVideo(shown);
        writeThumbnail(shown, thumbnail);
        return cleaned(MediaKind.VIDEO, file, thumbnail, width, height);
    }

    private static void writeThumbnail(BufferedImage picture, Path to) throws IOException {
        Pictures.writeJpeg(picture, THUMBNAIL_QUALITY, to);
    }

    private static Cleaned cleaned(MediaKind kind, Path file, Path thumbnail, int width, int height)
            throws IOException {
        return new Cleaned(
                kind, file, thumbnail, width, height, Files.size(file), (int) Files.size(thumbnail), sha256(file));
    }

    private static byte[] sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] block = new byte[1 << 16];
            for (int n = in.read(block); n >= 0; n = in.read(block)) {
                digest.update(block, 0, n);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
