package linge.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.stream.Stream;
import linge.Reply;
import linge.TestApp;
import linge.demo.DemoStaff;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Getting in: codes and passwords, and what happens to those who guess; outside demo mode. */
class SignInTest {

    private static TestApp app;

    @BeforeAll
    static void start() {
        app = TestApp.earnest();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void a_code_lets_in_once() {
        String phone = TestApp.phone();
        ask(phone).expect(202);
        String code = app.code(phone);
        use(phone, code).expect(201);
        use(phone, code).refused(401, "wrong-credentials");
    }

    @Test
    void a_code_is_worth_nothing_after_five_minutes_or_when_another_was_sent() {
        String phone = TestApp.phone();
        ask(phone).expect(202);
        String first = app.code(phone);
        app.clock().forward(Duration.ofMinutes(5).plusSeconds(1));
        use(phone, first).refused(401, "wrong-credentials");
        ask(phone).expect(202);
        String second = app.code(phone);
        ask(phone).expect(202);
        String third = app.code(phone);
        if (!second.equals(third)) {
            use(phone, second).refused(401, "wrong-credentials");
        }
        use(phone, third).expect(201);
    }

    @Test
    void five_wrong_guesses_use_a_code_up() {
        String phone = TestApp.phone();
        ask(phone).expect(202);
        String code = app.code(phone);
        String wrong = code.equals("000000") ? "111111" : "000000";
        for (int i = 0; i < 5; i++) {
            use(phone, wrong).refused(401, "wrong-credentials");
        }
        use(phone, code).refused(401, "wrong-credentials");
    }

    @Test
    void nobody_is_sent_more_than_five_codes_in_ten_minutes() {
        String phone = TestApp.phone();
        for (int i = 0; i < 5; i++) {
            ask(phone).expect(202);
        }
        Reply refused = ask(phone).refused(429, "too-often");
        int wait = Integer.parseInt(refused.header("retry-after"));
        assertTrue(wait > 0 && wait <= 601, () -> "wait " + wait);
        assertEquals(wait, refused.json().getInteger("retryAfter"));
        app.clock().forward(Duration.ofSeconds(wait));
        ask(phone).expect(202);
    }

    @Test
    void a_fullwidth_or_foreign_way_of_writing_is_the_same_phone() {
        String phone = TestApp.phone();
        ask("+86 " + phone.substring(0, 3) + "-" + phone.substring(3, 7) + " " + phone.substring(7))
                .expect(202);
        StringBuilder wide = new StringBuilder();
        phone.chars().forEach(digit -> wide.append((char) (digit - '0' + '０')));
        use(wide.toString(), app.code(phone)).expect(201);
    }

    @TestFactory
    Stream<DynamicTest> what_is_no_mobile_number_gets_no_code() {
        return Stream.of(
                        "12345678901",
                        "1390000000",
                        "139000000000",
                        "0355-2012345",
                        "手机",
                        "13900000000\u0000",
                        "' OR 1=1 --")
                .map(typed -> DynamicTest.dynamicTest(typed, () -> ask(typed).refused(400, "bad-input")));
    }

    @Test
    void five_wrong_passwords_close_the_door_for_a_while() {
        JsonObject wrong = new JsonObject().put("user", "somebody").put("password", "not the password");
        for (int i = 0; i < 5; i++) {
            app.nobody().post("/api/sessions", wrong).refused(401, "wrong-credentials");
        }
        Reply refused = app.nobody().post("/api/sessions", wrong).refused(429, "too-often");
        assertTrue(Integer.parseInt(refused.header("retry-after")) > 0);
        app.nobody().post("/api/sessions", wrong.put("user", "SOMEBODY")).refused(429, "too-often");
        app.clock().forward(Duration.ofMinutes(16));
        app.nobody().post("/api/sessions", wrong).refused(401, "wrong-credentials");
    }

    @Test
    void an_unknown_name_sounds_like_a_wrong_password() {
        Reply unknown = password("nobody-at-all", "not the password").refused(401, "wrong-credentials");
        Reply demo = password("dispatcher-140403", "not the password").refused(401, "wrong-credentials");
        assertEquals(unknown.string("detail"), demo.string("detail"));
    }

    @Test
    void demo_accounts_and_demo_pages_are_dead_outside_demo_mode() {
        password("admin", DemoStaff.PASSWORD).refused(401, "wrong-credentials");
        app.nobody().get("/api/demo/messages").refused(404, "not-found");
        app.nobody().get("/api/demo/sign-ins").refused(404, "not-found");
        assertEquals(false, app.nobody().get("/api/settings").expect(200).json().getBoolean("demo"));
    }

    @Test
    void half_a_sign_in_is_none() {
        for (JsonObject half : new JsonObject[] {
            new JsonObject(),
            new JsonObject().put("phone", TestApp.phone()),
            new JsonObject().put("user", "admin"),
            new JsonObject()
                    .put("phone", TestApp.phone())
                    .put("code", "123456")
                    .put("user", "admin")
                    .put("password", "x"),
        }) {
            app.nobody().post("/api/sessions", half).refused(400, "bad-input");
        }
    }

    private static Reply ask(String phone) {
        return app.nobody().post("/api/sms-codes", new JsonObject().put("phone", phone));
    }

    private static Reply use(String phone, String code) {
        return app.nobody()
                .post("/api/sessions", new JsonObject().put("phone", phone).put("code", code));
    }

    private static Reply password(String user, String password) {
        return app.nobody()
                .post("/api/sessions", new JsonObject().put("user", user).put("password", password));
    }
}
