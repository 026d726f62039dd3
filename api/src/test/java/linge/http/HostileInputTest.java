package linge.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import linge.Client;
import linge.ContractBook;
import linge.ContractBook.Op;
import linge.Reply;
import linge.SampleRequests;
import linge.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every operation of the contract with every field bent: an answer or a refusal in Chinese, never a fault. */
class HostileInputTest {

    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");
    private static final Pattern TELLTALE =
            Pattern.compile("Exception|\\bat (io|java|linge)\\.|Caused by|PgError|SELECT |vert\\.x");

    /** JSON literals to stand in place of a value. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "9223372036854775808",
            "-9223372036854775809",
            "1e999",
            "1E400",
            "NaN",
            "[]",
            "{}",
            "[[]]",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"👨‍👩‍👧‍👦\"",
            "\"\\u202e\\u200b\\ufeff\"",
            "\"'; DROP TABLE cases; --\"",
            "\"<script>alert(1)</script>\"",
            "\"../../../../etc/passwd\"",
            "\"%00\"",
            "\"${jndi:ldap://localhost/x}\"",
            "\"00000000-0000-0000-0000-00000000000g\"");

    /** Texts for paths and queries. */
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\u0000",
            "a\u0000b",
            "-1",
            "1e999",
            "NaN",
            "9223372036854775808",
            "null",
            "true",
            "%",
            "../../etc/passwd",
            "' OR '1'='1",
            "<script>",
            "👨‍👩‍👧‍👦",
            "\u202e\u200b",
            "a".repeat(3000),
            "14040",
            "99999999999999999999",
            "KzEwMDAwMDAwMDAtMDEtMDFUMDA6MDA6MDBafDAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMA",
            "KzIwMDAwMC0wMS0wMVQwMDowMDowMFp8MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAw",
            "LTk5OTktMDEtMDF8eA");

    private static TestApp app;
    private static SampleRequests.On on;
    private static final Map<String, Client> people = new LinkedHashMap<>();

    @BeforeAll
    static void start() {
        app = TestApp.demo();
        String grid = app.grid();
        people.put("resident", app.resident());
        people.put("dispatcher", app.staff("dispatcher-" + grid.substring(0, 6)));
        people.put("admin", app.staff("admin"));
        String number = people.get("resident").file(TestApp.streetLamp()).getString("number");
        on = new SampleRequests.On(number, "00000000-0000-4000-8000-000000000000", "deputy-" + grid, grid);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @TestFactory
    Stream<DynamicTest> bent_bodies_are_answered_or_refused() {
        return ContractBook.BOOK.operations().stream()
                .filter(op -> op.body() != null)
                .map(op -> DynamicTest.dynamicTest(op.id(), () -> bodies(op).forEach(body -> everybody(op, body))));
    }

    @TestFactory
    Stream<DynamicTest> bent_paths_and_queries_are_answered_or_refused() {
        return ContractBook.BOOK.operations().stream()
                .filter(op -> !op.parameters().isEmpty() && !op.id().equals("live"))
                .map(op -> DynamicTest.dynamicTest(
                        op.id(),
                        () -> paths(op)
                                .forEach(path -> people.forEach((who, client) -> {
                                    Client caller = SampleRequests.withHeaders(op.id(), client);
                                    JsonObject body =
                                            SampleRequests.of(op.id(), on).body();
                                    sane(who, caller.send(op.method(), path, body));
                                }))));
    }

    @TestFactory
    Stream<DynamicTest> what_is_no_json_is_refused() {
        byte[] deep = ("{\"text\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}").getBytes(StandardCharsets.UTF_8);
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        bodies.put("nothing", new byte[0]);
        bodies.put("half", "{\"text\": \"路".getBytes(StandardCharsets.UTF_8));
        bodies.put("list", "[1, 2]".getBytes(StandardCharsets.UTF_8));
        bodies.put("text", "\"路灯\"".getBytes(StandardCharsets.UTF_8));
        bodies.put("null", "null".getBytes(StandardCharsets.UTF_8));
        bodies.put("two", "{} {}".getBytes(StandardCharsets.UTF_8));
        bodies.put(
                "not UTF-8",
                new byte[] {'{', '"', 't', '"', ':', '"', (byte) 0xff, (byte) 0xc0, (byte) 0x80, '"', '}'});
        bodies.put("GBK", "{\"text\":\"路灯\"}".getBytes(java.nio.charset.Charset.forName("GBK")));
        bodies.put("ten thousand levels", deep);
        bodies.put("zeroes", new byte[4096]);
        return ContractBook.BOOK.operations().stream()
                .filter(op -> op.body() != null)
                .map(op -> DynamicTest.dynamicTest(
                        op.id(),
                        () -> bodies.forEach((what, body) -> people.forEach((who, client) -> {
                            Reply reply = SampleRequests.withHeaders(op.id(), client)
                                    .send(
                                            op.method(),
                                            SampleRequests.of(op.id(), on).path(),
                                            "application/json",
                                            body);
                            sane(who, reply);
                            assertTrue(
                                    reply.status() >= 400 || what.equals("two"),
                                    () -> what + ": " + reply.asked() + " answered " + reply.status());
                        }))));
    }

    @TestFactory
    Stream<DynamicTest> other_content_types_are_refused() {
        return ContractBook.BOOK.operations().stream()
                .filter(op -> op.body() != null)
                .map(op -> DynamicTest.dynamicTest(op.id(), () -> {
                    SampleRequests.Sample sample = SampleRequests.of(op.id(), on);
                    for (String type : List.of(
                            "text/plain",
                            "application/xml",
                            "multipart/form-data; boundary=x",
                            "application/x-www-form-urlencoded",
                            "nonsense")) {
                        Reply reply = SampleRequests.withHeaders(op.id(), people.get("resident"))
                                .send(
                                        op.method(),
                                        sample.path(),
                                        type,
                                        sample.body().encode().getBytes(StandardCharsets.UTF_8));
                        sane("resident", reply);
                        assertEquals(415, reply.status(), () -> type + " at " + reply.asked() + ": " + reply.text());
                    }
                }));
    }

    @Test
    void a_field_nobody_asked_for_changes_nothing() {
        JsonObject filed = people.get("resident")
                .file(TestApp.streetLamp()
                        .put("state", "ARCHIVED")
                        .put("version", 7)
                        .put("holder", new JsonObject()));
        assertEquals("SUBMITTED", filed.getString("state"));
        assertEquals(0, filed.getInteger("version"));
    }

    @Test
    void a_megabyte_of_words_is_too_large() {
        people.get("resident")
                .with("Idempotency-Key", "12345678")
                .post("/api/cases", TestApp.streetLamp().put("text", "路".repeat(350_000)))
                .refused(413, "too-large");
    }

    /** Each field of the sample in turn in place of each value, left out, grown; and one field more. */
    private static List<String> bodies(Op op) {
        JsonObject sample = SampleRequests.of(op.id(), on).body();
        List<String> bodies = new ArrayList<>();
        for (String field : op.body().getJsonObject("properties").fieldNames()) {
            List<String> values = new ArrayList<>(VALUES);
            values.add("\"" + "长".repeat(20_000) + "\"");
            JsonObject inner = inner(op, field);
            for (String value : values) {
                bodies.add(with(sample, field, value));
                if (inner != null) {
                    for (String deeper : inner.getJsonObject("properties").fieldNames()) {
                        bodies.add(with(
                                sample,
                                field,
                                with(new JsonObject().put("lon", 113.1).put("lat", 36.2), deeper, value)));
                    }
                }
            }
            JsonObject without = sample.copy();
            without.remove(field);
            bodies.add(without.encode());
        }
        bodies.add(with(sample, "unheard-of", "{\"a\": [1]}"));
        bodies.add("{}");
        return bodies;
    }

    /** The schema of an object within a field, if it holds one. */
    private static JsonObject inner(Op op, String field) {
        JsonObject schema = op.body().getJsonObject("properties").getJsonObject(field);
        if (schema.containsKey("oneOf")) {
            schema = ContractBook.BOOK.resolve(schema.getJsonArray("oneOf").getJsonObject(1));
        }
        return schema.containsKey("properties") ? schema : null;
    }

    private static String with(JsonObject sample, String field, String literal) {
        return sample.copy().put(field, "@@").encode().replace("\"@@\"", literal);
    }

    private static List<String> paths(Op op) {
        String sample = SampleRequests.of(op.id(), on).path();
        String plain = sample.replaceFirst("[?].*", "");
        List<String> paths = new ArrayList<>();
        for (JsonObject parameter : op.parameters()) {
            String name = parameter.getString("name");
            for (String text : TEXTS) {
                String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
                if (parameter.getString("in").equals("query")) {
                    String others =
                            sample.contains("?") ? sample.replaceFirst("([?&])" + name + "=[^&]*", "$1") : plain + "?";
                    paths.add(others + "&" + name + "=" + encoded);
                    paths.add(plain + "?" + name + "=" + encoded + "&" + name + "=" + encoded);
                } else if (parameter.getString("in").equals("path") && !text.isEmpty()) {
                    // The other parameters of the path stay as the sample has them.
                    paths.add(bent(op.path(), plain, name, encoded));
                }
            }
        }
        return paths;
    }

    private static String bent(String template, String sample, String name, String value) {
        String[] steps = template.split("/", -1);
        String[] known = sample.split("/", -1);
        for (int i = 0; i < steps.length; i++) {
            steps[i] = steps[i].equals("{" + name + "}") ? value : known[i];
        }
        return String.join("/", steps);
    }

    private static void everybody(Op op, String body) {
        people.forEach((who, client) -> sane(
                who,
                SampleRequests.withHeaders(op.id(), client)
                        .send(
                                op.method(),
                                SampleRequests.of(op.id(), on).path(),
                                "application/json",
                                body.getBytes(StandardCharsets.UTF_8))));
    }

    /** Answered as the contract has it (the client looks), or refused in Chinese; nothing of our insides shows. */
    static void sane(String who, Reply reply) {
        assertTrue(
                reply.status() < 500,
                () -> who + ": " + reply.asked() + " answered " + reply.status() + " " + reply.text());
        assertFalse(TELLTALE.matcher(reply.text()).find(), () -> who + ": " + reply.asked() + " told " + reply.text());
        if (reply.status() >= 400) {
            assertTrue(
                    reply.header("content-type").startsWith("application/problem+json"),
                    () -> reply.asked() + " answered " + reply.header("content-type") + " " + reply.text());
            assertTrue(reply.string("type").startsWith("urn:linge:problem:"), reply::text);
            assertEquals(reply.status(), reply.json().getInteger("status"));
            assertTrue(CHINESE.matcher(reply.string("detail")).find(), reply::text);
        }
    }
}
