package linge.bot.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import linge.bot.triage.Category;
import linge.bot.triage.ScoredCategory;
import linge.bot.triage.Triage;
import linge.bot.triage.Triaged;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** What each line is about. */
@Command(name = "classify", description = "标准输入每行一条诉求，逐行输出分类、责任部门和把握。", mixinStandardHelpOptions = true)
final class Classify implements Runnable {
    @Override
    public void run() {
        Triage triage = Triage.shipped();
        Lines.answer(text -> answer(triage.of(text)));
    }

    private static Map<String, @Nullable Object> answer(Triaged triaged) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        @Nullable Category category = triaged.category();
        answer.put("label", category == null ? null : category.code());
        answer.put("confidence", triaged.confidence());
        answer.put("abstained", triaged.abstained());
        answer.put("urgency", triaged.urgency().name());
        answer.put(
                "candidates",
                triaged.candidates().stream().map(Classify::candidate).toList());
        return answer;
    }

    private static Map<String, Object> candidate(ScoredCategory scored) {
        return Map.of("label", scored.category().code(), "confidence", scored.confidence());
    }
}
