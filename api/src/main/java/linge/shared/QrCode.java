package linge.shared;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;

/**
 * A code to scan, as one path of an SVG.
 *
 * @param side width and height of the drawing, the quiet border included
 * @param path the black modules, one unit each
 */
public record QrCode(int side, String path) {

    /** Light modules around a code that scanners need. */
    private static final int QUIET = 4;

    /** @throws IllegalStateException when the text is too long for any code */
    public static QrCode of(String text) {
        ByteMatrix matrix;
        try {
            // A quarter of it may be torn or dirty.
            matrix = Encoder.encode(text, ErrorCorrectionLevel.Q).getMatrix();
        } catch (WriterException tooLong) {
            throw new IllegalStateException("too long for a code: " + text.length(), tooLong);
        }
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < matrix.getHeight(); y++) {
            for (int x = 0; x < matrix.getWidth(); x++) {
                if (matrix.get(x, y) != 1) {
                    continue;
                }
                int from = x;
                while (x + 1 < matrix.getWidth() && matrix.get(x + 1, y) == 1) {
                    x++;
                }
                int run = x + 1 - from;
                path.append('M').append(from + QUIET).append(' ').append(y + QUIET);
                path.append('h').append(run).append("v1h-").append(run).append('z');
            }
        }
        return new QrCode(matrix.getWidth() + 2 * QUIET, path.toString());
    }
}
