package linge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import linge.TestApp;
import linge.db.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the way of a start is told in one line; and the first administrator is made by hand. */
class StartTest {

    private static TestApp running;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        running = TestApp.earnest();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void a_busy_port_is_named() throws IOException {
        try (ServerSocket busy = new ServerSocket(0)) {
            refusedWith("LINGE_PORT", Map.of("LINGE_PORT", String.valueOf(busy.getLocalPort())));
        }
    }

    @Test
    void a_data_folder_that_cannot_be_one_is_named() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        refusedWith("LINGE_DATA", Map.of("LINGE_DATA", file.resolve("below").toString()));
    }

    @Test
    void a_database_that_does_not_answer_is_named() throws IOException {
        int closed;
        try (ServerSocket soon = new ServerSocket(0)) {
            closed = soon.getLocalPort();
        }
        String said = refusedWith(
                "LINGE_DB_URL", Map.of("LINGE_DB_URL", "postgresql://linge:s3cret@127.0.0.1:" + closed + "/linge"));
        assertFalse(said.contains("s3cret"), said);
    }

    @Test
    void a_database_that_is_not_there_is_named() {
        refusedWith("LINGE_DB_URL", Map.of("LINGE_DB_URL", running.database().url() + "_not_there"));
    }

    @Test
    void a_second_process_on_one_folder_is_refused() {
        refusedWith("LINGE_DATA", Map.of("LINGE_DATA", running.folder().toString()));
    }

    @Test
    void an_unknown_setting_is_named() {
        refusedWith("LINGE_TYPO", Map.of("LINGE_TYPO", "1"));
    }

    @Test
    void an_unknown_command_is_told_the_usage() {
        Command.Ended ended = Command.run(Map.of(), "sevre");
        assertEquals(2, ended.code());
        assertTrue(ended.said().contains("serve"), ended.said());
    }

    @Test
    void the_first_administrator_is_made_by_the_command_and_signs_in() {
        TestDatabase database = running.database();
        Map<String, String> environment = Map.of(
                "LINGE_DB_URL", database.url(), "LINGE_DATA", folder.toString(), "LINGE_ADMIN_PASSWORD", "一个足够长的密码 1");
        Command.Ended made = Command.run(environment, "admin", "create", "--user", "first.admin", "--name", "管理员甲");
        assertEquals(0, made.code(), made.said());
        assertFalse(made.said().contains("一个足够长的密码"), made.said());
        var admin = running.nobody()
                .bearer(running.nobody()
                        .post(
                                "/api/sessions",
                                new JsonObject().put("user", "first.admin").put("password", "一个足够长的密码 1"))
                        .expect(201)
                        .string("token"));
        assertEquals(
                "ADMINISTRATOR",
                admin.get("/api/me").expect(200).json().getJsonObject("staff").getString("role"));
        Command.Ended again = Command.run(environment, "admin", "create", "--user", "First.Admin", "--name", "管理员乙");
        assertEquals(1, again.code());
        assertTrue(again.said().contains("已经有人用了"), again.said());
    }

    @Test
    void a_weak_password_makes_no_administrator() {
        Map<String, String> environment = Map.of(
                "LINGE_DB_URL",
                running.database().url(),
                "LINGE_DATA",
                folder.toString(),
                "LINGE_ADMIN_PASSWORD",
                "short");
        Command.Ended ended = Command.run(environment, "admin", "create", "--user", "second.admin", "--name", "管理员乙");
        assertEquals(1, ended.code());
        assertOneLine(ended.said(), "密码太短");
        assertEquals(0, running.count("SELECT count(*) FROM staff WHERE username = 'second.admin'"));
    }

    private String refusedWith(String setting, Map<String, String> wrong) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "LINGE_PORT",
                "0",
                "LINGE_HOST",
                "127.0.0.1",
                "LINGE_DATA",
                folder.toString(),
                "LINGE_DB_URL",
                running.database().url()));
        environment.putAll(wrong);
        Command.Ended ended = Command.run(environment, "serve");
        assertEquals(1, ended.code(), ended.said());
        assertOneLine(ended.said(), setting);
        return ended.said();
    }

    /** One line begins with our name and says it; no stack trace around it. */
    private static void assertOneLine(String said, String word) {
        assertEquals(
                1,
                said.lines()
                        .filter(line -> line.startsWith("邻格：") && line.contains(word))
                        .count(),
                said);
        assertFalse(said.contains("\tat "), said);
    }
}
