package linge.bot.twins;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import linge.bot.text.Resources;

/** What reports are about, in the many words people have for it: 黑灯瞎火 and 路灯不亮 are one ({@code matters.tsv}). */
final class Matters {

    /** @param own whether everybody usually has their own: two unpaid wages are two matters, two complaints of one lamp are one */
    record Matter(String code, String label, boolean own, List<String> words) {}

    static final Matters SHIPPED = new Matters(Resources.lines(Matters.class, "matters.tsv"));

    private final List<Matter> all = new ArrayList<>();

    private Matters(List<String> lines) {
        for (String line : lines) {
            String[] cells = line.split("\t");
            all.add(new Matter(cells[0], cells[1], cells[2].equals("OWN"), List.of(cells[3].split(" "))));
        }
    }

    List<Matter> all() {
        return all;
    }

    /** @param text normalized */
    Set<Matter> in(String text) {
        Set<Matter> found = new LinkedHashSet<>();
        for (Matter matter : all) {
            if (matter.words().stream().anyMatch(text::contains)) {
                found.add(matter);
            }
        }
        return found;
    }
}
