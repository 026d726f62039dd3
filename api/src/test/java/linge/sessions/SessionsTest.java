package linge.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import linge.Client;
import linge.Reply;
import linge.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a session is, and every way it ends. */
class SessionsTest {

    private static final String NEW_PASSWORD = "一个新的、长的密码 2026";

    private static TestApp app;
    private static Client admin;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
        admin = app.staff("admin");
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void the_cookie_is_closed_to_scripts_and_to_other_sites() {
        String cookie = signedIn(TestApp.phone()).header("set-cookie");
        assertTrue(cookie.startsWith("linge_session="), cookie);
        assertTrue(cookie.contains("HTTPOnly") || cookie.contains("HttpOnly"), cookie);
        assertTrue(cookie.contains("SameSite=Lax"), cookie);
        assertTrue(cookie.contains("Path=/"), cookie);
        assertFalse(cookie.contains("Secure"), cookie);
    }

    @Test
    void a_cookie_session_changes_nothing_without_its_own_csrf_token() {
        Reply signedIn = signedIn(TestApp.phone());
        Client browser =
                app.nobody().with("Cookie", signedIn.header("set-cookie").replaceFirst(";.*", ""));
        assertEquals(
                signedIn.string("csrf"),
                browser.get("/api/sessions").expect(200).string("csrf"));
        JsonObject name = new JsonObject().put("name", "王小明");
        browser.put("/api/me", name).refused(403, "forged-form");
        browser.with("X-CSRF-Token", "").put("/api/me", name).refused(403, "forged-form");
        String others = signedIn(TestApp.phone()).string("csrf");
        browser.with("X-CSRF-Token", others).put("/api/me", name).refused(403, "forged-form");
        browser.delete("/api/sessions").refused(403, "forged-form");
        browser.send("POST", "/api/media", "application/octet-stream", new byte[10])
                .refused(403, "forged-form");
        browser.with("X-CSRF-Token", signedIn.string("csrf"))
                .put("/api/me", name)
                .expect(200);
    }

    @Test
    void a_bearer_needs_no_csrf_token() {
        app.resident().put("/api/me", new JsonObject().put("name", "王小明")).expect(200);
    }

    @Test
    void a_token_nobody_was_given_is_nobodys() {
        for (String token : new String[] {"", "x", UUID.randomUUID().toString(), "a".repeat(5000)}) {
            app.nobody().bearer(token).get("/api/me").refused(401, "not-signed-in");
            app.nobody().with("Cookie", "linge_session=" + token).get("/api/me").refused(401, "not-signed-in");
        }
        assertEquals(0, app.count("SELECT count(*) FROM sessions WHERE token_hash = sha256($1::text::bytea)", "x"));
    }

    @Test
    void signing_out_ends_this_session_and_signing_out_everywhere_all_of_them() {
        String phone = TestApp.phone();
        Client here = app.resident(phone);
        Client there = app.resident(phone);
        Client elsewhere = app.resident(phone);
        assertTrue(here.delete("/api/sessions").expect(204).header("set-cookie").contains("Max-Age=0"));
        here.get("/api/me").refused(401, "not-signed-in");
        there.get("/api/me").expect(200);
        there.delete("/api/sessions?everywhere=true").expect(204);
        there.get("/api/me").refused(401, "not-signed-in");
        elsewhere.get("/api/me").refused(401, "not-signed-in");
    }

    @Test
    void a_new_password_ends_the_other_sessions_and_keeps_this_one() {
        String user = newcomer();
        Client here = signIn(user, "a new and long one");
        Client there = signIn(user, "a new and long one");
        JsonObject change = new JsonObject().put("old", "a new and long one").put("new", NEW_PASSWORD);
        here.put("/api/me/password", change.copy().put("old", "wrong old one")).refused(422, "not-sensible");
        here.put("/api/me/password", change.copy().put("new", "short")).refused(422, "not-sensible");
        here.put("/api/me/password", change.copy().put("new", "aaaaaaaaaaaaaa")).refused(422, "not-sensible");
        there.get("/api/me").expect(200);
        here.put("/api/me/password", change).expect(204);
        here.get("/api/me").expect(200);
        there.get("/api/me").refused(401, "not-signed-in");
        tryPassword(user, "a new and long one").refused(401, "wrong-credentials");
        signIn(user, NEW_PASSWORD);
    }

    @Test
    void a_closed_account_is_out_at_once_and_may_come_back() {
        String user = newcomer();
        Client member = signIn(user, "a new and long one");
        assertFalse(admin.patch("/api/staff/" + user, new JsonObject().put("active", false))
                .expect(200)
                .json()
                .getBoolean("active"));
        member.get("/api/me").refused(401, "not-signed-in");
        tryPassword(user, "a new and long one").refused(401, "wrong-credentials");
        admin.patch("/api/staff/" + user, new JsonObject().put("active", true)).expect(200);
        member.get("/api/me").refused(401, "not-signed-in");
        signIn(user, "a new and long one");
        admin.patch("/api/staff/admin", new JsonObject().put("active", false)).refused(422, "not-sensible");
    }

    @Test
    void the_administrator_sets_a_password_and_ends_sessions() {
        String user = newcomer();
        Client member = signIn(user, "a new and long one");
        admin.delete("/api/staff/" + user + "/sessions").expect(204);
        member.get("/api/me").refused(401, "not-signed-in");
        Client again = signIn(user, "a new and long one");
        admin.patch("/api/staff/" + user, new JsonObject().put("password", NEW_PASSWORD))
                .expect(200);
        again.get("/api/me").refused(401, "not-signed-in");
        signIn(user, NEW_PASSWORD);
        admin.patch("/api/staff/nobody-there", new JsonObject()).refused(404, "not-found");
    }

    @Test
    void a_username_is_taken_once_whatever_its_case() {
        String user = newcomer();
        admin.post("/api/staff", account(user.toUpperCase(java.util.Locale.ROOT)))
                .refused(409, "already-there");
        admin.post("/api/staff", account("worker-nowhere").put("role", "GRID_WORKER"))
                .refused(422, "not-sensible");
        admin.post("/api/staff", account("officer-of-none").put("role", "DEPARTMENT_OFFICER"))
                .refused(422, "not-sensible");
        admin.post("/api/staff", account("strange-area").put("area", "14040")).refused(422, "not-sensible");
    }

    @Test
    void sessions_run_out_when_unused_and_go_on_when_used() {
        // A service of its own, as its clock is set forward.
        try (TestApp later = TestApp.on(TestApp.demoDatabase(), java.util.Map.of("LINGE_DEMO", "true"))) {
            Client used = later.resident();
            Client unused = later.resident();
            Client staff = later.staff("admin");
            later.clock().forward(Duration.ofHours(11));
            staff.get("/api/me").expect(200);
            later.clock().forward(Duration.ofHours(11));
            staff.get("/api/me").expect(200);
            later.clock().forward(Duration.ofHours(13));
            staff.get("/api/me").refused(401, "not-signed-in");
            later.clock().forward(Duration.ofDays(20));
            used.get("/api/me").expect(200);
            later.clock().forward(Duration.ofDays(20));
            used.get("/api/me").expect(200);
            unused.get("/api/me").refused(401, "not-signed-in");
        }
    }

    private static Reply signedIn(String phone) {
        app.nobody()
                .post("/api/sms-codes", new JsonObject().put("phone", phone))
                .expect(202);
        return app.nobody()
                .post("/api/sessions", new JsonObject().put("phone", phone).put("code", app.code(phone)))
                .expect(201);
    }

    private static String newcomer() {
        String user = "new-" + UUID.randomUUID();
        admin.post("/api/staff", account(user)).expect(201);
        return user;
    }

    private static JsonObject account(String user) {
        return new JsonObject()
                .put("user", user)
                .put("name", "新来的")
                .put("role", "DISPATCHER")
                .put("area", "140403")
                .put("password", "a new and long one");
    }

    private static Client signIn(String user, String password) {
        return app.nobody().bearer(tryPassword(user, password).expect(201).string("token"));
    }

    private static Reply tryPassword(String user, String password) {
        return app.nobody()
                .post("/api/sessions", new JsonObject().put("user", user).put("password", password));
    }
}
