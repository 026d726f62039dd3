package linge.bot.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import linge.bot.triage.Category;
import linge.bot.triage.Triage;
import linge.bot.twins.Pairs;
import linge.bot.twins.Rarity;
import linge.bot.twins.Twins;
import linge.bot.twins.TwinsScore;
import linge.bot.twins.Weights;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether two reports are of one matter: what measures it, and what it learns from. */
@Command(name = "twins", description = "重复诉求：打分，和学出词的稀有程度与各条线索的分量。", mixinStandardHelpOptions = true)
final class TwinsTools {

    @Command(
            name = "evaluate",
            description = "用判好的成对诉求打分：输出给工作人员看的（≥0.5）和给居民看的（≥0.6）各自的查准率、查全率；错的写到标准错误。",
            mixinStandardHelpOptions = true)
    void evaluate(
            @Option(names = "--pairs", required = true, paramLabel = "FILE", description = "判好的成对诉求。") Path pairs) {
        List<Pairs.Judged> judged = read(pairs);
        TwinsScore.Figures staff = TwinsScore.of(judged, Weights.View.STAFF, Twins.LIKELY);
        TwinsScore.Figures strangers = TwinsScore.of(judged, Weights.View.STRANGERS, Twins.SURE);
        var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        staff.wrong().forEach(line -> err.println("STAFF " + line));
        strangers.wrong().forEach(line -> err.println("STRANGERS " + line));
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("staff", staff.shown());
        figures.put("strangers", strangers.shown());
        Map<String, String> curve = new LinkedHashMap<>();
        for (double least : new double[] {0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9}) {
            var at = TwinsScore.of(judged, Weights.View.STAFF, least).shown();
            var of = TwinsScore.of(judged, Weights.View.STRANGERS, least).shown();
            curve.put(
                    "≥" + least,
                    at.get("precision") + "/" + at.get("recall") + " " + of.get("precision") + "/" + of.get("recall"));
        }
        figures.put("curve", curve);
        Lines.say(figures);
    }

    @Command(
            name = "learn",
            description = "写出 rarity.tsv（两个字的组合有多少见，少于 --least 件诉求里有的不写）和 weights.tsv（各条线索的分量）。",
            mixinStandardHelpOptions = true)
    void learn(
            @Option(names = "--pairs", required = true, paramLabel = "FILE", description = "判好的成对诉求。") Path pairs,
            @Option(names = "--data", paramLabel = "FILE", description = "带表头的 CSV（可以是 .gz），只数字的组合；不写就不重写 rarity.tsv。")
                    @Nullable
                    Path data,
            @Option(names = "--text", paramLabel = "COL", description = "诉求文字所在的列。", defaultValue = "text") String text,
            @Option(names = "--least", defaultValue = "40", description = "至少在这么多件诉求里出现过。") int least,
            @Option(names = "--out", required = true, paramLabel = "DIR", description = "写到哪个文件夹。") Path out) {
        try {
            if (data != null) {
                Files.write(out.resolve("rarity.tsv"), Rarity.count(texts(data, text), least));
            }
            Files.write(
                    out.resolve("weights.tsv"),
                    Weights.learn(read(pairs).stream().map(Pairs.Judged::pair).toList()));
        } catch (IOException e) {
            throw new Failure(out + " 写不进去：" + e.getMessage(), e);
        }
    }

    private static List<Pairs.Judged> read(Path file) {
        try {
            Triage triage = Triage.shipped();
            return Pairs.read(Files.readAllLines(file), text -> {
                @Nullable Category category = triage.of(text).category();
                return category == null ? null : category.code();
            });
        } catch (IllegalArgumentException e) {
            throw new Failure(file + "：" + e.getMessage(), e);
        } catch (IOException e) {
            throw Failure.unread(file, e);
        }
    }

    private static List<String> texts(Path file, String column) throws IOException {
        var bytes = new BufferedInputStream(Files.newInputStream(file));
        try (var reader = new InputStreamReader(
                        file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes, StandardCharsets.UTF_8);
                CSVParser rows = CSVFormat.DEFAULT
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get()
                        .parse(reader)) {
            List<String> texts = new ArrayList<>();
            rows.forEach(row -> texts.add(row.get(column)));
            return texts;
        }
    }
}
