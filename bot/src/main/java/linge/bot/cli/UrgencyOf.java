package linge.bot.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import linge.bot.triage.Triage;
import linge.bot.triage.Triaged;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** How soon somebody must act on each line. */
@Command(name = "urgency", description = "标准输入每行一句话，逐行输出紧急程度和该打的电话。", mixinStandardHelpOptions = true)
final class UrgencyOf implements Runnable {
    @Override
    public void run() {
        Triage triage = Triage.shipped();
        Lines.answer(text -> answer(triage.of(text)));
    }

    private static Map<String, @Nullable Object> answer(Triaged triaged) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("urgency", triaged.urgency().name());
        answer.put("service", triaged.hotline());
        return answer;
    }
}
