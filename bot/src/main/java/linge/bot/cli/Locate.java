package linge.bot.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import linge.bot.place.AddressIndex;
import linge.bot.place.FoundPlace;
import linge.bot.place.Gazetteer;
import linge.bot.place.Located;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Where each line happened. */
@Command(
        name = "locate",
        description = "标准输入每行一句话，逐行输出说的是哪个区县、乡镇、村或社区；拿不准时 code 为 null，候选列在 candidates。",
        mixinStandardHelpOptions = true)
final class Locate implements Runnable {
    @Option(
            names = "--places",
            paramLabel = "FILE",
            description =
                    "别的城市的地名表：CSV，列 code,name,level,parent；代码是数字，市 4 位、区县 6 位、乡镇 9 位、村和社区 12 位，以上级的代码开头。不写就用自带的长治市。")
    private @Nullable Path places;

    @Option(
            names = "--evaluate",
            paramLabel = "FILE",
            description = "不读标准输入，只用带答案的文件打分：每行 类别|原话|答案（全名、none、ask 或 ask 全名）。")
    private @Nullable Path evaluate;

    @Override
    public void run() {
        Gazetteer gazetteer = places == null ? Gazetteer.shipped() : read(places);
        if (evaluate == null) {
            var index = new AddressIndex(gazetteer);
            Lines.answer(text -> answer(index.locate(text, null)));
            return;
        }
        var score = new PlaceScore(gazetteer, evaluate);
        var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        score.wrong().forEach(err::println);
        new PrintStream(System.out, true, StandardCharsets.UTF_8).println(Lines.json(score.figures()));
    }

    private static Gazetteer read(Path file) {
        try (var in = Files.newBufferedReader(file)) {
            return Gazetteer.read(in);
        } catch (IllegalArgumentException e) {
            throw new Failure(file + "：" + e.getMessage(), e);
        } catch (IOException | UncheckedIOException e) {
            throw Failure.unread(file, e);
        }
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
        // Map.of has another order in every process.
        var candidate = new LinkedHashMap<String, Object>();
        candidate.put("code", found.place().code());
        candidate.put("name", found.place().name());
        candidate.put("confidence", found.confidence());
        return candidate;
    }
}
