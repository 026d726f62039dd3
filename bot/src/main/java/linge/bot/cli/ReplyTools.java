package linge.bot.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import linge.bot.reply.Judged;
import linge.bot.reply.ReplyScore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The check of answers before they go out: what measures it. */
@Command(name = "reply", description = "答复检查：打分。", mixinStandardHelpOptions = true)
final class ReplyTools {

    @Command(name = "evaluate", description = "用判好的答复打分：每一种问题的查准率、查全率；错的写到标准错误。", mixinStandardHelpOptions = true)
    void evaluate(
            @Option(names = "--answers", required = true, paramLabel = "FILE", description = "判好的答复。") Path answers) {
        try {
            ReplyScore.Figures figures = ReplyScore.of(Judged.read(Files.readAllLines(answers)));
            var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
            figures.wrong().forEach(err::println);
            Lines.say(figures.shown());
        } catch (IllegalArgumentException e) {
            throw new Failure(answers + "：" + e.getMessage(), e);
        } catch (IOException e) {
            throw Failure.unread(answers, e);
        }
    }
}
