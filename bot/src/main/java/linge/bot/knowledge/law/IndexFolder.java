package linge.bot.knowledge.law;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of an index: each import builds a folder of its own beside the last one, and a small file, replaced in one
 * step at the very end, says which holds. So an import that breaks off changes nothing.
 */
final class IndexFolder {
    /** Counts up whenever what is written changes; an index of another format is refused. */
    static final int FORMAT = 1;

    private static final String POINTER = "laws.json";
    private static final String BUILD_PREFIX = "build-";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path dir;

    IndexFolder(Path dir) {
        this.dir = dir;
    }

    /**
     * What the pointer file says.
     *
     * @param format of what lies in the folder
     * @param build the folder's name
     * @param articles how many articles were imported, those not in force included
     * @param searched how many are searched
     */
    record Built(int format, String build, int articles, int searched) {}

    Path of(Built built) {
        return dir.resolve(built.build());
    }

    /** The index that holds; refuses with a clear message what is none, is damaged or has another format. */
    Built built() {
        try {
            var read = JSON.readTree(Files.readString(dir.resolve(POINTER)));
            var built = new Built(
                    read.path("format").asInt(),
                    read.path("build").asText(),
                    read.path("articles").asInt(),
                    read.path("searched").asInt());
            if (built.format() != FORMAT) {
                throw new LawIndexException(
                        "法条索引的格式是 " + built.format() + "，这个版本要 " + FORMAT + "，请重新运行 laws import：" + dir);
            }
            if (!built.build().startsWith(BUILD_PREFIX) || !Files.isDirectory(of(built))) {
                throw new LawIndexException("法条索引不完整，请重新运行 laws import：" + dir);
            }
            return built;
        } catch (NoSuchFileException e) {
            throw new LawIndexException("这里没有法条索引，请先运行 laws import：" + dir);
        } catch (JsonProcessingException e) {
            throw new LawIndexException("法条索引已损坏，请重新运行 laws import：" + dir);
        } catch (IOException e) {
            throw new LawIndexException("法条索引读不出来：" + dir + "（" + e.getMessage() + "）", e);
        }
    }

    /** Builds beside what is there and takes its place only when done. One import at a time. */
    Built replace(Builder builder) throws IOException {
        Files.createDirectories(dir);
        try (var channel = FileChannel.open(
                        dir.resolve("import.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel)) {
            sweep(null);
            Path build = Files.createTempDirectory(dir, BUILD_PREFIX);
            boolean done = false;
            try {
                Counts counts = builder.into(build);
                var built = new Built(FORMAT, build.getFileName().toString(), counts.articles(), counts.searched());
                Path written = dir.resolve(POINTER + ".new");
                Files.writeString(written, JSON.writeValueAsString(built));
                Files.move(
                        written,
                        dir.resolve(POINTER),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
                done = true;
                sweep(build);
                return built;
            } finally {
                if (!done) {
                    delete(build);
                }
            }
        }
    }

    /** Takes away what broken imports and the index before left behind; keeps the one named and the one that holds. */
    private void sweep(@Nullable Path keep) throws IOException {
        Path holds = keep != null ? keep : holding();
        List<Path> builds;
        try (Stream<Path> children = Files.list(dir)) {
            builds = children.filter(child -> child.getFileName().toString().startsWith(BUILD_PREFIX))
                    .filter(child -> !child.equals(holds))
                    .toList();
        }
        for (Path build : builds) {
            delete(build);
        }
    }

    private @Nullable Path holding() {
        try {
            return of(built());
        } catch (LawIndexException e) {
            return null;
        }
    }

    private FileLock lock(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very process: told below like any other.
        }
        throw new LawIndexException("另一次法条导入正在进行：" + dir);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    /** Writes an index into an empty folder. */
    interface Builder {
        Counts into(Path folder) throws IOException;
    }

    /** How many articles were taken in, and how many of them are searched. */
    record Counts(int articles, int searched) {}
}
