package linge.bot.cli;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import linge.bot.learn.Labelled;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name labelled lines in a CSV file (UTF-8, with or without BOM, plain or .gz), and how they are read. */
final class LabelledCsv {
    private static final int BOM = 0xFEFF;

    @Option(names = "--data", required = true, paramLabel = "FILE", description = "带表头的 CSV 文件（UTF-8，可以是 .gz）。")
    Path data = Path.of("");

    @Option(names = "--text", required = true, split = ",", paramLabel = "COL", description = "诉求文字所在的列，可以有几列，用逗号隔开。")
    List<String> text = List.of();

    @Option(names = "--label", required = true, paramLabel = "COL", description = "类别所在的列。")
    String label = "";

    @Option(names = "--top", paramLabel = "N", description = "只用数据里最常见的 N 个类别。")
    @Nullable
    Integer top;

    /** What was read, and how many rows were left out because they have no label. */
    record Read(List<Labelled> lines, int unlabelled) {}

    /**
     * Reads the lines.
     *
     * @param source the column of the sender or campaign that lines share, or null
     */
    Read read(@Nullable String source) {
        if (top != null && top < 1) {
            throw new Failure("--top 要大于 0。");
        }
        List<Labelled> lines = new ArrayList<>();
        int unlabelled = 0;
        try (Reader reader = open();
                CSVParser rows = CSVFormat.DEFAULT
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .setIgnoreEmptyLines(true)
                        .get()
                        .parse(reader)) {
            refuseMissingColumns(rows.getHeaderNames(), source);
            for (CSVRecord row : rows) {
                String wanted = cell(row, label).strip();
                if (wanted.isEmpty()) {
                    unlabelled++;
                } else {
                    lines.add(new Labelled(
                            text.stream().map(column -> cell(row, column)).toList(),
                            wanted,
                            1,
                            source == null ? "" : cell(row, source).strip()));
                }
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw Failure.unread(data, e);
        }
        if (lines.isEmpty()) {
            throw new Failure("文件 " + data + " 里没有带类别的数据行。");
        }
        return new Read(top == null ? lines : mostFrequent(lines, top), unlabelled);
    }

    private void refuseMissingColumns(List<String> columns, @Nullable String source) {
        var needed = new ArrayList<>(text);
        needed.add(label);
        if (source != null) {
            needed.add(source);
        }
        for (String column : needed) {
            if (!columns.contains(column)) {
                throw new Failure("文件 " + data + " 里没有“" + column + "”列；有的列是：" + String.join("、", columns) + "。");
            }
        }
    }

    private String cell(CSVRecord row, String column) {
        if (!row.isSet(column)) {
            throw new Failure("文件 " + data + " 第 " + (row.getRecordNumber() + 1) + " 条记录缺少“" + column + "”列。");
        }
        return row.get(column);
    }

    private static List<Labelled> mostFrequent(List<Labelled> lines, int most) {
        var counts = new TreeMap<String, Integer>();
        lines.forEach(line -> counts.merge(line.label(), 1, Integer::sum));
        Set<String> kept = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(most)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return lines.stream().filter(line -> kept.contains(line.label())).toList();
    }

    private Reader open() throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(data));
        try {
            in.mark(2);
            boolean packed = in.read() == 0x1F && in.read() == 0x8B;
            in.reset();
            // A decoder of its own tells bytes that are not UTF-8 instead of training on question marks.
            var reader = new BufferedReader(
                    new InputStreamReader(packed ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8.newDecoder()));
            reader.mark(1);
            if (reader.read() != BOM) {
                reader.reset();
            }
            return reader;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }
}
