package linge.http;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.json.schema.common.dsl.SchemaType;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import io.vertx.openapi.validation.ValidatableRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Hands texts of a query to the contract's library so that they come out as somebody typed them. The library (vertx-openapi 5.0.10,
 * its issues 117 and 124) decodes a decoded query once more and then reads each text as JSON: 50% was refused, a+b became “a b”,
 * 3.5 a number and a quotation mark the end of a string. Written as a JSON string, and that once more encoded, each is read back
 * as what it was.
 */
final class AsTyped implements RequestExtractor {

    private final RequestExtractor library = RequestExtractor.withBodyHandler();

    @Override
    public Future<ValidatableRequest> extractValidatableRequest(RoutingContext ctx, Operation operation) {
        MultiMap sent = ctx.request().params();
        for (Parameter parameter : operation.getParameters()) {
            List<String> values = sent.getAll(parameter.getName());
            if (parameter.getIn() == Location.QUERY
                    && parameter.getSchemaType() == SchemaType.STRING
                    && values.stream().noneMatch(AsTyped::isHeldByNoDatabase)) {
                sent.set(
                        parameter.getName(),
                        values.stream().map(AsTyped::twiceEncoded).toList());
            }
        }
        return library.extractValidatableRequest(ctx, operation);
    }

    /** A zero stays as it came, which the library refuses: PostgreSQL's texts have none. */
    private static boolean isHeldByNoDatabase(String value) {
        return value.indexOf('\0') >= 0;
    }

    private static String twiceEncoded(String value) {
        return URLEncoder.encode(Json.encode(value), StandardCharsets.UTF_8);
    }
}
