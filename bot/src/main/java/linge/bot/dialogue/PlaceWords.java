package linge.bot.dialogue;

import com.hankcs.hanlp.seg.Segment;
import com.hankcs.hanlp.seg.Viterbi.ViterbiSegment;
import com.hankcs.hanlp.seg.common.Term;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import linge.bot.text.Resources;
import org.jspecify.annotations.Nullable;

/**
 * Tells words that name a place (滨河小区, 英雄南路) from words that only say what kind of place it is (婚庆公司, 上班路), and from
 * pieces of the story that happen to end like an address (车停在小区).
 */
final class PlaceWords {
    /** Shared by threads: configured once, keeps nothing between calls. */
    private static final Segment SEGMENT = new ViterbiSegment()
            .enableCustomDictionary(false)
            .enableNameRecognize(true)
            .enablePlaceRecognize(false)
            .enableOrganizationRecognize(false)
            .enablePartOfSpeechTagging(false);

    /** 市二中, 三院: schools and hospitals that go by a number. */
    private static final Pattern NUMBERED = Pattern.compile(
            "[市县区]?[一二三四五六七八九十]+[中院](?![0-9\\p{IsHan}]|$)|[市县区][一二三四五六七八九十]+[中院小]|[一二三四五六七八九十]+[中院](?:门口|对面|附近|$)");

    private static final Pattern AREA = Pattern.compile("市(?!场)|(?<![小社])区|县|镇|乡");

    /** A word before one of these is its name, misspelt or not: 上挡区. */
    private static final Set<String> AREAS = Set.of("区", "县", "镇", "乡");

    private final Set<String> named;
    private final Set<String> businesses;
    private final Set<String> general;
    private final Set<String> idioms;
    private final Set<String> verbsInNames;

    PlaceWords() {
        List<String> rows = Resources.lines(PlaceWords.class, "place-words.tsv");
        this.named = words(rows, "NAMED");
        this.businesses = words(rows, "BUSINESS");
        this.general = words(rows, "GENERAL");
        this.idioms = words(rows, "IDIOM");
        this.verbsInNames = words(rows, "IN_NAMES");
    }

    private static Set<String> words(List<String> rows, String kind) {
        return rows.stream()
                .filter(row -> row.startsWith(kind + "\t"))
                .flatMap(row -> List.of(row.substring(kind.length() + 1).split(" ")).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What is left of address words without the story before them: 小区 of 车停在小区; null when nothing is. */
    @Nullable
    String trimmed(String words) {
        List<Term> terms = SEGMENT.seg(words);
        int from = 0;
        int at = 0;
        for (int i = 0; i < terms.size(); i++) {
            Term term = terms.get(i);
            // 太原市小店区亲贤街: what follows a county or town is a name, whatever its characters mean.
            boolean named = term.word.length() == 1
                    && AREA.matcher(words.substring(from, at)).find();
            at += term.word.length();
            if (!named && tellsAStory(term, i + 1 < terms.size() ? terms.get(i + 1) : null)) {
                from = at;
            }
        }
        String rest = words.substring(from);
        return rest.length() < 2 ? null : rest;
    }

    /** Whether a part of the words names one place among its kind. */
    boolean name(String words) {
        if (NUMBERED.matcher(words).find()) {
            return true;
        }
        List<Term> terms = SEGMENT.seg(words);
        var stem = new StringBuilder();
        boolean proper = false;
        boolean telling = false;
        for (Term term : terms) {
            String word = term.word;
            String end = ending(word, named);
            if (idioms.contains(word)) {
                stem.setLength(0);
                proper = false;
                telling = false;
                continue;
            }
            if (end != null && (telling || (word.length() > end.length() && !general.contains(word)))) {
                return true;
            }
            // 太行 is no bank.
            String shop = word.length() == 2 ? null : ending(word, businesses);
            if (shop != null && (proper || (word.length() - shop.length() >= 2 && isName(term)))) {
                return true;
            }
            // 府后西街 begins with what others end with.
            boolean begins = word.length() == 1 && stem.isEmpty();
            if (!begins && (end != null || shop != null)) {
                stem.setLength(0);
                proper = false;
                telling = false;
                continue;
            }
            stem.append(word);
            proper |= isName(term);
            telling |= word.length() >= 2 && !general.contains(word) && !isNumber(term);
            // 天晚集, 德馨: single characters that make no word together make a name.
            telling |= word.length() == 1 && stem.length() >= 2 && !general.contains(stem.toString());
        }
        return false;
    }

    private static @Nullable String ending(String word, Set<String> endings) {
        for (int length = Math.min(4, word.length()); length >= 1; length--) {
            String end = word.substring(word.length() - length);
            if (endings.contains(end)) {
                return end;
            }
        }
        return null;
    }

    private static boolean isName(Term term) {
        String nature = String.valueOf(term.nature);
        return nature.startsWith("nr") && !nature.equals("nrf") || nature.startsWith("ns") || nature.equals("nz");
    }

    private static boolean isNumber(Term term) {
        String nature = String.valueOf(term.nature);
        return nature.startsWith("m") || nature.startsWith("q");
    }

    /** Verbs, prepositions, pronouns and the like: no part of a name, unless a street is called so (解放路). */
    private boolean tellsAStory(Term term, @Nullable Term next) {
        String nature = String.valueOf(term.nature);
        String word = term.word;
        if (verbsInNames.contains(word)) {
            return false;
        }
        boolean single = word.length() == 1;
        if (word.length() <= 2 && next != null && AREAS.contains(next.word)) {
            return false;
        }
        return switch (nature.charAt(0)) {
            case 'p' -> true;
            case 'u', 'd', 'r', 'y' -> !(single && next != null && next.word.length() == 1);
            case 'v' -> !nature.equals("vn") && !nature.equals("vg") && !(single && next != null && isName(next));
            case 'c' -> false;
            default -> false;
        };
    }
}
