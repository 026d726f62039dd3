package linge.bot.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupsTest {
    private static final String LONG = "我家楼下的饭店每天晚上排油烟，整栋楼的居民都不敢开窗，找过好几次老板也没有用，请你们来看一看";

    private static Labelled line(String source, String... fields) {
        return new Labelled(List.of(fields), "x", 1, source);
    }

    @Test
    void near_copies_belong_together_and_strangers_do_not() {
        int[] groups = Groups.of(List.of(
                line("", LONG),
                line("", "村口的桥断了一年多，没有人来修，孩子上学要绕五里路，下雨天更加危险"),
                line("", LONG.replace("饭店", "烧烤店") + "！！"),
                line("", " " + LONG + "谢谢")));
        assertEquals(0, groups[0]);
        assertNotEquals(groups[0], groups[1]);
        assertEquals(groups[0], groups[2]);
        assertEquals(groups[0], groups[3]);
    }

    @Test
    void lines_of_one_source_or_one_title_belong_together_in_a_chain() {
        int[] groups = Groups.of(List.of(
                line("a", "停水了", "昨天开始没有水"),
                line("b", "停电了", "今天早上没有电"),
                line("a", "停电了", "前天开始断断续续"),
                line("", "停气了", "煤气没有了")));
        assertEquals(groups[0], groups[2]);
        assertEquals(groups[1], groups[2]);
        assertNotEquals(groups[0], groups[3]);
    }

    @Test
    void texts_too_short_for_a_run_are_strangers() {
        int[] groups = Groups.of(List.of(line("", "水"), line("", "水"), line("", ""), line("", "！！！！！！")));
        assertEquals(4, Arrays.stream(groups).distinct().count());
    }

    @Test
    void folds_keep_groups_whole_and_spread_labels() {
        int n = 400;
        int[] groups = new int[n];
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            groups[i] = i / 4;
            labels[i] = groups[i] % 10 == 0 ? 1 : 0;
        }
        int[] parts = Folds.of(groups, labels, 5, 3);
        int[] rare = new int[5];
        for (int i = 0; i < n; i++) {
            assertEquals(parts[groups[i] * 4], parts[i]);
            rare[parts[i]] += labels[i];
        }
        for (int part = 0; part < 5; part++) {
            assertEquals(8, rare[part], Arrays.toString(rare));
        }
        assertTrue(!Arrays.equals(parts, Folds.of(groups, labels, 5, 4)), "another seed, another split");
        assertTrue(Arrays.equals(parts, Folds.of(groups, labels, 5, 3)), "the same seed, the same split");
    }
}
