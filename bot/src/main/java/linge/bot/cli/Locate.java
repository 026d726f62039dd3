package linge.bot.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import linge.bot.place.AddressIndex;
import linge.bot.place.FoundPlace;
import linge.bot.place.Gazetteer;
import linge.bot.place.Located;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** Where each line happened. */
@Command(name = "locate", description = "标准输入每行一句话，逐行输出说的是哪个区县、乡镇、村或社区。", mixinStandardHelpOptions = true)
final class Locate implements Runnable {
    @Override
    public void run() {
        var places = new AddressIndex(Gazetteer.shipped());
        Lines.answer(text -> answer(places.locate(text, null)));
    }

    private static Map<String, @Nullable Object> answer(Located located) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        @Nullable FoundPlace best = located.best();
        answer.put("code", best == null ? null : best.place().code());
        answer.put("level", best == null ? null : best.place().level().name());
        answer.put("confidence", best == null ? 0 : best.confidence());
        answer.put(
                "candidates",
                located.candidates().stream().map(Locate::candidate).toList());
        return answer;
    }

    private static Map<String, Object> candidate(FoundPlace found) {
        return Map.of("code", found.place().code(), "name", found.place().name(), "confidence", found.confidence());
    }
}
