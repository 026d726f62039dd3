package linge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.Yaml;

/** Bad input at every operation of the contract: a clear Chinese answer, never a fault. */
class HostileInputTest {

    private static final String DEEP = "[".repeat(10_000) + "]".repeat(10_000);

    private static final List<String> BODIES = List.of(
            "", "{", "[]", "null", "\"x\"", DEEP, "{\"text\":" + DEEP + "}", "{\"text\":1e999}", "{\"text\":NaN}");

    /** Values as JSON text, put into every field in turn. */
    private static final List<String> VALUES = List.of(
            "null",
            "0",
            "-1",
            "1e308",
            "9223372036854775808",
            "true",
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "{\"a\":1}",
            "\"\"",
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"😀👨‍👩‍👧\"",
            "\"\\u202eabc\\u200f\"",
            "\"' OR 1=1; DROP TABLE cases;--\"",
            "\"<script>alert(1)</script>\"",
            "\"../../etc/passwd\"",
            "\"１２３\"",
            "\"" + "x".repeat(300_000) + "\"",
            "\"" + "长".repeat(5_000) + "\"");

    private static final List<String> PARAMETERS = List.of(
            "",
            "%00",
            "%F0%9F%98%80",
            "%E2%80%AE",
            "-1",
            "1e999",
            "NaN",
            "99999999999999999999",
            "%27%20OR%201=1",
            "..%2F..%2Fetc%2Fpasswd",
            "%ff",
            "foo",
            "%5B%5D",
            "x".repeat(3_000));

    private static TestApp app;
    private static String number;
    private static Client resident;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
        resident = app.resident();
        number = resident.file(TestApp.streetLamp()).getString("number");
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    /** One operation: its method, its path with the parameters in braces, what it takes. */
    private record Operation(String method, String path, List<String> fields, List<Map<String, Object>> parameters) {
        String filled() {
            return path.replace("{number}", number)
                    .replace("{code}", app.grid())
                    .replace("{id}", UUID.randomUUID().toString())
                    .replace("{user}", "worker-" + app.grid());
        }
    }

    @TestFactory
    Stream<DynamicTest> every_operation_answers_bad_input_clearly() {
        Client dispatcher = app.staff("dispatcher-140403");
        Client administrator = app.staff("admin");
        return operations().stream()
                .map(operation -> DynamicTest.dynamicTest(operation.method() + " " + operation.path(), () -> {
                    for (Client who : List.of(resident, dispatcher, administrator)) {
                        attack(who, operation);
                    }
                }));
    }

    private static void attack(Client known, Operation operation) {
        // Nobody in particular signs out, so that the attack goes on.
        Client who =
                operation.path().equals("/api/sessions") && operation.method().equals("DELETE") ? app.nobody() : known;
        if (!operation.fields().isEmpty()) {
            BODIES.forEach(body -> send(who, operation, operation.filled(), "application/json", body));
            send(who, operation, operation.filled(), "application/x-www-form-urlencoded", "a=b");
            send(
                    who,
                    operation,
                    operation.filled(),
                    "text/xml",
                    "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>");
            for (String field : operation.fields()) {
                VALUES.forEach(value ->
                        send(who, operation, operation.filled(), "application/json", body(operation, field, value)));
            }
        }
        for (Map<String, Object> parameter : operation.parameters()) {
            for (String value : PARAMETERS) {
                String name = (String) parameter.get("name");
                String path = parameter.get("in").equals("query")
                        ? operation.filled() + "?" + name + "=" + value
                        : operation
                                .path()
                                .replace("{" + name + "}", value.isEmpty() ? "%20" : value)
                                .replaceAll("\\{[^}]+}", "x");
                send(
                        who,
                        operation,
                        path,
                        "application/json",
                        operation.fields().isEmpty() ? null : "{}");
            }
        }
    }

    private static void send(Client who, Operation operation, String path, String type, String body) {
        byte[] bytes = body == null ? null : body.getBytes(StandardCharsets.UTF_8);
        Reply reply =
                who.with("Idempotency-Key", UUID.randomUUID().toString()).send(operation.method(), path, type, bytes);
        String what = operation.method() + " " + path.substring(0, Math.min(120, path.length())) + " "
                + (body == null ? "" : body.substring(0, Math.min(120, body.length()))) + " → " + reply.status() + " "
                + reply.text().substring(0, Math.min(300, reply.text().length()));
        assertTrue(reply.status() < 500, what);
        if (reply.status() >= 400) {
            JsonObject problem = reply.json();
            assertTrue(reply.header("content-type").startsWith("application/problem+json"), what);
            assertTrue(problem.getString("type").startsWith("urn:linge:problem:"), what);
            assertTrue(problem.getString("detail").codePoints().anyMatch(c -> c >= 0x4e00 && c <= 0x9fff), what);
        }
    }

    /** A sound body with one field spoilt. */
    private static String body(Operation operation, String field, String value) {
        Map<String, String> sound = Map.ofEntries(
                Map.entry("text", "\"路灯坏了\""),
                Map.entry("point", "{\"lon\":113.117,\"lat\":36.195}"),
                Map.entry("phone", "\"13800000000\""),
                Map.entry("code", "\"000000\""),
                Map.entry("move", "\"NOTE\""),
                Map.entry("version", "0"),
                Map.entry("score", "3"),
                Map.entry("purpose", "\"核实情况\""),
                Map.entry("upTo", "1"),
                Map.entry("old", "\"x\""),
                Map.entry("new", "\"abcdefghijk1\""),
                Map.entry("user", "\"hostile-" + UUID.randomUUID().toString().substring(0, 8) + "\""),
                Map.entry("name", "\"某人\""),
                Map.entry("role", "\"DISPATCHER\""),
                Map.entry("area", "\"140403\""));
        List<String> fields = new ArrayList<>();
        operation.fields().stream()
                .filter(name -> !name.equals(field) && sound.containsKey(name))
                .forEach(name -> fields.add("\"" + name + "\":" + sound.get(name)));
        fields.add("\"" + field + "\":" + value);
        return "{" + String.join(",", fields) + "}";
    }

    private static List<Operation> operations() {
        Map<String, Object> contract =
                new Yaml().load(Objects.requireNonNull(HostileInputTest.class.getResourceAsStream("/openapi.yaml")));
        JsonObject book = new JsonObject(contract);
        List<Operation> operations = new ArrayList<>();
        JsonObject paths = book.getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            JsonObject methods = paths.getJsonObject(path);
            for (String method : methods.fieldNames()) {
                JsonObject operation = methods.getJsonObject(method);
                if (!operation.getString("operationId").equals("live")) {
                    operations.add(operation(book, path, method.toUpperCase(java.util.Locale.ROOT), operation));
                }
            }
        }
        return operations;
    }

    private static Operation operation(JsonObject book, String path, String method, JsonObject operation) {
        List<Map<String, Object>> parameters = new ArrayList<>();
        for (Object parameter : operation.getJsonArray("parameters", new io.vertx.core.json.JsonArray())) {
            parameters.add(resolved(book, (JsonObject) parameter).getMap());
        }
        parameters.removeIf(parameter -> parameter.get("in").equals("header"));
        return new Operation(method, path, fields(book, operation), parameters);
    }

    private static List<String> fields(JsonObject book, JsonObject operation) {
        JsonObject body = operation.getJsonObject("requestBody");
        JsonObject json = body == null ? null : body.getJsonObject("content").getJsonObject("application/json");
        return json == null
                ? List.of()
                : List.copyOf(resolved(book, json.getJsonObject("schema"))
                        .getJsonObject("properties")
                        .fieldNames());
    }

    private static JsonObject resolved(JsonObject book, JsonObject maybe) {
        String reference = maybe.getString("$ref");
        if (reference == null) {
            return maybe;
        }
        JsonObject at = book;
        for (String name : reference.substring(2).split("/", -1)) {
            at = at.getJsonObject(name);
        }
        return at;
    }

    @Test
    void an_address_or_method_that_is_not_there_is_a_problem_too() {
        for (String method : List.of("OPTIONS", "PUT", "PATCH", "DELETE", "TRACE")) {
            for (String path : List.of("/api/cases", "/api/nope", "/health/live", "/")) {
                Reply reply = app.nobody().send(method, path, "application/json", null);
                assertTrue(reply.status() >= 400 && reply.status() < 500, method + " " + path + " " + reply.status());
            }
        }
    }

    @Test
    void two_hundred_megabytes_of_json_are_refused_before_they_are_sent() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", app.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/cases HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + resident.token()
                            + "\r\nIdempotency-Key: huge-huge\r\nContent-Type: application/json\r\nContent-Length: 209715200\r\n\r\n{")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            InputStream in = socket.getInputStream();
            byte[] head = in.readNBytes(12);
            assertEquals("HTTP/1.1 413", new String(head, StandardCharsets.US_ASCII));
        }
    }
}
