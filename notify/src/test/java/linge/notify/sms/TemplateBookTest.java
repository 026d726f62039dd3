package linge.notify.sms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import linge.notify.Sms;
import linge.notify.Templates;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TemplateBookTest {

    private static final Templates OURS = Templates.standard();
    private static final TemplateBook BOOK = TemplateBook.shipped();

    /** Each combination of what is said only sometimes is a line, and the words to register are the words we say. */
    @TestFactory
    Stream<DynamicTest> the_words_to_register_are_what_our_template_says_with_those_fields() {
        return TemplateBook.ours(OURS).stream()
                .filter(template -> !template.equals(TemplateBook.CODE))
                .flatMap(template -> combinations(template).stream()
                        .map(fields -> DynamicTest.dynamicTest(template + " " + fields, () -> {
                            JsonObject values = new JsonObject();
                            fields.forEach(field -> values.put(field, "{" + field + "}"));
                            assertEquals(OURS.render(template, Sms.NAME, values).text(), BOOK.words(template, fields));
                        })));
    }

    /** All sets of fields between those needed and those shown. */
    private static List<Set<String>> combinations(String template) {
        List<String> needed = List.copyOf(OURS.neededFields(template, Sms.NAME));
        List<String> extra = OURS.shownFields(template, Sms.NAME).stream()
                .filter(field -> !needed.contains(field))
                .toList();
        return IntStream.range(0, 1 << extra.size())
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
    void every_sms_has_one_way_that_can_always_be_said_and_every_way_a_name_of_its_own() {
        Set<String> keys = new HashSet<>();
        BOOK.ways().forEach(way -> assertTrue(keys.add(way.key()), way.key()));
        assertTrue(keys.containsAll(TemplateBook.ours(OURS)), () -> "without: " + TemplateBook.ours(OURS));
        assertTrue(keys.contains("case-accepted.who.due"), keys::toString);
        assertEquals(
                TemplateBook.ours(OURS),
                BOOK.ways().stream().map(TemplateBook.Way::template).collect(Collectors.toCollection(TreeSet::new)));
    }
}
