package linge.bot.triage.train;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import linge.bot.triage.Categories;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** What staff put right: a CSV file with the columns text, label, was and corrected_at, of which the first two are read. */
final class Corrections {
    private Corrections() {}

    /**
     * Reads them; the last correction of a text counts.
     *
     * @throws BadLines when a column is missing or a label is no category
     */
    static List<Line> read(Path file) throws IOException {
        var format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .get();
        var lines = new ArrayList<Line>();
        try (var in = Files.newInputStream(file);
                var reader = new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder());
                var rows = format.parse(reader)) {
            List<String> columns = rows.getHeaderNames().stream()
                    .map(name -> name.replace("\ufeff", ""))
                    .toList();
            int text = columns.indexOf("text");
            int label = columns.indexOf("label");
            if (text < 0 || label < 0) {
                throw new BadLines("更正文件 " + file + " 里要有 text 和 label 两列，现在有的是：" + String.join("、", columns) + "。");
            }
            for (CSVRecord row : rows) {
                lines.add(line(row, text, label, file));
            }
        }
        var last = new java.util.LinkedHashMap<String, Line>();
        lines.forEach(line -> last.put(line.text(), line));
        return List.copyOf(last.values());
    }

    private static Line line(CSVRecord row, int text, int label, Path file) throws BadLines {
        String where = "更正文件 " + file + " 第 " + (row.getRecordNumber() + 1) + " 条记录";
        if (row.size() <= Math.max(text, label)) {
            throw new BadLines(where + "缺少列。");
        }
        String code = row.get(label).strip();
        if (Categories.shipped().find(code).isEmpty()) {
            throw new BadLines(where + "的类别“" + code + "”不在分类表里。");
        }
        return new Line(code, row.get(text).strip());
    }
}
