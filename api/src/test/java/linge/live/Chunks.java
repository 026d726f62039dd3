package linge.live;

import java.io.IOException;
import java.io.InputStream;

/** A chunked body as it comes over a socket, byte by byte. */
final class Chunks extends InputStream {

    private final InputStream in;
    private int left;

    Chunks(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        if (left == 0) {
            String size = line(in);
            left = Integer.parseInt(size.isEmpty() ? line(in) : size, 16);
            if (left == 0) {
                return -1;
            }
        }
        left--;
        return in.read();
    }

    @Override
    public int read(byte[] to, int from, int most) throws IOException {
        int next = read();
        if (next < 0) {
            return -1;
        }
        to[from] = (byte) next;
        return 1;
    }

    static boolean readUntil(InputStream in, String words) throws IOException {
        StringBuilder read = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            read.append((char) next);
            if (read.toString().endsWith(words)) {
                return true;
            }
        }
        return false;
    }

    static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
