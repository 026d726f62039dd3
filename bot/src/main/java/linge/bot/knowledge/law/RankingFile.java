package linge.bot.knowledge.law;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The learned ranking as a file: a mark, a format, then numbers and names of laws; compressed. */
final class RankingFile {
    private static final int MARK = 0x4C4E5247;
    private static final int FORMAT = 1;

    private RankingFile() {}

    /** The ranking that comes with this version. */
    static Ranking shipped() {
        try (InputStream in = Objects.requireNonNull(RankingFile.class.getResourceAsStream("ranking.bin"))) {
            return read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Ranking read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in);
        } catch (NoSuchFileException e) {
            throw new LawIndexException("没有这个文件：" + file);
        } catch (IOException e) {
            throw new LawIndexException("排序参数读不出来，请重新运行 laws learn：" + file, e);
        }
    }

    private static Ranking read(InputStream in) throws IOException {
        try (var data = new DataInputStream(new BufferedInputStream(new GZIPInputStream(in), 1 << 16))) {
            if (data.readInt() != MARK || data.readInt() != FORMAT) {
                throw new IOException("no ranking of this format");
            }
            return Ranking.read(data);
        }
    }

    static void write(Path file, Ranking ranking) throws IOException {
        try (var data = new DataOutputStream(
                new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(file)), 1 << 16))) {
            data.writeInt(MARK);
            data.writeInt(FORMAT);
            ranking.write(data);
        }
    }
}
