package linge.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import linge.media.clean.SamplePhotos;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepingTest {

    @TempDir
    Path folder;

    private MediaHouse house;

    @BeforeEach
    void open() throws IOException {
        house = new MediaHouse(folder, MediaSettings.USUAL);
    }

    @AfterEach
    void close() throws Exception {
        house.close();
    }

    @Test
    void what_nobody_filed_within_a_day_is_gone_and_what_was_filed_stays() throws IOException {
        JsonObject filed = photo();
        JsonObject left = photo();
        UUID caseId = UUID.randomUUID();
        house.seers.put(caseId, Set.of(MediaHouse.ZHANG));
        house.db
                .withTransaction(tx -> house.media.attach(
                        tx, caseId, 0, MediaHouse.ZHANG, List.of(UUID.fromString(filed.getString("id")))))
                .await();
        house.later = Duration.ofHours(23);
        assertEquals(new Sweeper.Swept(0, 0), sweep());
        assertEquals(200, house.get("zhang", left.getString("url")).statusCode());
        house.later = Duration.ofHours(25);
        assertEquals(new Sweeper.Swept(1, 0), sweep());
        assertEquals(404, house.get("zhang", left.getString("url")).statusCode());
        assertEquals(200, house.get("zhang", filed.getString("url")).statusCode());
        assertEquals(200, house.get("zhang", filed.getString("thumbnail")).statusCode());
        assertEquals(2, house.files());
    }

    @Test
    void files_without_a_row_go_once_they_are_old() throws IOException {
        String key = "ab".repeat(16);
        Path stray = folder.resolve("media/ab/ab/" + key + ".jpg");
        Path broken = folder.resolve("media/incoming/" + UUID.randomUUID() + ".upload");
        Files.createDirectories(stray.getParent());
        Files.write(stray, new byte[3]);
        Files.write(broken, new byte[3]);
        assertEquals(new Sweeper.Swept(0, 0), sweep());
        assertTrue(Files.exists(stray) && Files.exists(broken));
        house.later = Duration.ofHours(25);
        assertEquals(new Sweeper.Swept(0, 2), sweep());
        assertFalse(Files.exists(stray) || Files.exists(broken));
    }

    @Test
    void two_nodes_sweeping_at_once_share_the_work() {
        house.db.query("""
                        INSERT INTO media (kind, added_by, owner, store_key, bytes, thumbnail_bytes, width, height, sha256)
                        SELECT 'PHOTO', 'RESIDENT', uuidv7(), md5(n::text), 1, 1, 1, 1, sha256(n::text::bytea)
                        FROM generate_series(1, 500) n""").execute().await();
        house.later = Duration.ofHours(25);
        Future<Sweeper.Swept> one = house.media.sweeper().sweep();
        Future<Sweeper.Swept> other = house.media.sweeper().sweep();
        assertEquals(500, one.await().uploads() + other.await().uploads() + sweep().uploads());
        assertEquals(0, house.db.query("SELECT FROM media").execute().await().size());
    }

    private Sweeper.Swept sweep() {
        return house.media.sweeper().sweep().await();
    }

    private JsonObject photo() {
        return house.uploaded("zhang", SamplePhotos.jpeg(40, 30));
    }
}
