package linge;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The contract as a client reads it: every operation, and whether an answer is what it promises, no field more or less. */
public final class ContractBook {

    public static final ContractBook BOOK = new ContractBook();

    private static final JsonSchemaOptions OPTIONS = new JsonSchemaOptions()
            .setBaseUri("https://linge.test/")
            .setDraft(Draft.DRAFT202012)
            .setOutputFormat(OutputFormat.Basic);

    private final JsonObject contract = read();
    private final JsonObject definitions = definitions();
    private final List<Op> operations = operationsOf();
    private final Map<String, Validator> validators = new ConcurrentHashMap<>();

    /**
     * One operation.
     *
     * @param parameters as in the contract, references followed
     * @param body the JSON schema of the request, references followed at the top; null when there is none or it is bytes
     */
    public record Op(
            String id,
            String method,
            String path,
            Pattern matches,
            boolean secured,
            List<JsonObject> parameters,
            JsonObject body,
            JsonObject responses) {}

    public List<Op> operations() {
        return operations;
    }

    public Set<String> ids() {
        return operations.stream().map(Op::id).collect(Collectors.toSet());
    }

    /** Follows a local reference, if it is one. */
    public JsonObject resolve(JsonObject schema) {
        String ref = schema.getString("$ref");
        if (ref == null) {
            return schema;
        }
        JsonObject found = contract;
        for (String step : ref.substring(2).split("/")) {
            found = found.getJsonObject(step);
        }
        return resolve(found);
    }

    /** Fails when an answer of the service is not what the contract says. */
    void check(String method, String uri, Reply reply) {
        String path = uri.replaceFirst("[?].*$", "");
        Op op = operations.stream()
                .filter(one -> one.method().equals(method)
                        && one.matches().matcher(path).matches())
                .findFirst()
                .orElse(null);
        if (op == null) {
            return;
        }
        JsonObject promised = op.responses().getJsonObject(String.valueOf(reply.status()));
        if (promised == null) {
            promised = op.responses().getJsonObject("default");
            assertTrue(reply.status() >= 400, () -> reply.asked() + " answered an unpromised " + reply.status());
            assertNotNull(promised, () -> reply.asked() + " may not be refused, but: " + reply.text());
        }
        JsonObject content = resolve(promised).getJsonObject("content");
        String type = reply.header("content-type").replaceFirst(";.*", "");
        if (content == null) {
            assertTrue(reply.bytes().length == 0, () -> reply.asked() + " answered more than was promised");
            return;
        }
        assertTrue(content.containsKey(type), () -> reply.asked() + " answered " + type + ": " + reply.text());
        if (type.endsWith("json")) {
            OutputUnit found = validators
                    .computeIfAbsent(
                            op.id() + " " + (reply.status() < 400 ? reply.status() : "problem"),
                            key -> validator(content.getJsonObject(type).getJsonObject("schema")))
                    .validate(reply.json());
            assertTrue(
                    Boolean.TRUE.equals(found.getValid()),
                    () -> reply.asked() + " answered otherwise than the contract:\n" + told(found) + "\n"
                            + reply.text());
        }
    }

    private static String told(OutputUnit found) {
        return found.getErrors() == null
                ? String.valueOf(found.getError())
                : found.getErrors().stream()
                        .map(error -> error.getInstanceLocation() + " " + error.getError())
                        .collect(Collectors.joining("\n"));
    }

    private Validator validator(JsonObject schema) {
        JsonObject whole = strict(schema).copy().put("$defs", definitions.copy());
        return Validator.create(JsonSchema.of(whole), OPTIONS);
    }

    private JsonObject definitions() {
        JsonObject schemas = contract.getJsonObject("components").getJsonObject("schemas");
        JsonObject strict = new JsonObject();
        schemas.fieldNames().forEach(name -> strict.put(name, strict(schemas.getJsonObject(name))));
        return strict;
    }

    /** The schema with its parts merged, its references made local, and no room for fields it does not name. */
    private JsonObject strict(JsonObject schema) {
        JsonArray parts = schema.getJsonArray("allOf");
        if (parts != null) {
            JsonObject merged = new JsonObject().put("type", "object");
            JsonObject properties = new JsonObject();
            JsonArray required = new JsonArray();
            parts.stream().map(JsonObject.class::cast).map(this::resolve).forEach(part -> {
                properties.mergeIn(part.getJsonObject("properties"));
                required.addAll(part.getJsonArray("required", new JsonArray()));
            });
            return strict(merged.put("properties", properties).put("required", required));
        }
        JsonObject strict = new JsonObject();
        for (String key : schema.fieldNames()) {
            Object value = schema.getValue(key);
            if (key.equals("$ref")) {
                strict.put(key, ((String) value).replace("#/components/schemas/", "#/$defs/"));
            } else if (key.equals("properties")) {
                JsonObject properties = new JsonObject();
                ((JsonObject) value).forEach(one -> properties.put(one.getKey(), strict((JsonObject) one.getValue())));
                strict.put(key, properties).put("additionalProperties", false);
            } else if (key.equals("items")) {
                strict.put(key, strict((JsonObject) value));
            } else if (key.equals("oneOf")) {
                JsonArray choices = new JsonArray();
                ((JsonArray) value).forEach(one -> choices.add(strict((JsonObject) one)));
                strict.put(key, choices);
            } else if (!key.equals("description")) {
                strict.put(key, value);
            }
        }
        return strict;
    }

    private List<Op> operationsOf() {
        List<Op> found = new ArrayList<>();
        JsonObject paths = contract.getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            paths.getJsonObject(path).forEach(entry -> {
                JsonObject op = (JsonObject) entry.getValue();
                List<JsonObject> parameters = op.getJsonArray("parameters", new JsonArray()).stream()
                        .map(one -> resolve((JsonObject) one))
                        .toList();
                found.add(new Op(
                        op.getString("operationId"),
                        entry.getKey().toUpperCase(java.util.Locale.ROOT),
                        path,
                        Pattern.compile(path.replaceAll("\\{[^}]+}", "[^/]+")),
                        op.containsKey("security"),
                        parameters,
                        body(op),
                        op.getJsonObject("responses")));
            });
        }
        return List.copyOf(found);
    }

    private JsonObject body(JsonObject op) {
        JsonObject request = op.getJsonObject("requestBody");
        JsonObject json =
                request == null ? null : request.getJsonObject("content").getJsonObject("application/json");
        return json == null ? null : resolve(json.getJsonObject("schema"));
    }

    private static JsonObject read() {
        try (InputStream yaml = Objects.requireNonNull(ContractBook.class.getResourceAsStream("/openapi.yaml"))) {
            Map<String, Object> contract = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
            return new JsonObject(new LinkedHashMap<>(contract)).copy();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
