package linge.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** {@code /health/live}: the process answers. {@code /health/ready}: every part it needs does, or which does not. */
public final class Health {

    private static final long PATIENCE_MILLIS = 3_000;

    private final Map<String, Supplier<Future<Boolean>>> parts = new LinkedHashMap<>();

    /** Adds a part; {@code works} is asked on every look and may fail. */
    public Health part(String name, Supplier<Future<Boolean>> works) {
        parts.put(name, works);
        return this;
    }

    public void mount(Router router) {
        router.get("/health/live").handler(ctx -> Contract.show(ctx, Answer.ok(new JsonObject().put("status", "UP"))));
        router.get("/health/ready").handler(this::ready);
    }

    private void ready(RoutingContext ctx) {
        List<Future<JsonObject>> looks = new ArrayList<>();
        parts.forEach((name, works) -> looks.add(look(name, works)));
        Future.join(looks).onComplete(done -> {
            JsonArray shown = new JsonArray();
            boolean up = true;
            for (Future<JsonObject> look : looks) {
                shown.add(look.result());
                up &= look.result().getString("status").equals("UP");
            }
            JsonObject body = new JsonObject().put("status", up ? "UP" : "DOWN").put("parts", shown);
            Contract.show(ctx, new Answer(up ? 200 : 503, body, Map.of()));
        });
    }

    private static Future<JsonObject> look(String name, Supplier<Future<Boolean>> works) {
        Future<Boolean> asked;
        try {
            asked = works.get();
        } catch (RuntimeException broken) {
            asked = Future.failedFuture(broken);
        }
        return asked.timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .otherwise(false)
                .map(up -> new JsonObject().put("name", name).put("status", up ? "UP" : "DOWN"));
    }
}
