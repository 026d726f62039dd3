package linge.bot.triage.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import linge.bot.triage.Categories;

/** The labelled lines we wrote: under "# CODE", one complaint a line. */
final class OwnLines {
    private OwnLines() {}

    static List<Line> read(Path folder) throws IOException {
        var lines = new ArrayList<Line>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".txt")).sorted().toList()) {
                lines.addAll(readFile(file));
            }
        }
        return lines;
    }

    static List<Line> readFile(Path file) throws IOException {
        var lines = new ArrayList<Line>();
        String code = "";
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("# ")) {
                code = line.substring(2).strip();
                if (Categories.shipped().find(code).isEmpty()) {
                    throw new BadLines(file + " 里的类别“" + code + "”不在分类表里。");
                }
            } else if (!line.isBlank()) {
                lines.add(new Line(code, line.strip()));
            }
        }
        return lines;
    }

    /** Words that speak for a category by themselves: each becomes a line of its own, for training only. */
    static List<Line> readKeywords(Path file) throws IOException {
        var lines = new ArrayList<Line>();
        for (String row : Files.readAllLines(file)) {
            if (!row.startsWith("#") && !row.isBlank()) {
                String[] cells = row.split("\t", 2);
                String code = Categories.shipped().find(cells[0]).orElseThrow().code();
                for (String word : cells[1].split(" ")) {
                    lines.add(new Line(code, word));
                }
            }
        }
        return lines;
    }
}
