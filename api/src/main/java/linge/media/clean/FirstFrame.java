package linge.media.clean;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jcodec.codecs.h264.H264Decoder;
import org.jcodec.codecs.h264.H264Utils;
import org.jcodec.codecs.h264.io.model.SeqParameterSet;
import org.jcodec.codecs.h264.mp4.AvcCBox;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Picture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first picture of an H.264 video; other codecs have no decoder in Java. */
final class FirstFrame {

    private static final Logger log = LoggerFactory.getLogger(FirstFrame.class);

    /** 4096 × 4096 in blocks of 16 × 16. */
    private static final long MOST_BLOCKS = 256L * 256;

    private static final long LONGEST_SAMPLE = 8 << 20;
    private static final int KEY_SLICE = 5;

    private FirstFrame() {}

    /** Null when it cannot be decoded: a video is kept all the same. */
    static @Nullable BufferedImage of(Path video, VideoCleaner.Film film) {
        byte[] avcC = film.picture().entry().avcC();
        long size = film.picture().samples().firstSize();
        if (avcC == null || size == 0 || size > LONGEST_SAMPLE) {
            return null;
        }
        try (FileChannel in = FileChannel.open(video, StandardOpenOption.READ)) {
            ByteBuffer sample = ByteBuffer.allocate((int) size);
            while (sample.hasRemaining() && in.read(sample, film.firstSampleAt() + sample.position()) >= 0) {
                // read until full or the file's end
            }
            sample.flip();
            return decode(avcC, sample);
        } catch (IOException | RuntimeException e) {
            log.debug("a first frame that cannot be decoded", e);
            return null;
        }
    }

    private static @Nullable BufferedImage decode(byte[] avcC, ByteBuffer sample) {
        AvcCBox config = H264Utils.parseAVCCFromBuffer(ByteBuffer.wrap(avcC));
        SeqParameterSet shape =
                H264Utils.readSPSFromBufferList(config.getSpsList()).get(0);
        long across = shape.picWidthInMbsMinus1 + 1L;
        long down = SeqParameterSet.getPicHeightInMbs(shape);
        boolean plain = shape.chromaFormatIdc == ColorSpace.YUV420J
                && shape.bitDepthLumaMinus8 == 0
                && shape.bitDepthChromaMinus8 == 0;
        if (!plain || across < 1 || down < 1 || across * down > MOST_BLOCKS) {
            return null;
        }
        // Only the picture's own slices: parameters inside the sample could name another size.
        List<ByteBuffer> slices = H264Utils.splitMOVPacket(sample, config).stream()
                .filter(nal -> nal.hasRemaining() && (nal.get(nal.position()) & 0x1f) == KEY_SLICE)
                .toList();
        if (slices.isEmpty()) {
            return null;
        }
        H264Decoder decoder = new H264Decoder();
        decoder.addSps(config.getSpsList());
        decoder.addPps(config.getPpsList());
        Picture room = Picture.create((int) across * 16, (int) down * 16, ColorSpace.YUV420J);
        Picture frame = decoder.decodeFrameFromNals(slices, room.getData());
        return frame == null ? null : image(frame.cloneCropped());
    }

    /** BT.709 with the narrow range, as phones record; the samples come less 128. */
    private static BufferedImage image(Picture frame) {
        int width = frame.getWidth();
        int height = frame.getHeight();
        byte[] luma = frame.getPlaneData(0);
        byte[] blue = frame.getPlaneData(1);
        byte[] red = frame.getPlaneData(2);
        int stride = frame.getPlaneWidth(1);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double light = 1.164 * (luma[y * width + x] + 128 - 16);
                int chroma = (y / 2) * stride + x / 2;
                int r = clamp(light + 1.793 * red[chroma]);
                int g = clamp(light - 0.213 * blue[chroma] - 0.533 * red[chroma]);
                int b = clamp(light + 2.112 * blue[chroma]);
                row[x] = r << 16 | g << 8 | b;
            }
            image.setRGB(0, y, width, 1, row, 0, width);
        }
        return image;
    }

    private static int clamp(double value) {
        return value <= 0 ? 0 : value >= 255 ? 255 : (int) Math.round(value);
    }
}
