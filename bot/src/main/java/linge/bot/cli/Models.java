package linge.bot.cli;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import linge.bot.learn.BadModel;
import linge.bot.learn.TextModel;

/** Model files on the disk. */
final class Models {
    private Models() {}

    static TextModel load(Path file) {
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            return TextModel.load(in);
        } catch (NoSuchFileException e) {
            throw new Failure("找不到模型文件 " + file + "。", e);
        } catch (BadModel e) {
            throw new Failure("模型文件 " + file + " 不能用：" + e.getMessage(), e);
        } catch (IOException e) {
            throw new Failure("模型文件 " + file + " 读不下去：" + e.getMessage(), e);
        }
    }

    /** Writes beside the file and moves into its place, so that a model in use is never half a model. */
    static void save(TextModel model, Path file) {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (var out = new BufferedOutputStream(Files.newOutputStream(beside))) {
                model.save(out);
            }
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Failure("模型写不进 " + file + "：" + e.getMessage(), e);
        }
    }

    /** Finds out before minutes of work whether its result can be written. */
    static void refuseUnwritable(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder) || Files.isDirectory(file)) {
            throw new Failure("模型写不进 " + file + "：目录不存在、不可写，或者它本身是一个目录。");
        }
    }
}
