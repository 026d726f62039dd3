package linge.shared;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.util.ArrayList;
import java.util.List;

/**
 * A code to scan.
 *
 * @param side width and height in modules, the quiet border included
 * @param runs the dark modules
 */
public record QrCode(int side, List<Run> runs) {

    /** Light modules around a code that scanners need. */
    private static final int QUIET = 4;

    /** Dark modules side by side, counted from the corner of the quiet border. */
    public record Run(int x, int y, int length) {}

    /** @throws IllegalStateException when the text is too long for any code */
    public static QrCode of(String text) {
        ByteMatrix matrix;
        try {
            // A quarter of it may be torn or dirty.
            matrix = Encoder.encode(text, ErrorCorrectionLevel.Q).getMatrix();
        } catch (WriterException tooLong) {
            throw new IllegalStateException("too long for a code: " + text.length(), tooLong);
        }
        List<Run> runs = new ArrayList<>();
        for (int y = 0; y < matrix.getHeight(); y++) {
            for (int x = 0; x < matrix.getWidth(); x++) {
                int from = x;
                while (x < matrix.getWidth() && matrix.get(x, y) == 1) {
                    x++;
                }
                if (x > from) {
                    runs.add(new Run(from + QUIET, y + QUIET, x - from));
                }
            }
        }
        return new QrCode(matrix.getWidth() + 2 * QUIET, List.copyOf(runs));
    }

    /** The dark modules as one path of an SVG, one unit each. */
    public String path() {
        StringBuilder path = new StringBuilder();
        for (Run run : runs) {
            path.append('M').append(run.x()).append(' ').append(run.y());
            path.append('h')
                    .append(run.length())
                    .append("v1h-")
                    .append(run.length())
                    .append('z');
        }
        return path.toString();
    }
}
