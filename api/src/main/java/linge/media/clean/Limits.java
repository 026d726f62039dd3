package linge.media.clean;

/**
 * How big an upload may be and what is made of it.
 *
 * @param photoBytes bytes of a photo as sent
 * @param videoBytes bytes of a video as sent
 * @param photoPixels width × height of a photo as sent; decoding holds at most 16 million of them at once
 * @param webpPixels the same for WebP, whose decoder cannot leave out rows
 * @param longestSide pixels of the longer side of what is kept
 * @param thumbnailSide pixels of the longer side of the thumbnail
 * @param quality of the JPEG that is kept, 0 to 1
 * @param videoSeconds how long a video may run
 */
public record Limits(
        long photoBytes,
        long videoBytes,
        long photoPixels,
        long webpPixels,
        int longestSide,
        int thumbnailSide,
        float quality,
        int videoSeconds) {

    /** 20 MB photos of at most 51 megapixels (a "50 megapixel" phone sends 8192 × 6144), 50 MB videos of a minute. */
    public static final Limits USUAL = new Limits(20_000_000, 50_000_000, 51_000_000, 24_000_000, 2560, 320, 0.82f, 60);

    public long bytes(MediaKind kind) {
        return kind == MediaKind.PHOTO ? photoBytes : videoBytes;
    }
}
