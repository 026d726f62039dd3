package linge.bot.dialogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import linge.bot.place.AddressIndex;
import linge.bot.place.Gazetteer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words that name a place are taken as said; words that do not are asked about. */
final class PlaceWordsTest {
    private static final AddressIndex INDEX = new AddressIndex(Gazetteer.shipped());
    private static final Addresses ADDRESSES = new Addresses(Gazetteer.shipped(), () -> INDEX);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "幸福小区",
                "滨河小区3号楼",
                "阳光花园",
                "英雄南路",
                "解放街",
                "太行东街",
                "潞州区锦绣家园",
                "金威超市门口",
                "八一广场",
                "市二中门口",
                "长治十二中",
                "华丽家属院",
                "鑫源化工厂",
                "王家庄村口",
                "康乐巷",
                "城北街",
                "府后西街",
                "惠丰公寓",
                "三院门口",
                "和济医院",
                "和平医院门口",
                "捉马村",
                "紫坊农贸市场",
                "天晚集小区",
                "五一路",
                "长兴路和解放西街交叉口",
                "供销社家属院",
                "人民公园",
                "铁三局小区"
            })
    void a_name_leads_there(String words) {
        Where where = ADDRESSES.in(words, null);
        assertTrue(where.leadsThere(), words + " → " + where);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "我妈80了 一个人住 没人照顾 能不能给安排",
                "厂子排黑烟熏得人头疼",
                "车停在小区没人管",
                "婚庆公司不退定金",
                "上班路太黑",
                "养老院集资跑路",
                "开发商跑路",
                "晾衣杆从五楼掉下来",
                "办证排不上号",
                "投资公司骗了老人的钱",
                "希望小区多装几个灯"
            })
    void a_story_does_not(String words) {
        Where where = ADDRESSES.in(words, null);
        assertFalse(where.leadsThere(), words + " → " + where);
    }

    @Test
    void the_story_before_a_place_is_no_part_of_it() {
        assertEquals("滨河小区", ADDRESSES.in("车停在滨河小区", null).words());
        assertEquals("和平医院门口", ADDRESSES.in("在和平医院门口", null).words());
        assertEquals("太原市小店区亲贤街", ADDRESSES.in("太原市小店区亲贤街路灯坏了", null).words());
    }

    /** Our training lines hardly ever name a place: nearly none may pass without being asked where. */
    @Test
    void fewer_than_one_complaint_in_a_hundred_that_names_no_place_seems_to() throws IOException {
        List<String> leads = new ArrayList<>();
        int lines = 0;
        try (Stream<Path> files = Files.list(Path.of("src/data/triage/lines"))) {
            for (Path file : files.sorted().toList()) {
                for (String line : Files.readAllLines(file)) {
                    if (line.isBlank() || line.startsWith("#")) {
                        continue;
                    }
                    lines++;
                    if (ADDRESSES.in(line, null).leadsThere()) {
                        leads.add(line);
                    }
                }
            }
        }
        assertTrue(lines > 4_000, "lines read: " + lines);
        assertTrue(leads.size() < lines / 100, leads.size() + " of " + lines + ": " + leads);
    }
}
