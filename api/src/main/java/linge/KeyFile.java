package linge;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import linge.notify.webhook.Vault;

/** The key that seals other systems' secrets, where no setting gives one: made once, beside the database and not in it. */
final class KeyFile {

    private static final String NAME = "webhook.key";

    private KeyFile() {}

    /** @throws Settings.Wrong when it can be neither read nor made, or is none */
    static String in(Path folder) {
        Path file = folder.resolve(NAME);
        try {
            create(file);
            String key = Files.readString(file).strip();
            Vault.of(key);
            return key;
        } catch (IOException | IllegalArgumentException e) {
            throw new Settings.Wrong("数据文件夹里的 " + NAME + " 不能用（LINGE_DATA，或用 LINGE_WEBHOOK_KEY 另给）："
                    + e.getClass().getSimpleName());
        }
    }

    /** Nobody but us reads it, from its first moment on. */
    private static void create(Path file) throws IOException {
        try {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(file);
            }
            Files.writeString(file, Vault.freshKey() + "\n", StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException made) {
            // By an earlier start.
        }
    }
}
