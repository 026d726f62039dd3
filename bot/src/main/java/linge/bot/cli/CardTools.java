package linge.bot.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linge.bot.knowledge.AskScore;
import linge.bot.knowledge.CardVectorsFile;
import linge.bot.knowledge.Cards;
import linge.bot.knowledge.LegalAdviser;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The knowledge cards: how well questions find them, and their vectors made anew. */
@Command(
        name = "cards",
        description = "知识卡片：评测问答、重做向量。",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class CardTools {

    @Command(name = "evaluate", description = "用“应答、制表符、问题”的文件评测问答；答错的写到标准错误，最后一行是得分。", mixinStandardHelpOptions = true)
    void evaluate(
            @Option(
                            names = "--questions",
                            required = true,
                            paramLabel = "FILE",
                            description = "每行：卡片代号（可用 | 分开几个）或 REFUSED、SERVED、EMERGENCY，制表符，问题。")
                    Path questions) {
        List<String> lines;
        try {
            lines = Files.readAllLines(questions).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw Failure.unread(questions, e);
        }
        var adviser = new LegalAdviser(Cards.shipped(), null);
        AskScore score;
        try {
            adviser.ask("欠薪");
            long start = System.nanoTime();
            score = AskScore.of(adviser, lines);
            long nanos = System.nanoTime() - start;
            score.misses().forEach(System.err::println);
            // Each question of a card is searched twice, once for the answer and once for the ranking.
            out().println(Lines.json(line(score, (lines.size() + score.n()) * 1e9 / nanos)));
        } catch (IllegalArgumentException e) {
            throw new Failure(questions + "：" + e.getMessage(), e);
        }
    }

    @Command(name = "vectors", description = "重做知识卡片的向量文件。", mixinStandardHelpOptions = true)
    void vectors(@Option(names = "--out", required = true, paramLabel = "FILE", description = "写到哪个文件。") Path out) {
        try {
            int count = CardVectorsFile.write(Cards.shipped(), out);
            out().println(Lines.json(Map.of("sentences", count)));
        } catch (IOException e) {
            throw new Failure("写不了向量文件：" + out, e);
        }
    }

    private static Map<String, Object> line(AskScore score, double perSecond) {
        var line = new LinkedHashMap<String, Object>();
        line.put("n", score.n());
        line.put("top1", score.top1());
        line.put("top3", score.top3());
        line.put("answered", score.answered());
        line.put("answeredRight", score.answeredRight());
        line.put("offered", score.offered());
        line.put("refusals", score.refusals());
        line.put("declined", score.declined());
        line.put("served", score.served());
        line.put("declinedWrongly", score.declinedWrongly());
        line.put("emergencies", score.urgent());
        line.put("helpedFirst", score.helpedFirst());
        line.put("questionsPerSecond", Math.round(perSecond));
        return line;
    }

    private static PrintStream out() {
        return new PrintStream(System.out, true, StandardCharsets.UTF_8);
    }
}
