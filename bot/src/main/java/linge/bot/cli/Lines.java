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
            while ((line = in.readLine()) != null) {
                out.println(json(understand.apply(line)));
                out.flush();
            }
        } catch (IOException e) {
            throw new Failure("标准输入读不下去：" + e.getMessage(), e);
        }
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
