package linge.bot.dialogue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds since when something goes on, in the resident's own words. */
final class Since {
    private static final String NUMBER = "[0-9]{1,4}|[一二两三四五六七八九十]{1,3}|半|几|好几|好些|许多|数|大半";
    private static final String PART = "(?:一?(?:大早上?|早上|早晨|早|上午|中午|晌午|下午|后晌|傍晚|晚上|黑夜|夜里|半夜|深夜|凌晨|夜间|晚))?";
    private static final String CLOCK = "(?:[0-9一二两三四五六七八九十]{1,3}点(?:半|多|钟|[0-9]{1,2}分?)?)?";
    private static final String DAY = "(?:大前天|前天|昨天|昨日|昨儿(?:个)?|昨晚|昨夜|昨|今天|今日|今儿(?:个)?|今早|今晚|今晨|夜来"
            + "|上上?个?(?:周|星期|礼拜)[一二三四五六日天]?|上上?个?月(?:底|初|中旬)?|这个?(?:周|星期|礼拜)[一二三四五六日天]?|本?(?:周|星期|礼拜)[一二三四五六日天]"
            + "|这个月(?:初|底|(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[日号])?|大前年|(?:前年|去年|今年(?!.{0,3}岁))(?:[0-9一二三四五六七八九十]{1,2}月(?:份)?)?|过了年|年初|年底|年前|年后|月初|月底|入[春夏秋冬]|[立开]春|开学|过年|春节|清明|五一|端午|中秋|国庆|元旦|供暖"
            + "|(?:[12][0-9]{3}年)?[0-9]{1,2}月(?:份)?(?:[0-9]{1,2}[日号])?|[12][0-9]{3}年|[一二三四五六七八九十]{1,2}月(?:份)?(?:[一二三四五六七八九十]{1,3}[日号])?|[0-9]{1,2}(?:日|号(?!楼|院|门|线|码|厅|井|公|桥|路|机|坑|地|位|店|车|房|台|铺|馆|棚|矿|厂)))";
    private static final Pattern DAYS = Pattern.compile("(?:从|自|打|自从)?" + DAY + "(?:的)?(?:夏天|冬天|春天|秋天|年?底|年?初)?" + PART
            + CLOCK + "(?:左右|前后)?(?:就?开始|以来|起|到现在|至今)?");
    private static final Pattern SPAN = Pattern.compile(
            "(?:已经|已|都|快|有|大概|大约|差不多|将近|持续|连续|连着|前后|得有)?(?:" + NUMBER
                    + ")(?:来|多|几)?个?(?:分钟|小时|钟头|天|周|星期|礼拜|月|年|季度)(?!级|龄|轻|到晚|天的?|后|内|之内|以内|前(?!开始)|工资|的?工钱)(?:多|半|来天)?(?:了|左右|以上)?");
    private static final Pattern SPAN_WITH_WAGES =
            Pattern.compile("(?:" + NUMBER + ")(?:来|多|几)?个?(?:月|年)(?=的?(?:工资|工钱|薪))");
    private static final Pattern AGO =
            Pattern.compile("(?:" + NUMBER + ")(?:来|多|几)?个?(?:小时|钟头|天|周|星期|礼拜|月|年)(?:以|之)?前(?:就)?(?:开始)?");
    private static final Pattern[] EXACT = {AGO, DAYS, SPAN, SPAN_WITH_WAGES};
    private static final Pattern VAGUE = Pattern.compile(
            "(?:最近|近来|近期|近几天|这几天|这两天|前几天|前两天|前些天|前阵子|这阵子|这段时间|前段时间|好久了?|很久了?|老长时间|好长时间|很长时间|长期|常年|多年了?|一直(?:以来)?|刚才|刚刚"
                    + "|每到?(?:天|晚|夜|周末|年)" + PART + "|天天" + PART
                    + "|经常(?:半夜|晚上)?|(?:一到|每逢|一)(?:晚上|夜里|下雨(?:天)?|周末|夏天|冬天)(?:就)?|一下雨就?|老早(?:就|了|以前)?)");
    private static final Pattern PART_ALONE = Pattern.compile("^" + PART.replace(")?", ")") + CLOCK + "$");

    private Since() {}

    /** The words that tell since when, or null. */
    static @Nullable String in(String plain) {
        String best = null;
        int at = plain.length();
        for (Pattern pattern : EXACT) {
            Matcher matcher = pattern.matcher(plain);
            while (matcher.find()) {
                boolean earlier = matcher.start() < at
                        || (best != null
                                && matcher.start() == at
                                && matcher.group().length() > best.length());
                if (!matcher.group().isBlank() && earlier && !follows(plain, matcher.start())) {
                    best = matcher.group();
                    at = matcher.start();
                }
            }
        }
        if (best != null) {
            return best;
        }
        Matcher vague = VAGUE.matcher(plain);
        if (vague.find()) {
            return vague.group();
        }
        return !plain.isEmpty() && PART_ALONE.matcher(plain).matches() ? plain : null;
    }

    /** 半个月了 says since when; 天天半夜 only how often. */
    static boolean tellsMore(String said, String than) {
        return VAGUE.matcher(than).lookingAt() && !VAGUE.matcher(said).lookingAt();
    }

    /** 2020号楼, 第3年: a number before it makes another word of it. */
    private static boolean follows(String plain, int start) {
        return start > 0 && (plain.charAt(start - 1) == '第' || Character.isDigit(plain.charAt(start - 1)));
    }
}
