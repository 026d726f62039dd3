package linge.bot.place;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Leaves out the places that a text takes back: 不是马厂镇,是黄碾镇; 荫城镇,不对,西火镇. */
final class Corrections {
    private static final Pattern TAKEN_BACK = Pattern.compile("(不对|[说写打讲填]错(字|地址)?了?|错了|更正|哦不|噢不|啊不|其实是|应该是|改成|纠正)");
    private static final Pattern DENIED = Pattern.compile("(不是|不在|并非|不属于|不归|而不是|别是)(在)?(我们|咱)?$");

    private Corrections() {}

    static List<Mention> keep(String text, List<Mention> mentions) {
        List<Mention> kept = mentions.stream()
                .filter(mention -> mentions.size() < 2 || !isDenied(text, mention, mentions))
                .toList();
        Matcher mark = TAKEN_BACK.matcher(text);
        int at = -1;
        while (mark.find()) {
            at = mark.start();
        }
        int from = at;
        List<Mention> after = kept.stream()
                .filter(mention -> from >= 0 && mention.start() >= from && !mention.isElsewhere())
                .toList();
        if (after.stream().noneMatch(Corrections::isSaidInFull)) {
            return kept;
        }
        // 壶关县店上镇,不对,龙泉镇 stays in its county; 沁县漳源镇,不对,沁源县郭道镇 does not.
        return kept.stream()
                .filter(mention -> mention.start() >= from || enclosesOne(mention, after))
                .toList();
    }

    /** The denial reaches over the larger places of the same address: 不是潞州区马厂镇. */
    private static boolean isDenied(String text, Mention mention, List<Mention> all) {
        if (DENIED.matcher(text.substring(0, mention.start())).find()) {
            return true;
        }
        return all.stream()
                .filter(other -> other.end() == mention.start() && enclosesOne(other, List.of(mention)))
                .anyMatch(other -> isDenied(text, other, all));
    }

    private static boolean isSaidInFull(Mention mention) {
        return mention.senses().stream().anyMatch(sense -> sense.form() != Mention.Form.SHORT);
    }

    private static boolean enclosesOne(Mention outer, List<Mention> inner) {
        return outer.senses().stream()
                .filter(sense -> !sense.code().isEmpty())
                .anyMatch(sense -> inner.stream()
                        .flatMap(mention -> mention.senses().stream())
                        .anyMatch(other -> other.code().length() > sense.code().length()
                                && other.code().startsWith(sense.code())));
    }
}
