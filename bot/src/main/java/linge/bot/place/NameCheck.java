package linge.bot.place;

import com.hankcs.hanlp.corpus.tag.Nature;
import com.hankcs.hanlp.dictionary.CoreDictionary;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import linge.bot.text.Digits;
import linge.bot.text.Resources;
import linge.bot.text.Segmenter;
import org.jspecify.annotations.Nullable;

/** Whether a word may become a name: one that people say without meaning the place would send their complaints there. */
public final class NameCheck {
    private static final int SHORTEST = 2;
    private static final int LONGEST = 20;
    private static final Pattern LETTERS = Pattern.compile("[\\p{IsHan}A-Za-z0-9·]+");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
    /** A house has four digits at most; more are the beginning of somebody's number. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]{5,}|[幺零〇一二三四五六七八九]{7,}");

    private static final Pattern TOLD = Pattern.compile("[我俺咱你您]|[这那]|[了吗呢吧]$|的");
    private static final Pattern COUNTED =
            Pattern.compile("第?[0-9A-Za-z〇零一二三四五六七八九十百两几]+(?:号|号楼|栋|幢|座|层|楼|室|户|排|单元|条|个|年|月|日|天|点)?");

    private final Set<String> ordinary;
    private final Set<String> everyday = Set.copyOf(Resources.lines(NameCheck.class, "everyday.txt"));

    public NameCheck() {
        ordinary = Set.copyOf(Resources.lines(NameCheck.class, "ordinary.txt"));
    }

    /**
     * What stands against a name, in a Chinese sentence; null when nothing does.
     *
     * @param name as {@link OtherName#read} gives it
     */
    public @Nullable String fault(String name) {
        if (name.length() < SHORTEST || name.length() > LONGEST) {
            return "名字要有 2 到 20 个字。";
        }
        if (NUMBER.matcher(name).find() || Digits.in(name).phone() != null) {
            return "名字里不能有电话号码或别的长号码。";
        }
        if (!LETTERS.matcher(name).matches() || !HAN.matcher(name).find()) {
            return "名字只能用汉字、字母和数字，至少有一个汉字。";
        }
        if (TOLD.matcher(name).find()) {
            return "“" + name + "”像一句话，不像地名。";
        }
        if (isEveryday(name)) {
            return "“" + name + "”平常说话也会用到，加上会认错地方，请写得更具体。";
        }
        return null;
    }

    private boolean isEveryday(String name) {
        if (ordinary.contains(name) || everyday.contains(name) || isWord(name)) {
            return true;
        }
        List<String> words = Segmenter.words(name);
        return words.stream()
                .allMatch(
                        word -> everyday.contains(word) || COUNTED.matcher(word).matches());
    }

    /** A word of the language that is no place's name. */
    private static boolean isWord(String name) {
        CoreDictionary.Attribute known = CoreDictionary.get(name);
        return known != null && (known.nature.length == 0 || !known.nature[0].startsWith(Nature.ns.toString()));
    }
}
