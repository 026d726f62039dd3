package linge;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The folder that holds everything one node keeps; locked, so that two processes never share it. */
final class DataFolder implements AutoCloseable {

    private final Path path;
    private final FileChannel channel;

    private DataFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** @throws Settings.Wrong when it cannot be written or another Linge has it */
    static DataFolder lock(Path path) {
        try {
            Files.createDirectories(path);
            Path probe = Files.createTempFile(path, "write", ".probe");
            Files.delete(probe);
            FileChannel channel =
                    FileChannel.open(path.resolve("linge.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tried(channel) == null) {
                channel.close();
                throw new Settings.Wrong("数据文件夹 " + path + " 正被另一个邻格进程使用（LINGE_DATA）");
            }
            return new DataFolder(path, channel);
        } catch (IOException e) {
            throw new Settings.Wrong(
                    "数据文件夹 " + path + " 不能写入（LINGE_DATA）：" + e.getClass().getSimpleName());
        }
    }

    private static @Nullable FileLock tried(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
