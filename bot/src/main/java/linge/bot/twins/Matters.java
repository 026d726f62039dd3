package linge.bot.twins;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import linge.bot.text.Resources;

/** What reports are about, in the many words people have for it: 黑灯瞎火 and 路灯不亮 are one ({@code matters.tsv}). */
final class Matters {

    /** @param own whether everybody usually has their own: two unpaid wages are two matters, two complaints of one lamp are one */
    record Matter(String code, String label, boolean own, List<String> words) {}

    static final Matters SHIPPED = new Matters(Resources.lines(Matters.class, "matters.tsv"));

    private final List<Matter> all = new ArrayList<>();
    private final Map<String, Set<Matter>> byWord = new HashMap<>();
    private int longest;

    private Matters(List<String> lines) {
        for (String line : lines) {
            String[] cells = line.split("\t");
            Matter matter = new Matter(cells[0], cells[1], cells[2].equals("OWN"), List.of(cells[3].split(" ")));
            all.add(matter);
            matter.words().forEach(word -> {
                byWord.computeIfAbsent(word, w -> new LinkedHashSet<>()).add(matter);
                longest = Math.max(longest, word.length());
            });
        }
    }

    List<Matter> all() {
        return all;
    }

    /**
     * Each stretch of the text counts once, for the longest word there: 红绿灯不亮 is no street lamp.
     *
     * @param text normalized
     */
    Set<Matter> in(String text) {
        Set<Matter> found = new LinkedHashSet<>();
        for (int at = 0; at < text.length(); ) {
            int length = Math.min(longest, text.length() - at);
            while (length > 0 && !byWord.containsKey(text.substring(at, at + length))) {
                length--;
            }
            found.addAll(byWord.getOrDefault(text.substring(at, at + length), Set.of()));
            at += Math.max(1, length);
        }
        return found;
    }
}
