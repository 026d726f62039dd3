package linge.bot.learn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Complaints put together from a few phrases, for tests that need many lines and no real ones. */
public final class MadeUp {
    private static final List<String> OPENINGS = List.of("你好，", "请问", "我想反映", "小区里", "昨天晚上", "领导好，", "麻烦看看");
    private static final List<String> PLACES = List.of("东门口", "西街", "三号楼", "菜市场旁", "村头", "学校对面", "广场边上");
    private static final List<String> ENDINGS = List.of("请尽快处理", "一直没人管", "怎么办", "已经三天了", "谢谢", "希望答复");
    private static final Map<String, List<String>> MATTERS = new TreeMap<>(Map.of(
            "路灯", List.of("路灯不亮", "路灯坏了", "灯杆歪了", "路灯一闪一闪", "晚上漆黑没有灯"),
            "工资", List.of("老板拖欠工资", "工钱没给", "干完活不结账", "欠薪半年", "包工头不发工资"),
            "噪音", List.of("施工太吵", "广场舞声音大", "半夜装修吵人", "音响震得睡不着", "喇叭一直响")));

    private MadeUp() {}

    /** So many lines with one field, all labels in turn; the same seed gives the same lines. */
    public static List<Labelled> lines(int many, long seed) {
        var random = new Random(seed);
        List<Labelled> lines = new ArrayList<>();
        List<String> labels = List.copyOf(MATTERS.keySet());
        for (int i = 0; i < many; i++) {
            String label = labels.get(i % labels.size());
            String text = one(OPENINGS, random)
                    + one(PLACES, random)
                    + one(MATTERS.getOrDefault(label, List.of()), random)
                    + "，"
                    + one(PLACES, random)
                    + "也是，"
                    + one(ENDINGS, random)
                    + (char) ('a' + random.nextInt(26))
                    + (char) ('a' + random.nextInt(26))
                    + random.nextInt(1000);
            lines.add(new Labelled(List.of(text), label, 1));
        }
        return lines;
    }

    private static String one(List<String> some, Random random) {
        return some.get(random.nextInt(some.size()));
    }
}
