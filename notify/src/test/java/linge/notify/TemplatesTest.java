package linge.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

    /** What is said of a conversation; it has no number, the page finds it by the notice's subject. */
    private static final Set<String> ABOUT_CONVERSATIONS = Set.of("chat-answered", "staff-chat-waiting");

    private static final Set<String> TITLED = Set.of("inbox", "web-push");

    @TestFactory
    Stream<DynamicTest> every_template_reads_well_when_all_is_there_and_when_only_the_needed_is() {
        return TEMPLATES.names().stream()
                .flatMap(template -> TEMPLATES.channels(template).stream()
                        .map(channel -> DynamicTest.dynamicTest(template + "." + channel, () -> {
                            JsonObject all = TEMPLATES.keep(template, World.fields("CZ26-000017"));
                            JsonObject needed = onlyNeeded(template, all);
                            for (JsonObject fields : List.of(all, needed)) {
                                Envelope.Words words = TEMPLATES.render(template, channel, fields);
                                boolean ofACase = !ABOUT_CONVERSATIONS.contains(template);
                                assertEquals(ofACase, words.text().contains("CZ26-000017"), words.toString());
                                for (String said : List.of(words.title(), words.text())) {
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
                    String text = Sms.signed(
                            Sms.SIGNATURE,
                            TEMPLATES
                                    .render(template, Sms.NAME, TEMPLATES.keep(template, long_))
                                    .text());
                    assertTrue(text.length() <= ONE_SMS, text.length() + " characters: " + text);
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
                "identity-revealed",
                "staff-new-case",
                "staff-urged",
                "staff-supplemented",
                "staff-rated",
                "staff-reopened",
                "staff-supervised",
                "staff-withdrawn");
        for (String template : needed) {
            Set<String> channels = TEMPLATES.channels(template);
            assertTrue(channels.contains("inbox"), template);
            assertEquals(withSms.contains(template), channels.contains("sms"), template);
        }
        ABOUT_CONVERSATIONS.forEach(
                template -> assertEquals(Set.of("inbox", "web-push"), TEMPLATES.channels(template), template));
        assertEquals(
                needed.size() + ABOUT_CONVERSATIONS.size(), TEMPLATES.names().size());
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
            value = {
                "a.sms.txt | 您好{nobody} | unknown field {nobody}",
                "a.sms.txt | 您好{Number} | stray {",
                "a.sms.txt | 您好} | stray }",
                "a.sms.txt | 您好[{due} | not closed",
                "a.sms.txt | 您好] | stray ]",
                "a.sms.txt | [您[{due}]好] | stray [",
                "a.sms.txt | [您好] | without a field",
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
