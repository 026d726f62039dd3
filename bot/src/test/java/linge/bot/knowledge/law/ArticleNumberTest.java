package linge.bot.knowledge.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArticleNumberTest {
    @ParameterizedTest
    @CsvSource({
        "第三十条, 30",
        "30, 30",
        "第30条, 30",
        "３０, 30",
        "三十, 30",
        "第十条, 10",
        "第十五条, 15",
        "第一百零八条, 108",
        "第一百一十条, 110",
        "第二百条, 200",
        "第一千零四条, 1004",
        "第一千二百六十条, 1260",
        "第二百八十七条之一, 287-1",
        "287之一, 287-1",
        "287条之1, 287-1",
        "第一百二十条之六, 120-6",
        "第十条第二款, 10",
        "第五条第（三）项, 5",
    })
    void arabic_and_chinese_numerals_mean_the_same_article(String written, String key) {
        assertEquals(key, ArticleNumber.of(written).orElseThrow().key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "第条", "条", "abc", "第零条", "0", "三三", "9999999", "之一", "第三十章"})
    void what_is_no_number_is_none(String written) {
        assertTrue(ArticleNumber.of(written).isEmpty(), written);
    }

    @Test
    void every_number_of_a_long_law_survives_writing_it_in_chinese() {
        for (int n = 1; n <= 1_300; n++) {
            assertEquals(
                    Integer.toString(n),
                    ArticleNumber.of("第" + chinese(n) + "条").orElseThrow().key());
        }
    }

    private static String chinese(int n) {
        String digits = "零一二三四五六七八九";
        var out = new StringBuilder();
        boolean gap = false;
        for (int unit = 1_000; unit > 0; unit /= 10) {
            int digit = n / unit % 10;
            if (digit == 0) {
                gap = out.length() > 0;
            } else {
                out.append(gap ? "零" : "");
                gap = false;
                if (!(digit == 1 && unit == 10 && out.length() == 0)) {
                    out.append(digits.charAt(digit));
                }
                out.append(unit == 1_000 ? "千" : unit == 100 ? "百" : unit == 10 ? "十" : "");
            }
        }
        return out.toString();
    }
}
