package linge.bot.knowledge.law;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small country's statutes, made up for tests: none of them is anyone's law. */
public final class MadeUpLaws {
    static final List<String> ROWS = List.of(
            row("邻里安宁法", "2020-01-01", "第一章 总 则", "第一条", "为了邻居之间和睦相处，制定本法。", "current"),
            row("邻里安宁法", "2020-01-01", "第二章 声 音", "第二条", "夜里十点以后不得大声唱歌、装修或者放音乐，吵到邻居的应当停止。", "current"),
            row("邻里安宁法", "2020-01-01", "第二章 声 音", "第三条", "养狗的人应当不让狗整夜叫唤。", "current"),
            row("邻里安宁法", "2020-01-01", "第三章 水", "第四条", "楼上漏水泡坏楼下天花板的，楼上住户应当修好并赔偿。", "current"),
            row("邻里安宁法", "2010-01-01", "第三章 水", "第四条", "漏水的自己想办法。", "superseded_version"),
            row("帮工报酬法", "2021-05-01", "", "第一条", "请人干活应当按月付给工钱，不得拖欠。", "current"),
            row("帮工报酬法", "2021-05-01", "", "第二条", "拖欠工钱的，干活的人可以请乡公所追讨。", "current"),
            row("帮工报酬法", "2021-05-01", "", "第二条之一", "乡公所应当在十日内答复。", "current"),
            row("旧集市法", "1990-01-01", "", "第一条", "集市逢五开张。", "repealed"));

    private MadeUpLaws() {}

    static String row(String law, String version, String chapter, String article, String text, String status) {
        return """
                {"law":"%s","title":"中华人民共和国%s","part":"","version":"%s","chapter":"%s","article":"%s","text":"%s","status":"%s"}""".formatted(law, law, version, chapter, article, text, status);
    }

    static Path file(Path dir, List<String> rows) throws IOException {
        Path file = dir.resolve("laws.jsonl");
        Files.write(file, rows, StandardCharsets.UTF_8);
        return file;
    }

    public static Path index(Path dir) throws IOException {
        Path index = dir.resolve("index");
        LawImport.run(file(dir, ROWS), index, (done, of) -> {});
        return index;
    }
}
