package linge.whistle;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import linge.Client;
import linge.Reply;
import linge.TestApp;

/** Who takes part in a whistle on a case in the middle of the city: its town, and departments of its county. */
final class Scene {

    static final String HOUSING = "HOUSING";
    static final String WATER = "WATER_RESOURCES";
    static final String POWER = "POWER_SUPPLY";

    final TestApp app;
    final String grid;
    final String county;
    final Client resident;
    final Client worker;
    final Client town;
    final Client housing;
    final Client water;
    final Client power;

    Scene(TestApp app) {
        this.app = app;
        this.grid = app.grid();
        this.county = grid.substring(0, 6);
        this.resident = app.resident();
        this.worker = app.staff("worker-" + grid);
        this.town = app.staff("dispatcher-" + grid.substring(0, 9));
        this.housing = app.staff("officer-" + county + "-housing");
        this.water = app.staff("officer-" + county + "-water_resources");
        this.power = app.staff("officer-" + county + "-power_supply");
    }

    /** A case that its grid's worker accepted. */
    String accepted() {
        String number = resident.file(TestApp.streetLamp()).getString("number");
        worker.move(number, "ACCEPT");
        return number;
    }

    static JsonObject wanted() {
        return new JsonObject()
                .put("reason", "路面塌陷，地下有水管和电缆")
                .put("lead", HOUSING)
                .put("assisting", new JsonArray().add(WATER).add(POWER));
    }

    static Reply blow(Client who, String number, JsonObject wanted) {
        return keyed(who).post("/api/cases/" + number + "/whistle", wanted);
    }

    /** The whistle of the town on a case, with housing in the lead. */
    JsonObject blown(String number) {
        return blow(town, number, wanted()).expect(201).json();
    }

    static Client keyed(Client who) {
        return who.with("Idempotency-Key", UUID.randomUUID().toString());
    }

    static Reply reportIn(Client who, String id) {
        return keyed(who).post("/api/whistles/" + id + "/report", here());
    }

    static JsonObject here() {
        return new JsonObject()
                .put(
                        "point",
                        new JsonObject()
                                .put("lon", TestApp.LON + 0.0005)
                                .put("lat", TestApp.LAT)
                                .put("crs", "wgs84")
                                .put("accuracy", 12))
                .put("people", new JsonArray().add("王工").add("李工"));
    }

    static JsonObject see(Client who, String id) {
        return who.get("/api/whistles/" + id).expect(200).json();
    }

    /** One act with the version that stands now. */
    static Reply act(Client who, String id, String act, Object... more) {
        JsonObject body = new JsonObject().put("version", see(who, id).getInteger("version"));
        for (int i = 0; i < more.length; i += 2) {
            body.put((String) more[i], more[i + 1]);
        }
        return who.post("/api/whistles/" + id + "/" + act, body);
    }

    /** All three are there, and housing wrote what they found. */
    void concluded(String id) {
        reportIn(housing, id).expect(200);
        reportIn(water, id).expect(200);
        reportIn(power, id).expect(200);
        act(housing, id, "conclusion", "words", "主管漏水掏空路基：住建局三天内换管修路。").expect(200);
    }

    static JsonObject call(JsonObject whistle, String department) {
        return whistle.getJsonArray("calls").stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getJsonObject("department").getString("code").equals(department))
                .findFirst()
                .orElseThrow();
    }

    static List<String> acts(JsonObject whistle) {
        return whistle.getJsonArray("lines").stream()
                .map(line -> ((JsonObject) line).getString("act"))
                .toList();
    }

    static List<JsonObject> history(Client who, String number) {
        return who.get("/api/cases/" + number + "/history").expect(200).items().stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    static <T> List<T> atOnce(List<Supplier<T>> all) {
        ExecutorService crowd = Executors.newFixedThreadPool(all.size());
        try {
            return all.stream().map(one -> CompletableFuture.supplyAsync(one, crowd)).toList().stream()
                    .map(CompletableFuture::join)
                    .toList();
        } finally {
            crowd.shutdown();
        }
    }
}
