package linge.bot.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One line of text in, one line of JSON out, in order and flushed, so that another program can talk with it line by line. */
final class Lines {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Lines() {}

    /** Answers every line of standard input until it ends; an empty line is answered too. */
    static void answer(Function<String, ?> understand) {
        var out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            @Nullable String line;
            while ((line = next(in)) != null) {
                out.println(json(understand.apply(line)));
                if (out.checkError()) {
                    throw new Failure("标准输出已经关上，后面的行没有处理。");
                }
            }
        } catch (IOException e) {
            throw new Failure("标准输入读不下去：" + e.getMessage(), e);
        }
    }

    /** A line ends with a line feed: a lone carriage return in somebody's words must not make two answers of one line. */
    private static @Nullable String next(BufferedReader in) throws IOException {
        var line = new StringBuilder();
        int c;
        while ((c = in.read()) != '\n') {
            if (c < 0) {
                return line.isEmpty() ? null : line.toString();
            }
            line.append((char) c);
        }
        boolean windows = !line.isEmpty() && line.charAt(line.length() - 1) == '\r';
        return windows ? line.substring(0, line.length() - 1) : line.toString();
    }

    /** Says one thing on standard output, as a line of JSON. */
    static void say(Object value) {
        var out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        out.println(json(value));
        out.flush();
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
