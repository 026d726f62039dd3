package linge.legal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import linge.Client;
import linge.Eventually;
import linge.TestApp;
import org.junit.jupiter.api.Test;

class StatuteImportTest {

    private static final String LAMP = "/api/legal/articles?q=%E8%B7%AF%E7%81%AF%E5%9D%8F%E4%BA%86";

    private static byte[] gzipped(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static void upload(Client admin, byte[] file) {
        admin.send("PUT", "/api/legal/statutes", "application/octet-stream", file)
                .expect(202);
    }

    private static JsonObject once(Client admin, String state) {
        return Eventually.get(
                state,
                () -> admin.get("/api/legal/statutes").expect(200).json(),
                shown -> shown.getString("state").equals(state));
    }

    @Test
    void statutes_are_taken_in_on_every_node_swapped_whole_and_outlive_a_restart() throws IOException {
        try (TestApp app = TestApp.demo();
                TestApp other = TestApp.on(app.database(), Map.of("LINGE_DEMO", "true"))) {
            Client admin = app.staff("admin");
            assertEquals("NONE", admin.get("/api/legal/statutes").json().getString("state"));
            assertFalse(app.nobody().get(LAMP).expect(200).json().getBoolean("imported"));
            upload(admin, gzipped(MadeUpLaws.lines()));
            JsonObject ready = once(admin, "READY");
            assertEquals(12, ready.getInteger("articles"));
            JsonObject found = app.nobody().get(LAMP).expect(200).json();
            assertTrue(found.getBoolean("imported"));
            assertEquals("第五条", found.getJsonArray("items").getJsonObject(0).getString("article"), found::encode);
            assertTrue(app.nobody()
                    .get("/api/legal/articles/%E8%B7%AF%E7%81%AF%E6%B3%95/5")
                    .expect(200)
                    .string("text")
                    .contains("三天之内"));
            once(admin.at(other.url()), "READY");
            assertTrue(app.nobody().at(other.url()).get(LAMP).expect(200).json().getBoolean("imported"));

            // What cannot be read is told; the statutes before stay in use.
            upload(admin, "{\"law\": 1}\n".getBytes(StandardCharsets.UTF_8));
            JsonObject failed = once(admin, "FAILED");
            assertTrue(failed.getBoolean("imported"));
            assertFalse(failed.getString("problem").isEmpty());
            assertEquals(
                    1,
                    app.nobody()
                            .get(LAMP + "&limit=1")
                            .json()
                            .getJsonArray("items")
                            .size());
            admin.send(
                            "PUT",
                            "/api/legal/statutes",
                            "application/octet-stream",
                            "%PDF-1.7".getBytes(StandardCharsets.UTF_8))
                    .refused(415, "unsupported-type");

            // The same folder again: the index is there without being built anew.
            app.stop();
            try (TestApp again = TestApp.on(
                    app.database(),
                    Map.of("LINGE_DEMO", "true", "LINGE_DATA", app.folder().toString()))) {
                Eventually.holds(
                        "the statutes are back",
                        () -> again.nobody().get(LAMP).expect(200).json().getBoolean("imported"));
            }
        }
    }
}
