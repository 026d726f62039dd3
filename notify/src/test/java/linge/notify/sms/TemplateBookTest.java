package linge.notify.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import linge.notify.Sms;
import linge.notify.Templates;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TemplateBookTest {

    private static final Templates OURS = Templates.standard();
    private static final String HEAD = "template,fields,words,aliyun,tencent\n";

    @Test
    void the_shipped_file_stops_a_provider_with_the_first_template_that_has_no_number() {
        assertEquals(
                "case-accepted 在 tencent 还没有模板号：列 tencent 里至少给字段最少的那一行（number）填上",
                wrong(TemplateBook.shipped(), "tencent"));
        // Who uses nobody's templates needs no numbers.
        TemplateBook.read(TemplateBook.shipped(), OURS, List.of());
    }

    /** Each combination of what is said only sometimes is a line, and the words to register are the words we say. */
    @TestFactory
    Stream<DynamicTest> the_words_to_register_are_what_our_template_says_with_those_fields() {
        TemplateBook book = TemplateBook.read(TemplateBook.shipped(), OURS, List.of());
        return TemplateBook.ours(OURS).stream()
                .filter(template -> !template.equals(TemplateBook.CODE))
                .flatMap(template -> ways(template).stream()
                        .map(fields -> DynamicTest.dynamicTest(template + " " + fields, () -> {
                            JsonObject values = new JsonObject();
                            fields.forEach(field -> values.put(field, "{" + field + "}"));
                            assertEquals(OURS.render(template, Sms.NAME, values).text(), book.words(template, fields));
                        })));
    }

    /** All sets of fields between those needed and those shown. */
    private static List<Set<String>> ways(String template) {
        List<String> needed = List.copyOf(OURS.neededFields(template, Sms.NAME));
        List<String> extra = OURS.shownFields(template, Sms.NAME).stream()
                .filter(field -> !needed.contains(field))
                .toList();
        return java.util.stream.IntStream.range(0, 1 << extra.size())
                .mapToObj(bits -> {
                    Set<String> fields = new TreeSet<>(needed);
                    for (int i = 0; i < extra.size(); i++) {
                        if ((bits & (1 << i)) != 0) {
                            fields.add(extra.get(i));
                        }
                    }
                    return fields;
                })
                .collect(Collectors.toList());
    }

    @Test
    void a_file_as_a_spreadsheet_saves_it_is_read() {
        String saved = "\uFEFF" + filled().replace("\n", "\r\n");
        TemplateBook book = TemplateBook.read(saved, OURS, List.of("aliyun"));
        assertEquals(
                "SMS_9",
                book.fill("aliyun", "code", new JsonObject().put("code", "1")).id());
    }

    @Test
    void the_line_that_tells_most_of_what_is_there_is_taken() {
        TemplateBook book =
                TemplateBook.read(filled() + "case-filed,number category due,,SMS_MORE,\n", OURS, List.of("aliyun"));
        JsonObject values = new JsonObject().put("number", "CZ1").put("category", "路灯");
        assertEquals("SMS_9", book.fill("aliyun", "case-filed", values).id());
        assertEquals(
                "SMS_9",
                book.fill("aliyun", "case-filed", values.put("due", " ")).id());
        TemplateBook.Filled most = book.fill("aliyun", "case-filed", values.put("due", "3月5日"));
        assertEquals("SMS_MORE", most.id());
        assertEquals("[\"CZ1\",\"路灯\",\"3月5日\"]", most.listed().encode());
        assertEquals(
                "{\"number\":\"CZ1\",\"category\":\"路灯\",\"due\":\"3月5日\"}",
                most.named().encode());
    }

    @TestFactory
    Stream<DynamicTest> a_file_that_is_wrong_is_refused_in_one_line_that_says_where() {
        return Stream.of(
                        new String[] {"", "第一行应有列名"},
                        new String[] {"模板,字段\n", "第一行应有列名"},
                        new String[] {HEAD + "case-fild,number,,SMS_1,\n", "第 1 行：没有叫 case-fild 的短信"},
                        new String[] {HEAD + "chat-answered,words,,SMS_1,\n", "没有叫 chat-answered 的短信"},
                        new String[] {HEAD + "case-reported,number who,,SMS_1,\n", "第 1 行：case-reported 没有字段 who"},
                        new String[] {HEAD + "case-reported,number,,SMS_1\n", "第 1 行：列数和列名对不上"},
                        new String[] {HEAD + "code,code,,A,\ncode,code,,B,\n", "第 2 行：code 的同一种说法写了两次"},
                        new String[] {HEAD + "code,\"code,,A,\n", "读不懂"},
                        new String[] {HEAD + "case-filed,number category due,,SMS_1,\n", "还没有模板号"})
                .map(row -> DynamicTest.dynamicTest(row[1], () -> {
                    String told = wrong(row[0], "aliyun");
                    assertTrue(told.contains(row[1]), told);
                    assertEquals(1, told.lines().count(), told);
                }));
    }

    /** What has to be there, with one number for all. */
    private static String filled() {
        return HEAD
                + TemplateBook.ours(OURS).stream()
                        .map(template -> template + ","
                                + (template.equals(TemplateBook.CODE)
                                        ? "code"
                                        : String.join(" ", OURS.neededFields(template, Sms.NAME)))
                                + ",,SMS_9,\n")
                        .collect(Collectors.joining());
    }

    private static String wrong(String csv, String provider) {
        return assertThrows(IllegalArgumentException.class, () -> TemplateBook.read(csv, OURS, List.of(provider)))
                .getMessage();
    }
}
