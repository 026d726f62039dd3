package linge.mediation;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/** Mediators, sessions and agreements as they are kept in a row, and as the contract shows them: the same. */
final class Papers {
    private Papers() {}

    static JsonArray mediators(List<Mediator> mediators) {
        return mediators.stream()
                .map(one -> new JsonObject().put("name", one.name()).put("user", one.user()))
                .collect(array());
    }

    static List<Mediator> mediators(JsonArray kept) {
        return objects(kept).stream()
                .map(one -> new Mediator(one.getString("name"), one.getString("user")))
                .toList();
    }

    static JsonArray sessions(List<Session> sessions) {
        return sessions.stream()
                .map(one -> new JsonObject()
                        .put("no", one.no())
                        .put("at", one.at().toString())
                        .put("place", one.place())
                        .put("minutes", one.minutes())
                        .put("came", one.came().stream().map(UUID::toString).collect(array())))
                .collect(array());
    }

    static List<Session> sessions(JsonArray kept) {
        return objects(kept).stream()
                .map(one -> new Session(
                        one.getInteger("no"),
                        Instant.parse(one.getString("at")),
                        one.getString("place"),
                        one.getString("minutes"),
                        one.getJsonArray("came").stream()
                                .map(id -> UUID.fromString(String.valueOf(id)))
                                .toList()))
                .toList();
    }

    static @Nullable JsonObject agreement(@Nullable Agreement agreement) {
        return agreement == null
                ? null
                : new JsonObject()
                        .put("oral", agreement.oral())
                        .put("dispute", agreement.dispute())
                        .put("manner", agreement.manner())
                        .put("signedOn", agreement.signedOn().toString())
                        .put(
                                "items",
                                agreement.items().stream().map(Papers::item).collect(array()));
    }

    private static JsonObject item(Agreement.Item item) {
        LocalDate due = item.due();
        return new JsonObject()
                .put("no", item.no())
                .put("who", item.who().toString())
                .put("what", item.what())
                .put("fen", item.fen())
                .put("due", due == null ? null : due.toString())
                .put("kept", item.kept())
                .put("found", item.found());
    }

    static @Nullable Agreement agreement(@Nullable JsonObject kept) {
        return kept == null
                ? null
                : new Agreement(
                        kept.getBoolean("oral"),
                        kept.getString("dispute"),
                        objects(kept.getJsonArray("items")).stream()
                                .map(Papers::item)
                                .toList(),
                        kept.getString("manner"),
                        LocalDate.parse(kept.getString("signedOn")));
    }

    private static Agreement.Item item(JsonObject kept) {
        String due = kept.getString("due");
        return new Agreement.Item(
                kept.getInteger("no"),
                UUID.fromString(kept.getString("who")),
                kept.getString("what"),
                kept.getLong("fen"),
                due == null ? null : LocalDate.parse(due),
                kept.getBoolean("kept"),
                kept.getString("found"));
    }

    static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }

    static <T> Collector<T, JsonArray, JsonArray> array() {
        return Collector.of(JsonArray::new, JsonArray::add, JsonArray::addAll);
    }
}
