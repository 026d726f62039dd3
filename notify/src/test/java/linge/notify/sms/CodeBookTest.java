package linge.notify.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodeBookTest {

    private static final CodeBook BOOK = CodeBook.shipped();

    /** 23:30 in China, the last day of a month. */
    private static final InstantSource LATE = InstantSource.fixed(Instant.parse("2026-03-31T15:30:00Z"));

    @Test
    void every_code_the_vendors_write_down_has_a_meaning() throws IOException {
        assertEquals(List.of(), unknown("aliyun"));
        assertEquals(List.of(), unknown("tencent"));
    }

    private static List<String> unknown(String provider) throws IOException {
        try (InputStream in = CodeBookTest.class.getResourceAsStream(provider + "-codes.txt")) {
            List<String> codes = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
            assertEquals(true, codes.size() > 45, "the list was read");
            return codes.stream().filter(code -> !BOOK.knows(provider, code)).toList();
        }
    }

    @Test
    void a_limit_is_waited_for_as_long_as_its_message_says() {
        assertEquals(Duration.ofMinutes(1), limit("触发分钟级流控Permits:1").pause());
        assertEquals(Duration.ofHours(1), limit("触发小时级流控Permits:5").pause());
        assertEquals(Duration.ofMinutes(30), limit("触发天级流控Permits:10").pause());
        assertEquals(Duration.ofHours(1), limit("还是太多").pause());
    }

    private static Refused limit(String message) {
        Refused refused = BOOK.refusal("aliyun", "isv.BUSINESS_LIMIT_CONTROL", message, Refused.Meaning.BUSY, LATE);
        assertEquals(Refused.Meaning.NUMBER_LIMIT, refused.meaning());
        return refused;
    }

    @Test
    void what_is_used_up_for_a_month_is_waited_for_until_the_next_one_begins_in_china() {
        Refused month = BOOK.refusal("aliyun", "isv.MONTH_LIMIT_CONTROL", "", Refused.Meaning.BUSY, LATE);
        assertEquals(Refused.Meaning.USED_UP, month.meaning());
        assertEquals(Duration.ofMinutes(30), month.pause());
    }

    @Test
    void the_same_code_means_nothing_with_another_vendor_and_an_unknown_one_keeps_the_vendors_words() {
        Refused other = BOOK.refusal("tencent", "isv.AMOUNT_NOT_ENOUGH", "没钱", Refused.Meaning.UNKNOWN, LATE);
        assertEquals(Refused.Meaning.UNKNOWN, other.meaning());
        assertEquals("没钱 (isv.AMOUNT_NOT_ENOUGH)", other.reason());
        assertNull(other.pause());
        assertEquals(
                "手机号…不行 (X)",
                BOOK.refusal("tencent", "X", "手机号13800000001不行", Refused.Meaning.BUSY, LATE)
                        .reason());
        assertNotNull(BOOK.refusal("aliyun", "isv.AMOUNT_NOT_ENOUGH", "没钱", Refused.Meaning.UNKNOWN, LATE));
        assertEquals(
                "余额不足，请充值 (isv.AMOUNT_NOT_ENOUGH)",
                BOOK.refusal("aliyun", "isv.AMOUNT_NOT_ENOUGH", "没钱", Refused.Meaning.UNKNOWN, LATE)
                        .reason());
    }
}
