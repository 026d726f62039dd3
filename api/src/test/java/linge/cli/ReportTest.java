package linge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import linge.Client;
import linge.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Made-up cases by command, and the board's figures recomputed by command, beside a service that runs. */
class ReportTest {

    @TempDir
    private Path folder;

    @Test
    void the_command_prints_what_the_board_shows() {
        try (TestApp app = TestApp.demo()) {
            Map<String, String> beside = Map.of(
                    "LINGE_DB_URL",
                    app.database().url(),
                    "LINGE_DATA",
                    folder.resolve("data").toString(),
                    "LINGE_DEMO",
                    "true");
            Command.Ended filled = Command.run(beside, "demo", "fill", "--cases", "40");
            assertEquals(0, filled.code(), filled.said());
            Client supervisor = app.staff("supervisor-1404");
            JsonObject board = supervisor.get("/api/board").expect(200).json();
            Command.Ended told = Command.run(
                    beside,
                    "report",
                    "rates",
                    "--from",
                    board.getString("from"),
                    "--to",
                    board.getString("to"),
                    "--now",
                    board.getString("until"));
            assertEquals(0, told.code(), told.said());
            board.getJsonArray("figures").forEach(one -> {
                JsonObject figure = (JsonObject) one;
                String start = figure.getString("figure") + " " + figure.getString("name") + " ";
                String wanted = figure.getBoolean("share")
                        ? start + figure.getInteger("hit") + "/" + figure.getInteger("base")
                        : start + figure.getInteger("base");
                assertTrue(told.said().contains(wanted), () -> wanted + " is not in\n" + told.said());
            });
            Command.Ended cleared = Command.run(beside, "demo", "clear");
            assertTrue(cleared.said().contains("40"), cleared.said());
            assertEquals(0, app.count("SELECT count(*) FROM cases"));
            Map<String, String> earnest = Map.of("LINGE_DB_URL", app.database().url(), "LINGE_DATA", folder.toString());
            assertEquals(1, Command.run(earnest, "demo", "fill").code());
        }
    }
}
