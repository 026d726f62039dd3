package linge.http;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatedRequest;
import java.util.Map;
import linge.shared.Caller;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** One request to one operation: who asks, and what they sent, its shape already checked against the contract. */
public record Call(
        RoutingContext ctx, Caller caller, @Nullable ValidatedRequest request) {

    /** The JSON body; empty when none was sent. */
    public JsonObject body() {
        RequestParameter body = request == null ? null : request.getBody();
        return body == null || !body.isJsonObject() ? new JsonObject() : body.getJsonObject();
    }

    public String path(String name) {
        String value = request == null ? ctx.pathParam(name) : string(request.getPathParameters(), name);
        if (value == null) {
            throw new IllegalStateException("the contract has no path parameter " + name);
        }
        return value;
    }

    public @Nullable String query(String name) {
        return request == null ? ctx.queryParams().get(name) : string(request.getQuery(), name);
    }

    /** A number of the query, or {@code otherwise} where it was left out. */
    public double number(String name, double otherwise) {
        RequestParameter value = request == null ? null : request.getQuery().get(name);
        return value == null || value.isNull() || !value.isNumber() ? otherwise : value.getDouble();
    }

    public int integer(String name, int otherwise) {
        return (int) number(name, otherwise);
    }

    public boolean flag(String name) {
        RequestParameter value = request == null ? null : request.getQuery().get(name);
        return value != null && value.isBoolean() && Boolean.TRUE.equals(value.getBoolean());
    }

    /** Where the request came from, as the server was told to believe. */
    public String address() {
        return String.valueOf(ctx.request().remoteAddress().hostAddress());
    }

    public @Nullable String header(String name) {
        return ctx.request().getHeader(name);
    }

    /** The signed-in resident; anybody else is told that this is for residents. */
    public Caller.Resident resident() {
        if (caller instanceof Caller.Resident resident) {
            return resident;
        }
        throw Refusal.notAllowed("这项操作只对居民开放，请用手机号登录居民端。");
    }

    /** The signed-in staff member; anybody else is told that this is for staff. */
    public Caller.Staff staff() {
        if (caller instanceof Caller.Staff staff) {
            return staff;
        }
        throw Refusal.notAllowed("这项操作只对工作人员开放。");
    }

    private static @Nullable String string(Map<String, RequestParameter> from, String name) {
        RequestParameter value = from.get(name);
        return value == null || value.isNull() ? null : String.valueOf(value.get());
    }
}
