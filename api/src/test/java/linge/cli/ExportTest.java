package linge.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import linge.Client;
import linge.Eventually;
import linge.TestApp;
import linge.legal.MadeUpLaws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes out of the database and goes into it by command, beside a service that runs. */
class ExportTest {

    @TempDir
    private Path folder;

    @Test
    void corrections_come_out_as_a_table_and_statutes_go_in() throws IOException {
        try (TestApp app = TestApp.demo()) {
            Client worker = app.staff("worker-" + app.grid());
            String number = app.resident().file(TestApp.streetLamp()).getString("number");
            worker.move(number, "CORRECT", "category", "LAW.AID");
            Map<String, String> beside = Map.of(
                    "LINGE_DB_URL",
                    app.database().url(),
                    "LINGE_DATA",
                    folder.resolve("data").toString());
            Path out = folder.resolve("corrections.csv");
            Command.Ended exported = Command.run(beside, "export", "corrections", "--out", out.toString());
            assertEquals(0, exported.code(), exported.said());
            String table = Files.readString(out);
            assertTrue(table.startsWith("text,label,was,corrected_at\n"), table);
            assertTrue(table.contains("LAW.AID"), table);

            Path laws = Files.writeString(folder.resolve("laws.jsonl"), MadeUpLaws.lines(), StandardCharsets.UTF_8);
            Command.Ended imported = Command.run(beside, "laws", "import", laws.toString());
            assertEquals(0, imported.code(), imported.said());
            Client admin = app.staff("admin");
            JsonObject known = Eventually.get(
                    "known",
                    () -> admin.get("/api/legal/statutes").expect(200).json(),
                    shown -> !shown.getString("state").equals("NONE"));
            assertEquals("command line", known.getString("uploadedBy"));
            Path picture = Files.writeString(folder.resolve("laws.pdf"), "%PDF-1.7");
            assertEquals(
                    1, Command.run(beside, "laws", "import", picture.toString()).code());
        }
    }
}
