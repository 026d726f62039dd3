package linge;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** One sensible request for each operation of the contract, to be sent as it is or bent. */
public final class SampleRequests {

    /** What a sample speaks of. */
    public record On(String number, String media, String user, String grid) {}

    /** Path with query, and a body or none. */
    public record Sample(String path, JsonObject body) {}

    private SampleRequests() {}

    public static Sample of(String operation, On on) {
        Sample sample = all(on).get(operation);
        return Objects.requireNonNull(sample, () -> "no sample for the operation " + operation);
    }

    /** The headers an operation asks for beside those of the session. */
    public static Client withHeaders(String operation, Client client) {
        return operation.equals("fileCase")
                ? client.with("Idempotency-Key", UUID.randomUUID().toString())
                : client;
    }

    private static Map<String, Sample> all(On on) {
        String acase = "/api/cases/" + on.number();
        JsonObject move = new JsonObject().put("move", "NOTE").put("version", 0).put("words", "已到现场");
        return Map.ofEntries(
                plain("getSettings", "/api/settings"),
                plain("listCategories", "/api/categories"),
                sending("triage", "/api/triage", new JsonObject().put("text", "路灯坏了")),
                plain("listPlaces", "/api/places?parent=140403"),
                plain("findGridAt", "/api/grids/at?lon=113.117&lat=36.195&crs=wgs84"),
                plain("findGridByWords", "/api/grids/find?q=%E5%85%AB%E4%B8%80%E7%A4%BE%E5%8C%BA"),
                plain("listGridOutlines", "/api/grids/outlines?west=113.11&south=36.19&east=113.12&north=36.2"),
                plain("getGrid", "/api/grids/" + on.grid()),
                sending("fileCase", "/api/cases", TestApp.streetLamp()),
                plain("listCases", "/api/cases?view=all&limit=5"),
                plain("getCase", acase),
                plain("getCaseHistory", acase + "/history"),
                sending("makeMove", acase + "/moves", move),
                sending("rateCase", acase + "/rating", new JsonObject().put("score", 5)),
                sending("revealIdentity", acase + "/identity", new JsonObject().put("purpose", "需要当面核实情况")),
                plain("uploadMedia", "/api/media"),
                plain("getMedia", "/api/media/" + on.media()),
                plain("deleteMedia", "/api/media/" + on.media()),
                plain("getThumbnail", "/api/media/" + on.media() + "/thumbnail"),
                sending("sendSmsCode", "/api/sms-codes", new JsonObject().put("phone", TestApp.phone())),
                sending(
                        "signIn",
                        "/api/sessions",
                        new JsonObject()
                                .put("user", "nobody-" + UUID.randomUUID())
                                .put("password", "not the password")),
                plain("getSession", "/api/sessions"),
                plain("signOut", "/api/sessions"),
                plain("getMe", "/api/me"),
                sending("putMe", "/api/me", new JsonObject().put("name", "王小明")),
                sending(
                        "changePassword",
                        "/api/me/password",
                        new JsonObject().put("old", "not the old one").put("new", "a new and long one")),
                plain("listStaff", "/api/staff?limit=3"),
                sending("addStaff", "/api/staff", newcomer()),
                sending("changeStaff", "/api/staff/" + on.user(), new JsonObject()),
                plain("endStaffSessions", "/api/staff/" + on.user() + "/sessions"),
                plain("getInbox", "/api/inbox?limit=3"),
                sending("markInboxRead", "/api/inbox/read", new JsonObject().put("upTo", 0)),
                plain("live", "/api/live"),
                plain("listDemoMessages", "/api/demo/messages?phone=13900000000"),
                plain("listDemoSignIns", "/api/demo/sign-ins?grid=" + on.grid()));
    }

    private static JsonObject newcomer() {
        return new JsonObject()
                .put("user", "new-" + UUID.randomUUID())
                .put("name", "新来的")
                .put("role", "DISPATCHER")
                .put("area", "140403")
                .put("password", "a new and long one");
    }

    private static Map.Entry<String, Sample> plain(String operation, String path) {
        return Map.entry(operation, new Sample(path, null));
    }

    private static Map.Entry<String, Sample> sending(String operation, String path, JsonObject body) {
        return Map.entry(operation, new Sample(path, body));
    }
}
