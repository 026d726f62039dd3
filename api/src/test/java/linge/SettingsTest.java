package linge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private static String refused(Map<String, String> environment) {
        return String.valueOf(assertThrows(Settings.Wrong.class, () -> Settings.from(environment))
                .getMessage());
    }

    @Test
    void nothing_set_serves_everybody_on_8080_without_demo() {
        Settings settings = Settings.from(Map.of("PATH", "/bin"));
        assertEquals(8080, settings.port());
        assertEquals("0.0.0.0", settings.host());
        assertFalse(settings.demo());
    }

    @Test
    void demo_mode_listens_to_this_machine_only_unless_told_otherwise() {
        assertEquals("127.0.0.1", Settings.from(Map.of("LINGE_DEMO", "true")).host());
        assertEquals(
                "0.0.0.0",
                Settings.from(Map.of("LINGE_DEMO", "true", "LINGE_HOST", "0.0.0.0"))
                        .host());
    }

    @Test
    void an_unknown_setting_is_refused_by_name() {
        assertTrue(refused(Map.of("LINGE_PROT", "8080")).contains("LINGE_PROT"));
    }

    @Test
    void a_malformed_setting_is_refused_by_name() {
        Map<String, String> malformed = Map.of(
                "LINGE_PORT", "80a",
                "LINGE_DEMO", "yes",
                "LINGE_DB_POOL", "0",
                "LINGE_LOG", "xml",
                "LINGE_DB_URL", "mysql://localhost/linge",
                "LINGE_PUBLIC_URL", "linge.example.cn",
                "LINGE_TILES", "https://tiles.example.cn/",
                "LINGE_S3_ENDPOINT", "s3.example.cn");
        malformed.forEach(
                (name, value) -> assertTrue(refused(Map.of(name, value)).contains("LINGE_"), name));
        assertTrue(refused(Map.of("LINGE_PORT", "70000")).contains("LINGE_PORT"));
    }

    @Test
    void a_cluster_needs_a_database_that_its_nodes_share() {
        assertTrue(refused(Map.of("LINGE_CLUSTER", "127.0.0.1:5701")).contains("LINGE_DB_URL"));
    }

    @Test
    void secrets_are_masked_where_settings_are_printed() {
        Settings settings = Settings.from(Map.of(
                "LINGE_DB_URL", "postgresql://linge:geheim-1@db.example.cn:5432/linge",
                "LINGE_S3_ENDPOINT", "https://s3.example.cn",
                "LINGE_S3_BUCKET", "photos",
                "LINGE_S3_KEY", "key",
                "LINGE_S3_SECRET", "geheim-2"));
        String printed = settings.printed().toString();
        assertFalse(printed.contains("geheim"), printed);
        assertTrue(printed.contains("db.example.cn"));
    }

    @Test
    void half_an_s3_store_says_what_is_missing() {
        assertTrue(refused(Map.of("LINGE_S3_ENDPOINT", "https://s3.example.cn")).contains("LINGE_S3_BUCKET"));
    }
}
