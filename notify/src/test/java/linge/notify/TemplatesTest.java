package linge.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplatesTest {

    private static final Templates TEMPLATES = Templates.standard();
    private static final int ONE_SMS = 70;

    /** What a worker should hear of at once, the page open or not. */
    private static final Set<String> PUSHED_TO_STAFF = Set.of(
            "staff-chat-waiting",
            "staff-new-case",
            "staff-reopened",
            "staff-supervised",
            "staff-cautioned",
            "staff-extension-asked",
            "staff-extension-decided",
            "staff-supplemented",
            "staff-urged",
            "staff-whistled",
            "staff-whistle-late");

    private static final Set<String> TITLED = Set.of("inbox", "wechat-service", "web-push");

    private static final Wording.Occasion OCCASION = new Wording.Occasion(null, Instant.parse("2026-03-02T01:00:00Z"));

    /** What is said of a conversation or of another system: without a number, the page finds it by the notice's subject. */
    private static final Set<String> WITHOUT_CASE =
            Set.of("chat-answered", "staff-chat-waiting", "staff-evaluation", "staff-webhook-off");

    @TestFactory
    Stream<DynamicTest> every_template_reads_well_when_everyis_there_and_when_only_the_needed_is() {
        return TEMPLATES.names().stream()
                .flatMap(template -> TEMPLATES.channels(template).stream()
                        .map(channel -> DynamicTest.dynamicTest(template + "." + channel, () -> {
                            JsonObject all = TEMPLATES.keep(template, World.fields("CZ26-000017"));
                            JsonObject needed = onlyNeeded(template, all);
                            for (JsonObject fields : List.of(all, needed)) {
                                Envelope.Words words = TEMPLATES.render(template, channel, fields);
                                boolean ofACase = !WITHOUT_CASE.contains(template);
                                String together =
                                        words.text() + words.keywords().values();
                                assertEquals(ofACase, together.contains("CZ26-000017"), words.toString());
                                List<String> every = new ArrayList<>(List.of(words.title(), words.text()));
                                every.addAll(words.keywords().values());
                                for (String said : every) {
                                    assertFalse(said.matches("(?s).*[\\[\\]{}].*"), said);
                                    assertFalse(said.matches("(?s).*([，。：；、])[，。：；、].*"), said);
                                    assertFalse(said.matches("(?s)[，。：；、].*"), said);
                                    assertEquals(said.strip(), said);
                                }
                                assertEquals(
                                        TITLED.contains(channel), !words.title().isEmpty());
                            }
                        })));
    }

    /** What remains when every field has gone that can go. */
    private static JsonObject onlyNeeded(String template, JsonObject all) {
        JsonObject needed = all.copy();
        for (String field : new ArrayList<>(all.fieldNames())) {
            Object value = needed.remove(field);
            try {
                TEMPLATES.keep(template, needed);
            } catch (IllegalArgumentException missing) {
                needed.put(field, value);
            }
        }
        return needed;
    }

    @TestFactory
    Stream<DynamicTest> every_sms_fits_in_one_however_long_its_fields_are() {
        JsonObject long_ = new JsonObject();
        for (Field field : Field.values()) {
            long_.put(field.label(), "长".repeat(5_000));
        }
        return TEMPLATES.names().stream()
                .filter(template -> TEMPLATES.channels(template).contains(Sms.NAME))
                .map(template -> DynamicTest.dynamicTest(template, () -> {
                    for (boolean elder : List.of(false, true)) {
                        Envelope.Words words =
                                TEMPLATES.render(template, Sms.NAME, TEMPLATES.keep(template, long_), elder, OCCASION);
                        assertEquals(elder, words.elder(), "every SMS has its plain sentences");
                        String text = Sms.signed(Sms.SIGNATURE, words.text());
                        assertTrue(text.length() <= ONE_SMS, text.length() + " characters: " + text);
                    }
                }));
    }

    @Test
    void a_push_shows_on_a_locked_phone_and_repeats_nothing_that_people_said() {
        TEMPLATES.names().stream()
                .filter(template -> TEMPLATES.channels(template).contains("web-push"))
                .forEach(template -> {
                    Envelope.Words words = TEMPLATES.render(template, "web-push", World.fields("CZ1"));
                    assertFalse(words.text().contains(World.fields("CZ1").getString("words")), template);
                    assertTrue(words.title().length() + words.text().length() <= 90, words.toString());
                });
    }

    @TestFactory
    Stream<DynamicTest> every_inbox_item_fits_its_table_however_long_its_fields_are() {
        JsonObject long_ = new JsonObject();
        for (Field field : Field.values()) {
            long_.put(field.label(), "😀".repeat(5_000));
        }
        return TEMPLATES.names().stream()
                .map(template -> DynamicTest.dynamicTest(template, () -> {
                    Envelope.Words words = TEMPLATES.render(template, InApp.NAME, TEMPLATES.keep(template, long_));
                    assertTrue(words.title().length() <= 100);
                    assertTrue(words.text().codePoints().count() <= 4_000);
                }));
    }

    @Test
    void the_templates_that_cases_need_are_there_with_the_sms_agreed_on() {
        Set<String> withSms = Set.of(
                "case-filed",
                "case-accepted",
                "case-declined",
                "case-reported",
                "case-supervised",
                "case-extended",
                "identity-revealed");
        List<String> needed = List.of(
                "case-filed",
                "case-accepted",
                "case-declined",
                "case-dispatched",
                "case-escalated",
                "case-returned",
                "case-handling",
                "case-noted",
                "case-reported",
                "case-rated-thanks",
                "case-reopened",
                "case-supervised",
                "case-archived",
                "case-withdrawn",
                "case-urged-answer",
                "case-extended",
                "case-suspended",
                "case-resumed",
                "case-visited",
                "case-merged",
                "identity-revealed",
                "staff-noted",
                "staff-cautioned",
                "staff-extension-asked",
                "staff-extension-decided",
                "staff-new-case",
                "staff-urged",
                "staff-supplemented",
                "staff-rated",
                "staff-reopened",
                "staff-supervised",
                "staff-withdrawn",
                "staff-whistled",
                "staff-whistle-late",
                "staff-whistle-news");
        for (String template : needed) {
            Set<String> channels = new HashSet<>(Set.of("inbox"));
            if (PUSHED_TO_STAFF.contains(template)) {
                channels.add("web-push");
            }
            if (!template.startsWith("staff-")) {
                channels.addAll(List.of("wechat-service", "wechat-template", "wechat-subscription", "web-push"));
            }
            if (withSms.contains(template)) {
                channels.add("sms");
            }
            assertEquals(channels, TEMPLATES.channels(template), template);
        }
        assertEquals(Set.of("inbox", "web-push"), TEMPLATES.channels("staff-chat-waiting"));
        assertEquals(Set.of("inbox", "web-push"), TEMPLATES.channels("staff-webhook-off"));
        assertEquals(Set.of("inbox"), TEMPLATES.channels("staff-evaluation"));
        assertFalse(TEMPLATES.channels("chat-answered").contains("sms"));
        assertEquals(needed.size() + WITHOUT_CASE.size(), TEMPLATES.names().size());
    }

    @TestFactory
    Stream<DynamicTest> the_ways_beside_the_inbox_ask_for_no_field_it_can_do_without() {
        return TEMPLATES.names().stream()
                .map(template -> DynamicTest.dynamicTest(template, () -> {
                    Set<Field> inbox = TEMPLATES.needed(template, InApp.NAME);
                    for (String channel : TEMPLATES.channels(template)) {
                        Set<Field> more = new HashSet<>(TEMPLATES.needed(template, channel));
                        more.removeAll(inbox);
                        assertEquals(Set.of(), more, channel);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> every_keyword_keeps_its_platforms_bounds_however_long_or_short_the_fields_are() {
        JsonObject long_ = new JsonObject();
        JsonObject odd = new JsonObject();
        for (Field field : Field.values()) {
            long_.put(field.label(), "长".repeat(5_000));
            odd.put(field.label(), "a\n😀\t😀😀😀😀😀😀😀😀😀😀b");
        }
        JsonObject usual = World.fields("CZ26-000017");
        return TEMPLATES.names().stream()
                .filter(template -> TEMPLATES.channels(template).contains("wechat-template"))
                .map(template -> DynamicTest.dynamicTest(template, () -> {
                    JsonObject all = TEMPLATES.keep(template, usual);
                    for (JsonObject fields : List.of(
                            all,
                            onlyNeeded(template, all),
                            TEMPLATES.keep(template, long_),
                            TEMPLATES.keep(template, odd))) {
                        for (String note : Arrays.asList(null, "另有2条进展；因情况紧急，在免打扰时段发送")) {
                            Envelope.Words words = TEMPLATES.render(
                                    template,
                                    "wechat-template",
                                    fields,
                                    false,
                                    new Wording.Occasion(note, OCCASION.at()));
                            assertFalse(words.keywords().isEmpty());
                            words.keywords().forEach(TemplatesTest::keepsItsBounds);
                            assertEquals(
                                    note != null,
                                    words.keywords().values().stream().anyMatch(v -> v.startsWith("另有2条进展；因情况紧急")));
                        }
                    }
                }));
    }

    private static void keepsItsBounds(String key, String value) {
        assertFalse(value.isBlank() || value.contains("\n"), key + "=" + value);
        String bound = switch (key.replaceAll("\\d+$", "")) {
            case "thing", "const" -> "(?s).{1,20}";
            case "phrase" -> "\\p{IsHan}{1,5}";
            case "character_string" -> "[\\x21-\\x7e]{1,32}";
            case "time" -> "\\d{4}年\\d{1,2}月\\d{1,2}日 \\d\\d:\\d\\d";
            default -> "nothing";
        };
        assertTrue(value.matches(bound) && value.length() <= 32, key + "=" + value);
    }

    @Test
    void words_for_when_a_field_is_missing_stand_behind_a_bar() {
        Templates templates = Templates.of(Map.of("a.inbox.txt", "[{who}|工作人员]已办理"));
        assertEquals("工作人员已办理", templates.render("a", "inbox", new JsonObject()).text());
        assertEquals(
                "李明已办理",
                templates
                        .render("a", "inbox", new JsonObject().put("who", "李明"))
                        .text());
    }

    @Test
    void the_index_lists_the_folder() throws Exception {
        Path folder =
                Path.of(getClass().getResource("templates/index.txt").toURI()).getParent();
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    files.map(f -> f.getFileName().toString())
                            .filter(f -> !f.equals("index.txt"))
                            .sorted()
                            .toList(),
                    Files.readAllLines(folder.resolve("index.txt")));
        }
    }

    @Test
    void what_no_channel_shows_is_not_kept() {
        JsonObject kept = TEMPLATES.keep("case-archived", World.fields("CZ1").put("identity", "140402199001010011"));
        assertEquals(new JsonObject().put("number", "CZ1"), kept);
    }

    @Test
    void a_value_is_never_read_as_a_template() {
        JsonObject fields = new JsonObject().put("number", "{words}").put("words", "[{number}] \\1 $0 100%");
        assertEquals(
                "诉求 {words}：[{number}] \\1 $0 100%",
                TEMPLATES.render("case-noted", "inbox", fields).text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "a.sms.txt | 您好{nobody} | unknown field {nobody}",
                "a.sms.txt | 您好{Number} | stray {",
                "a.sms.txt | 您好} | stray }",
                "a.sms.txt | 您好[{due} | not closed",
                "a.sms.txt | 您好] | stray ]",
                "a.sms.txt | [您[{due}]好] | stray [",
                "a.sms.txt | [您好] | without a field",
                "a.sms.txt | 您好{at} | only keywords know",
                "a.wechat-template.txt | 您好 | no KIND1=VALUE",
                "a.wechat-template.txt | phrase1=办理中的诉求 | one to five Han",
                "a.wechat-template.txt | phrase1={step} | one to five Han",
                "a.wechat-template.txt | time1={due} | is {at}",
                "a.wechat-template.txt | thing1=[{who}] | could be empty",
                "a.wechat-template.txt | thing1=一二三四五六七八九十一二三四五六七八九十一 | too long",
                "a.wechat-template.txt | character_string1=编号{number} | ASCII",
                "a.wechat-template.txt | money1={number} | no KIND1=VALUE",
                "a.txt | 您好 | is not named",
                "a.sms.md | 您好 | is not named",
                "a.sms.txt | '  ' | no words",
            })
    void a_file_with_a_mistake_is_refused_by_name(String file, String content, String why) {
        String message = assertThrows(IllegalArgumentException.class, () -> Templates.of(Map.of(file, content)))
                .getMessage();
        assertTrue(message.startsWith(file) && message.contains(why), message);
    }
}
