package linge.media.clean;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** The form of a file, told by its first bytes; its name and declared type are never believed. */
public enum Form {
    JPEG(MediaKind.PHOTO),
    PNG(MediaKind.PHOTO),
    WEBP(MediaKind.PHOTO),
    GIF(MediaKind.PHOTO),
    BMP(MediaKind.PHOTO),
    MP4(MediaKind.VIDEO);

    /** So many first bytes tell every form. */
    public static final int TELLING = 34;

    private static final Set<String> STILL_BRANDS =
            Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "mif1", "msf1", "avif", "avis");
    /** What a QuickTime film without {@code ftyp} may begin with. */
    private static final Set<String> QUICKTIME_BEGINNINGS = Set.of("moov", "mdat", "wide");

    private static final Set<Integer> BMP_HEADERS = Set.of(40, 52, 56, 108, 124);
    /** Above these a BMP wraps a JPEG or PNG whose size its header hides. */
    private static final int BMP_BITFIELDS = 3;

    private final MediaKind kind;

    Form(MediaKind kind) {
        this.kind = kind;
    }

    public MediaKind kind() {
        return kind;
    }

    /**
     * The form of a file that begins with these bytes.
     *
     * @throws linge.shared.Refusal when it is none we take; HEIC gets a sentence of its own
     */
    public static Form of(byte[] first) {
        String text = new String(first, StandardCharsets.ISO_8859_1);
        if (text.startsWith("\u00ff\u00d8\u00ff")) {
            return JPEG;
        }
        if (text.startsWith("\u0089PNG\r\n\u001a\n")) {
            return PNG;
        }
        if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) {
            return GIF;
        }
        if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
            return WEBP;
        }
        if (text.startsWith("BM") && isPlainBmp(first)) {
            return BMP;
        }
        if (text.startsWith("ftyp", 4) && text.length() >= 12) {
            if (STILL_BRANDS.contains(text.substring(8, 12))) {
                throw MediaRefusals.heic();
            }
            return MP4;
        }
        if (text.length() >= 8 && QUICKTIME_BEGINNINGS.contains(text.substring(4, 8))) {
            return MP4;
        }
        throw MediaRefusals.unknown();
    }

    private static boolean isPlainBmp(byte[] first) {
        if (first.length < TELLING || !BMP_HEADERS.contains(littleEndian(first, 14))) {
            return false;
        }
        int compression = littleEndian(first, 30);
        return compression >= 0 && compression <= BMP_BITFIELDS;
    }

    private static int littleEndian(byte[] bytes, int at) {
        return (bytes[at] & 0xff)
                | (bytes[at + 1] & 0xff) << 8
                | (bytes[at + 2] & 0xff) << 16
                | (bytes[at + 3] & 0xff) << 24;
    }
}
