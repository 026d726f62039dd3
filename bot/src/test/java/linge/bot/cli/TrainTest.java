package linge.bot.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import linge.bot.cli.Commands.Said;
import linge.bot.learn.Labelled;
import linge.bot.learn.MadeUp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainTest {
    @TempDir
    Path folder;

    private Path data;
    private Path model;

    @BeforeEach
    void write() throws IOException {
        data = folder.resolve("data.csv");
        model = folder.resolve("m.bin");
        Files.writeString(data, "\uFEFF" + csv(MadeUp.lines(150, 1)));
    }

    /** With quotes, commas and line breaks inside, as spreadsheets write them. */
    private static String csv(List<Labelled> lines) {
        var out = new StringBuilder("编号,标题,内容,类别\r\n");
        int number = 0;
        for (Labelled line : lines) {
            String text = line.fields().get(0);
            out.append(number++)
                    .append(",\"关于\"\"")
                    .append(text, 0, 6)
                    .append("\"\"的问题\",\"")
                    .append(text.replace("，", "\n"))
                    .append(",完\",")
                    .append(line.label())
                    .append("\r\n");
        }
        return out.toString();
    }

    private Said train(String... more) {
        var args = new ArrayList<>(List.of(
                "train",
                "--data",
                data.toString(),
                "--text",
                "标题,内容",
                "--label",
                "类别",
                "--model",
                model.toString(),
                "--folds",
                "3"));
        args.addAll(List.of(more));
        return Commands.run("", args.toArray(String[]::new));
    }

    private Said evaluate(Path lines, String text, String... more) {
        var args = new ArrayList<>(List.of(
                "evaluate", "--model", model.toString(), "--data", lines.toString(), "--text", text, "--label", "类别"));
        args.addAll(List.of(more));
        return Commands.run("", args.toArray(String[]::new));
    }

    private static JsonNode last(Said said) throws IOException {
        String[] lines = said.out().strip().split("\n");
        return new ObjectMapper().readTree(lines[lines.length - 1]);
    }

    private static void assertRefused(Said said, String... words) {
        assertEquals(1, said.code(), said.err());
        for (String word : words) {
            assertTrue(said.err().contains(word), said.err());
        }
        assertTrue(!said.err().contains("\tat "), said.err());
        assertEquals("", said.out());
    }

    @Test
    void a_model_with_sentence_vectors_is_trained_measured_and_used() throws IOException {
        Said trained = train("--sentences");
        assertEquals(0, trained.code(), trained.err());
        assertTrue(trained.err().contains("读懂意思"), trained.err());
        Path fresh = folder.resolve("fresh.csv");
        Files.writeString(fresh, csv(MadeUp.lines(30, 2)));
        assertTrue(last(evaluate(fresh, "标题,内容")).get("accuracy").asDouble() > 0.9);
        Said classified = Commands.run("老板拖欠工资\n", "classify", "--model", model.toString());
        assertEquals("工资", last(classified).get("label").asText(), classified.err());
    }

    @Test
    void a_model_is_trained_measured_and_used() throws IOException {
        Said trained = train();
        assertEquals(0, trained.code(), trained.err());
        assertEquals("", trained.out());
        assertTrue(trained.err().contains("交叉验证 3/3"), trained.err());
        assertTrue(trained.err().contains("宏 F1"), trained.err());

        Path fresh = folder.resolve("fresh.csv.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(fresh))) {
            out.write(csv(MadeUp.lines(60, 2)).getBytes(StandardCharsets.UTF_8));
        }
        Path report = folder.resolve("r.md");
        Said evaluated = evaluate(fresh, "标题,内容", "--report", report.toString());
        assertEquals(0, evaluated.code(), evaluated.err());
        JsonNode figures = last(evaluated);
        var names = new ArrayList<String>();
        figures.fieldNames().forEachRemaining(names::add);
        assertEquals(List.of("n", "accuracy", "macroF1", "ece", "abstained", "docsPerSecond"), names);
        assertEquals(60, figures.get("n").asInt());
        assertTrue(figures.get("accuracy").asDouble() > 0.95, figures.toString());
        assertTrue(figures.get("docsPerSecond").asLong() > 0, figures.toString());
        String table = Files.readString(report);
        assertTrue(table.contains("| 路灯 | 20 |") && table.contains("## 混淆矩阵"), table);

        Said classified = Commands.run("西街老板拖欠工资\n\n关于路灯\t村头路灯坏了\n", "classify", "--model", model.toString());
        assertEquals(0, classified.code(), classified.err());
        String[] answers = classified.out().split("\n");
        assertEquals(3, answers.length);
        assertTrue(answers[0].startsWith("{\"label\":\"工资\",\"confidence\":"), answers[0]);
        assertEquals("{\"label\":null,\"confidence\":0.0,\"abstained\":true}", answers[1]);
        assertTrue(answers[2].startsWith("{\"label\":\"路灯\""), answers[2]);
    }

    @Test
    void the_same_seed_writes_the_same_file() throws IOException {
        train("--seed", "5");
        byte[] first = Files.readAllBytes(model);
        train("--seed", "5", "--threads", "1");
        assertArrayEquals(first, Files.readAllBytes(model));
    }

    @Test
    void top_keeps_the_most_frequent_labels() throws IOException {
        Files.writeString(data, "1,题,停水了停水了,供水\n2,题,,\n", java.nio.file.StandardOpenOption.APPEND);
        assertRefused(train(), "供水", "只有 1 条");
        Said trained = train("--top", "3");
        assertEquals(0, trained.code(), trained.err());
        assertTrue(trained.err().contains("3 个类别") && trained.err().contains("1 行没有类别"), trained.err());
        assertEquals(150, last(evaluate(data, "标题,内容", "--top", "3")).get("n").asInt());
        Said all = evaluate(data, "标题,内容");
        assertEquals(151, last(all).get("n").asInt());
        assertTrue(all.err().contains("供水"), all.err());
        assertRefused(train("--top", "0"), "--top");
    }

    @Test
    void what_cannot_be_read_is_refused_in_one_line() throws IOException {
        assertRefused(Commands.run("", "classify", "--model", model.toString()), "找不到模型文件");
        assertRefused(evaluate(data, "标题,内容"), "找不到模型文件");
        Files.writeString(model, "这不是模型这不是模型这不是模型");
        assertRefused(Commands.run("", "classify", "--model", model.toString()), "不是邻格的分类模型");
        train();
        byte[] whole = Files.readAllBytes(model);
        Files.write(model, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertRefused(evaluate(data, "标题,内容"), "已损坏");
        Files.write(model, whole);
        assertRefused(evaluate(data, "标题"), "2 列");
        assertRefused(evaluate(data, "标题,正文"), "没有“正文”列", "编号、标题、内容、类别");
        assertRefused(evaluate(folder.resolve("none.csv"), "标题,内容"), "找不到文件");
        assertRefused(evaluate(folder, "标题,内容"), "读不下去");
    }

    @Test
    void data_that_cannot_be_used_is_refused_in_one_line() throws IOException {
        String good = Files.readString(data);
        Files.writeString(data, "");
        assertRefused(train(), "没有“标题”列");
        Files.writeString(data, "标题,内容,类别\n");
        assertRefused(train(), "没有带类别的数据行");
        Files.writeString(data, "标题,内容,类别\n甲,乙\n");
        assertRefused(train(), "第 2 条记录缺少“类别”列");
        Files.write(data, good.getBytes(Charset.forName("GBK")));
        assertRefused(train(), "不是 UTF-8");
        Files.writeString(data, good + "1,\"没有关上的引号,乙,丙\n");
        assertRefused(train(), "读不下去");
        try (var out = new GZIPOutputStream(Files.newOutputStream(data))) {
            out.write(good.getBytes(StandardCharsets.UTF_8));
        }
        byte[] packed = Files.readAllBytes(data);
        Files.write(data, java.util.Arrays.copyOf(packed, packed.length / 2));
        assertRefused(train(), "压缩文件不完整");
        Files.writeString(data, good);
        model = folder.resolve("none").resolve("m.bin");
        assertRefused(train(), "模型写不进");
    }
}
