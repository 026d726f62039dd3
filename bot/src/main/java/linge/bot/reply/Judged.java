package linge.bot.reply;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An answer somebody judged: a line of kinds (with commas, - for none), report, answer, and where it may be a copy another report
 * and its answer; parted by tabs.
 */
public record Judged(Set<Concern.Kind> expected, Draft draft) {

    /** Lines that are empty or begin with # say nothing; fails with {@code IllegalArgumentException} that names the line. */
    public static List<Judged> read(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Judged::of)
                .toList();
    }

    private static Judged of(String line) {
        String[] cells = line.split("\t", -1);
        if (cells.length != 3 && cells.length != 5) {
            throw new IllegalArgumentException("要有三列或五列：" + line);
        }
        Draft draft = Draft.of(cells[1], null, cells[2]);
        return new Judged(
                kinds(cells[0]),
                cells.length == 3 ? draft : draft.beside(List.of(new Earlier("202611200012", cells[3], cells[4]))));
    }

    /** What the check says of it. */
    Set<Concern.Kind> heard() {
        return ReplyCheck.shipped().of(draft).stream().map(Concern::kind).collect(Collectors.toSet());
    }

    private static Set<Concern.Kind> kinds(String cell) {
        Set<Concern.Kind> kinds = EnumSet.noneOf(Concern.Kind.class);
        if (!cell.equals("-")) {
            for (String name : cell.split(",")) {
                kinds.add(Concern.Kind.valueOf(name));
            }
        }
        return kinds;
    }
}
