package linge.media.clean;

import java.nio.file.Path;

/**
 * What became of an upload: two files of our own making.
 *
 * @param file the JPEG or MP4 that is kept
 * @param thumbnail a JPEG
 * @param width pixels, as a viewer sees it upright
 * @param height pixels
 * @param bytes of {@code file}
 * @param sha256 of {@code file}, 32 bytes
 */
public record Cleaned(
        MediaKind kind,
        Path file,
        Path thumbnail,
        int width,
        int height,
        long bytes,
        int thumbnailBytes,
        byte[] sha256) {}
