package linge.grids.intake;

import java.util.ArrayList;
import java.util.List;
import linge.grids.GridVersion;
import org.jspecify.annotations.Nullable;

/**
 * What came of an import.
 *
 * @param residential how many residential grids the file has
 * @param dedicated how many dedicated grids
 * @param faults every fault found; with any of them nothing was imported
 * @param warnings what to look at though it stops nothing, Chinese sentences
 * @param version the version as stored; null when nothing was imported
 */
public record GridReport(
        int residential,
        int dedicated,
        List<GridFault> faults,
        List<String> warnings,
        @Nullable GridVersion version) {
    private static final int MOST_LINES = 1_000;

    public GridReport {
        faults = List.copyOf(faults);
        warnings = List.copyOf(warnings);
    }

    public boolean imported() {
        return version != null;
    }

    /** The report as lines for a terminal. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        faults.stream().limit(MOST_LINES).map(GridFault::line).forEach(lines::add);
        if (faults.size() > MOST_LINES) {
            lines.add("……另有" + (faults.size() - MOST_LINES) + "处错误未列出");
        }
        warnings.forEach(warning -> lines.add("提醒：" + warning));
        if (version != null) {
            lines.add("已导入：普通网格" + residential + "个，专属网格" + dedicated + "个，版本" + version.id() + "，自"
                    + version.effectiveFrom() + "起生效");
        } else {
            lines.add("没有导入：共" + faults.size() + "处错误，请改正后重新导入");
        }
        return lines;
    }
}
