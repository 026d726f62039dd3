package linge.media.clean;

import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.jpeg.JpegProcessingException;
import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.MetadataException;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which way up a photo was taken: the one thing of its EXIF that counts, read before the rest is lost. */
final class Orientation {

    private static final Logger log = LoggerFactory.getLogger(Orientation.class);
    private static final int EXIF_BYTES = 1 << 20;
    private static final int CHUNKS = 1000;

    private Orientation() {}

    /** 1 to 8 as EXIF counts; 1 when it does not say. */
    static int of(Path photo, Form form) {
        try {
            Metadata metadata = switch (form) {
                case JPEG -> ofJpeg(photo);
                case WEBP -> ofWebp(photo);
                default -> new Metadata();
            };
            ExifIFD0Directory exif = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
            if (exif != null && exif.containsTag(ExifDirectoryBase.TAG_ORIENTATION)) {
                return exif.getInt(ExifDirectoryBase.TAG_ORIENTATION);
            }
        } catch (IOException | JpegProcessingException | MetadataException | RuntimeException e) {
            log.debug("EXIF that cannot be read: the photo stays as it lies", e);
        }
        return 1;
    }

    private static Metadata ofJpeg(Path photo) throws IOException, JpegProcessingException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(photo))) {
            return JpegMetadataReader.readMetadata(in, List.of(new ExifReader()));
        }
    }

    /** Finds the EXIF chunk without believing the sizes of the others. */
    private static Metadata ofWebp(Path photo) throws IOException {
        Metadata metadata = new Metadata();
        try (RandomAccessFile file = new RandomAccessFile(photo.toFile(), "r")) {
            long at = 12;
            byte[] head = new byte[8];
            for (int n = 0; n < CHUNKS && at + head.length <= file.length(); n++) {
                file.seek(at);
                file.readFully(head);
                long size = Integer.toUnsignedLong(
                        Integer.reverseBytes(java.nio.ByteBuffer.wrap(head).getInt(4)));
                if (new String(head, 0, 4, StandardCharsets.ISO_8859_1).equals("EXIF")) {
                    byte[] exif = new byte[(int) Math.min(Math.min(size, EXIF_BYTES), file.length() - at - 8)];
                    file.readFully(exif);
                    new ExifReader().extract(new ByteArrayReader(exif), metadata, 0);
                    return metadata;
                }
                at += 8 + size + (size & 1);
            }
        }
        return metadata;
    }
}
