package linge.bot.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import linge.bot.learn.Figures;
import linge.bot.learn.Tally;

/** An evaluation as Markdown: the figures, every label, and which label was taken for which. */
final class Report {
    private static final String NO_ANSWER = "（不认得）";

    private Report() {}

    static String of(Tally tally) {
        var out = new StringBuilder();
        Figures figures = tally.figures();
        out.append("# 分类评估\n\n| 条数 | 准确率 | 宏 F1 | 校准误差 | 交给人 | 其余的准确率 | 最有把握的九成的准确率 |\n")
                .append("|---|---|---|---|---|---|---|\n")
                .append(String.format(
                        Locale.ROOT,
                        "| %d | %.4f | %.4f | %.4f | %.4f | %.4f | %.4f |%n",
                        figures.n(),
                        figures.accuracy(),
                        figures.macroF1(),
                        figures.ece(),
                        figures.abstained(),
                        figures.accuracyAnswered(),
                        tally.accuracyAt(0.9)));
        out.append("\n## 各类\n\n| 类别 | 条数 | 精确率 | 召回率 | F1 |\n|---|---|---|---|---|\n");
        for (Tally.PerLabel label : tally.perLabel()) {
            out.append(String.format(
                    Locale.ROOT,
                    "| %s | %d | %.4f | %.4f | %.4f |%n",
                    cell(label.label()),
                    label.lines(),
                    label.precision(),
                    label.recall(),
                    label.f1()));
        }
        confusion(tally, out);
        return out.toString();
    }

    private static void confusion(Tally tally, StringBuilder out) {
        Map<String, Map<String, Integer>> table = tally.confusion();
        List<String> rows = tally.perLabel().stream().map(Tally.PerLabel::label).toList();
        var others = new TreeSet<String>();
        table.values().forEach(given -> others.addAll(given.keySet()));
        others.removeAll(rows);
        var columns = new ArrayList<>(rows);
        columns.addAll(others);
        out.append("\n## 混淆矩阵\n\n行是应得的类别，列是模型的回答。\n\n|  |");
        columns.forEach(column -> out.append(' ').append(cell(column)).append(" |"));
        out.append("\n|---|").append("---|".repeat(columns.size())).append('\n');
        for (String row : rows) {
            out.append("| ").append(cell(row)).append(" |");
            for (String column : columns) {
                int many = table.getOrDefault(row, Map.of()).getOrDefault(column, 0);
                out.append(' ').append(many == 0 ? "" : many).append(" |");
            }
            out.append('\n');
        }
    }

    private static String cell(String label) {
        return label.isEmpty() ? NO_ANSWER : label.replace("|", "\\|").replaceAll("\\s+", " ");
    }
}
