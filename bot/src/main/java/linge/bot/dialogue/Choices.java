package linge.bot.dialogue;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds which of the offered choices is meant by words: 1, 第二个, 最后那个, or the label itself. */
final class Choices {
    private static final Pattern ORDINAL =
            Pattern.compile("^(?:就|选|我选|要|是)?(?:第)?([1-9一二三四五六七八九①②③④⑤])(?:个|条|件|项|种|号|\\.|、)?(?:吧|的|那个|这个|哩|呗)*$");
    private static final Pattern LAST = Pattern.compile("^(?:就|选|要)?(?:最后|末了|后面|后边|下面)(?:那|这|的|一)?(?:个|条|件)?(?:吧|的)*$");
    private static final Pattern FIRST = Pattern.compile("^(?:就|选|要)?(?:前面|前边|上面|头一)(?:那|这|的|一)?(?:个|条|件)?(?:吧|的)*$");
    private static final String HAN = "一二三四五六七八九";
    private static final String CIRCLED = "①②③④⑤";

    private Choices() {}

    static Reply.@Nullable Choice of(List<Reply.Choice> offered, Message message) {
        if (offered.isEmpty() || message.isEmpty()) {
            return null;
        }
        String plain = message.plain();
        Matcher ordinal = ORDINAL.matcher(plain);
        if (ordinal.matches()) {
            int at = number(ordinal.group(1).charAt(0));
            return at <= offered.size() ? offered.get(at - 1) : null;
        }
        if (LAST.matcher(plain).matches()) {
            return offered.get(offered.size() - 1);
        }
        if (FIRST.matcher(plain).matches()) {
            return offered.get(0);
        }
        return byLabel(offered, bare(plain));
    }

    private static int number(char c) {
        int han = HAN.indexOf(c);
        int circled = CIRCLED.indexOf(c);
        return han >= 0 ? han + 1 : circled >= 0 ? circled + 1 : c - '0';
    }

    private static String bare(String label) {
        return label.replaceAll("[\\s\\p{P}]", "").toLowerCase(java.util.Locale.ROOT);
    }

    private static Reply.@Nullable Choice byLabel(List<Reply.Choice> offered, String plain) {
        for (Reply.Choice choice : offered) {
            if (bare(choice.label()).equals(plain)) {
                return choice;
            }
        }
        Reply.Choice found = null;
        for (Reply.Choice choice : offered) {
            String label = bare(choice.label());
            boolean says = (plain.length() >= 2 && label.contains(plain))
                    || (label.length() >= 2 && plain.contains(label) && plain.length() <= label.length() + 4);
            if (says && found != null) {
                return null;
            }
            found = says ? choice : found;
        }
        return found;
    }
}
