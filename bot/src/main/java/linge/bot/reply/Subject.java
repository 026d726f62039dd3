package linge.bot.reply;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import linge.bot.text.Resources;
import linge.bot.text.Segmenter;
import linge.bot.triage.Category;
import linge.bot.triage.ScoredCategory;
import linge.bot.triage.Triage;
import linge.bot.triage.Triaged;
import org.jspecify.annotations.Nullable;

/**
 * Whether a report and an answer are about the same: they share words that say something, or the triage model hears the same
 * kind of matter in both.
 */
final class Subject {

    /** Signs that stand in every other answer, whatever it is about. */
    private static final String ANYWHERE = "一二三四五六七八九十上下中大小不人有没月日天年家里前后时分个两多出来去到门口号区县市路街村社公司局所站场地方面处理工作员";

    /** Words of every complaint and every answer: they say nothing about what it is. */
    private final Set<String> everywhere;

    private final Triage triage;

    private Subject(Set<String> everywhere, Triage triage) {
        this.everywhere = everywhere;
        this.triage = triage;
    }

    static Subject shipped() {
        return new Subject(Set.copyOf(Resources.lines(Subject.class, "everywhere.txt")), Triage.shipped());
    }

    boolean same(String report, @Nullable String category, String reply) {
        Set<String> said = words(report);
        long shared = said.stream().filter(reply::contains).count();
        // One word of a long report may be chance; of a short one it is the matter.
        if (shared >= 2 || (shared == 1 && said.size() <= 6)) {
            return true;
        }
        // Two signs of the report's own words in the answer, be it 防水 for 漏水, speak for it.
        if (signs(said).stream().filter(sign -> reply.indexOf(sign) >= 0).count() >= 2) {
            return true;
        }
        String about = category == null ? code(triage.of(report).category()) : category;
        if (about == null || said.isEmpty()) {
            return true;
        }
        Triaged heard = triage.of(reply);
        boolean near = Stream.concat(
                        Stream.ofNullable(heard.category()),
                        heard.candidates().stream().limit(2).map(ScoredCategory::category))
                .anyMatch(one -> first(one.code()).equals(first(about)));
        // Where the model cannot place an answer the writer has the benefit of the doubt, if it says anything at all.
        return near || (heard.abstained() && !words(reply).isEmpty());
    }

    private static Set<Integer> signs(Set<String> words) {
        return words.stream()
                .flatMap(word -> word.codePoints().boxed())
                .filter(sign -> ANYWHERE.indexOf(sign) < 0)
                .collect(Collectors.toSet());
    }

    private Set<String> words(String text) {
        List<String> all = Segmenter.words(text);
        Set<String> kept = new LinkedHashSet<>();
        for (String word : all) {
            if (word.length() >= 2
                    && word.codePoints().allMatch(Character::isIdeographic)
                    && !everywhere.contains(word)) {
                kept.add(word);
            }
        }
        return kept;
    }

    private static String first(String code) {
        int dot = code.indexOf('.');
        return dot < 0 ? code : code.substring(0, dot);
    }

    private static @Nullable String code(@Nullable Category category) {
        return category == null ? null : category.code();
    }
}
