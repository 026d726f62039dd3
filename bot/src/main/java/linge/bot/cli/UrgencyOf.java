package linge.bot.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import linge.bot.triage.UrgencyRules;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How soon somebody must act on each line. */
@Command(name = "urgency", description = "标准输入每行一句话，逐行输出紧急程度、该打的电话、把握和理由。", mixinStandardHelpOptions = true)
final class UrgencyOf implements Runnable {
    @Option(
            names = "--evaluate",
            paramLabel = "FILE",
            description = "不读标准输入，只用带答案的文件打分：每行 类别|应拨电话（逗号分隔；~12356 是倾诉；- 是不紧急）|原话。")
    private @Nullable Path evaluate;

    @Option(names = "--tickets", paramLabel = "FILE", description = "再数一数工单 CSV（.gz 也可，列 text_noleak 或 text）里有多少条会报警。")
    private @Nullable Path tickets;

    @Override
    public void run() {
        if (evaluate == null && tickets == null) {
            UrgencyRules rules = UrgencyRules.shipped();
            Lines.answer(text -> answer(rules.of(text)));
            return;
        }
        var figures = new LinkedHashMap<String, Object>();
        if (evaluate != null) {
            var score = new UrgencyScore(evaluate);
            var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
            score.wrong().forEach(err::println);
            figures.putAll(score.figures());
        }
        if (tickets != null) {
            figures.putAll(UrgencyScore.tickets(tickets));
        }
        new PrintStream(System.out, true, StandardCharsets.UTF_8).println(Lines.json(figures));
    }

    private static Map<String, @Nullable Object> answer(UrgencyRules.Judged judged) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("urgency", judged.urgency().name());
        answer.put("service", judged.hotline());
        answer.put("confidence", judged.confidence());
        answer.put("why", judged.why());
        return answer;
    }
}
