package linge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import linge.TestApp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {

    @TempDir
    private Path folder;

    @Test
    void the_command_says_which_line_of_which_case_was_changed() {
        try (TestApp app = TestApp.demo()) {
            String number = app.resident().file(TestApp.streetLamp()).getString("number");
            app.resident().file(TestApp.streetLamp());
            app.staff("worker-" + app.grid()).move(number, "NOTE", "words", "看过现场");
            Map<String, String> beside = Map.of(
                    "LINGE_DB_URL",
                    app.database().url(),
                    "LINGE_DATA",
                    folder.resolve("data").toString());
            Command.Ended whole = Command.run(beside, "history", "verify");
            assertEquals(0, whole.code(), whole.said());
            assertTrue(whole.said().contains("核对了 2 件诉求、3 行记录，全部完好"), whole.said());

            app.sql(db -> db.withConnection(own -> own.query("SET session_replication_role = replica")
                    .execute()
                    .compose(done -> own.query("UPDATE case_history SET words = '看过现场。' WHERE seq = 1")
                            .execute())));
            Command.Ended broken = Command.run(beside, "history", "verify", number);
            assertEquals(1, broken.code(), broken.said());
            assertTrue(broken.said().contains(number + " 第 1 行"), broken.said());
            assertEquals(
                    1, Command.run(beside, "history", "verify", "261123000017").code());
        }
    }
}
