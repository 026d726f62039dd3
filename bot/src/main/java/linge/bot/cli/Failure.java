package linge.bot.cli;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipException;

/** A command could not do what was asked; the message says in Chinese what is wrong and with which file or line. */
final class Failure extends RuntimeException {
    Failure(String message) {
        super(message, null, false, false);
    }

    Failure(String message, Throwable cause) {
        super(message, cause, false, false);
    }

    /** A file that could not be read to its end. */
    static Failure unread(Path file, Exception e) {
        Throwable cause = e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
        if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
            return new Failure("找不到文件 " + file + "。", e);
        }
        return new Failure("文件 " + file + " 读不下去：" + reason(cause), e);
    }

    private static String reason(Throwable cause) {
        if (cause instanceof CharacterCodingException) {
            return "不是 UTF-8 编码。";
        }
        if (cause instanceof ZipException || cause instanceof EOFException) {
            return "压缩文件不完整或已损坏。";
        }
        if (cause instanceof IOException && "Is a directory".equals(cause.getMessage())) {
            return "这是一个文件夹。";
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
