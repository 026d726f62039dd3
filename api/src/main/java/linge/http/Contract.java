package linge.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.openapi.router.OpenAPIRoute;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.validation.ValidatedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import linge.shared.Caller;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The operations of {@code openapi.yaml}, each with its handler; one without stops the start. */
public final class Contract {

    /** JSON bodies are small: the longest words of a complaint, escaped, with room to spare. */
    private static final int BODY_LIMIT = 256 * 1024;

    private final Vertx vertx;
    private final OpenAPIContract openapi;
    private final Authenticator authenticator;
    private final Set<String> secured;
    private final Map<String, Operation> operations = new LinkedHashMap<>();
    private final Map<String, Handler<Call>> streams = new LinkedHashMap<>();
    private final Map<String, Handler<Call>> open = new LinkedHashMap<>();

    private Contract(Vertx vertx, OpenAPIContract openapi, Set<String> secured, Authenticator authenticator) {
        this.vertx = vertx;
        this.secured = secured;
        this.openapi = openapi;
        this.authenticator = authenticator;
    }

    public static Future<Contract> load(Vertx vertx, Authenticator authenticator) {
        Set<String> secured = new TreeSet<>();
        return OpenAPIContract.from(vertx, requestsOnly(secured))
                .map(openapi -> new Contract(vertx, openapi, secured, authenticator));
    }

    /**
     * The contract without what its answers look like, as the library knows few media types, and without who may ask, as
     * {@link Authenticator} decides that for the operations put into {@code secured}.
     */
    private static JsonObject requestsOnly(Set<String> secured) {
        JsonObject contract = read();
        JsonObject paths = contract.getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            JsonObject methods = paths.getJsonObject(path);
            for (String method : methods.fieldNames()) {
                JsonObject operation = methods.getJsonObject(method);
                forgetUnheardOf(operation.getJsonObject("requestBody"));
                forgetContent(operation.getJsonObject("responses"));
                if (operation.remove("security") != null) {
                    secured.add(operation.getString("operationId"));
                }
            }
        }
        forgetContent(contract.getJsonObject("components").getJsonObject("responses"));
        return contract;
    }

    private static void forgetContent(JsonObject responses) {
        responses.fieldNames().forEach(status -> responses.getJsonObject(status).remove("content"));
    }

    /** Bodies of types the library knows nothing of are read by their own handlers. */
    private static void forgetUnheardOf(@Nullable JsonObject request) {
        if (request != null) {
            JsonObject content = request.getJsonObject("content");
            List.copyOf(content.fieldNames()).stream()
                    .filter(type -> !MediaType.isMediaTypeSupported(type))
                    .forEach(content::remove);
        }
    }

    private static JsonObject read() {
        try (InputStream yaml = Objects.requireNonNull(Contract.class.getResourceAsStream("/openapi.yaml"))) {
            Map<String, Object> contract = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
            return new JsonObject(contract).copy();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Carries out an operation; body and parameters arrive validated. */
    public Contract on(String operationId, Operation operation) {
        known(operationId);
        operations.put(operationId, operation);
        return this;
    }

    /** Carries out an operation that reads or writes as it flows: nothing is validated or buffered before. */
    public Contract stream(String operationId, Handler<Call> handler) {
        known(operationId);
        streams.put(operationId, handler);
        return this;
    }

    /**
     * Carries out an operation that answers before anybody is asked who they are, or writes its answer as it flows; body and
     * parameters arrive validated, the caller is nobody. It shows its answer, or fails the routing context, by itself.
     */
    public Contract open(String operationId, Handler<Call> handler) {
        known(operationId);
        open.put(operationId, handler);
        return this;
    }

    /**
     * The router that serves every operation.
     *
     * @throws IllegalStateException naming the operations that have no handler
     */
    public Router router() {
        Set<String> missing = new TreeSet<>();
        openapi.operations().forEach(o -> missing.add(o.getOperationId()));
        missing.removeAll(operations.keySet());
        missing.removeAll(streams.keySet());
        missing.removeAll(open.keySet());
        if (!missing.isEmpty()) {
            throw new IllegalStateException("operations of the contract without a handler: " + missing);
        }
        Router router = Router.router(vertx);
        streams.forEach((id, handler) -> mountStream(router, id, handler));
        router.route("/api/*").handler(Contract::onlyJson);
        router.route("/api/*").handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT));
        router.route("/*").subRouter(validated());
        return router;
    }

    /** Forms and files are told so, before anything tries to read them. */
    private static void onlyJson(RoutingContext ctx) {
        String type = ctx.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null || type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            ctx.next();
        } else {
            ctx.fail(415);
        }
    }

    private void mountStream(Router router, String id, Handler<Call> handler) {
        io.vertx.openapi.contract.Operation operation = openapi.operation(id);
        String path = operation.getOpenAPIPath().replaceAll("\\{([^}]+)}", ":$1");
        router.route(operation.getHttpMethod(), path).handler(ctx -> {
            // The caller is looked up in the database; the body waits until somebody reads it.
            ctx.request().pause();
            callerFor(id, ctx)
                    .onSuccess(caller -> {
                        try {
                            handler.handle(new Call(ctx, caller, null));
                        } catch (RuntimeException refused) {
                            ctx.request().resume();
                            ctx.fail(refused);
                        }
                    })
                    .onFailure(refused -> {
                        ctx.request().resume();
                        ctx.fail(refused);
                    });
        });
    }

    private Router validated() {
        RouterBuilder builder = RouterBuilder.create(vertx, openapi, new AsTyped());
        for (OpenAPIRoute route : builder.getRoutes()) {
            String id = route.getOperation().getOperationId();
            Operation operation = operations.get(id);
            Handler<Call> handler = open.get(id);
            if (handler != null) {
                route.addHandler(ctx -> handler.handle(
                        new Call(ctx, Caller.NOBODY, ctx.get(RouterBuilder.KEY_META_DATA_VALIDATED_REQUEST))));
            } else if (operation == null) {
                route.addHandler(RoutingContext::next);
            } else {
                route.addHandler(ctx -> serve(id, operation, ctx));
            }
        }
        return builder.createRouter();
    }

    private void serve(String id, Operation operation, RoutingContext ctx) {
        ValidatedRequest request = ctx.get(RouterBuilder.KEY_META_DATA_VALIDATED_REQUEST);
        callerFor(id, ctx)
                .compose(caller -> operation.answer(new Call(ctx, caller, request)))
                .onSuccess(answer -> show(ctx, answer))
                .onFailure(ctx::fail);
    }

    /** Who asks; an operation the contract secures refuses nobody in particular. */
    private Future<Caller> callerFor(String id, RoutingContext ctx) {
        boolean needed = secured.contains(id);
        Future<Caller> asked = authenticator.callerOf(ctx);
        return (needed ? asked : asked.otherwise(Caller.NOBODY)).map(caller -> {
            if (needed && caller instanceof Caller.Nobody) {
                throw Refusal.of(Refusal.Kind.NOT_SIGNED_IN, "请先登录，再继续操作。");
            }
            return caller;
        });
    }

    /** Writes an answer. */
    public static void show(RoutingContext ctx, Answer answer) {
        HttpServerResponse response = ctx.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        Object body = answer.body();
        if (body == null) {
            response.end();
        } else if (body instanceof Buffer bytes) {
            response.end(bytes);
        } else {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8");
            response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            response.end(((JsonObject) body).toBuffer());
        }
    }

    private void known(String operationId) {
        io.vertx.openapi.contract.@Nullable Operation operation = openapi.operation(operationId);
        if (operation == null) {
            throw new IllegalArgumentException("the contract has no operation " + operationId);
        }
    }
}
