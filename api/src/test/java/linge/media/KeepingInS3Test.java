package linge.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import linge.media.clean.SamplePhotos;
import linge.media.store.S3Settings;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.TransientApiMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that speaks S3 and checks every signature. */
class KeepingInS3Test {

    private static final String BUCKET = "linge-media";
    private static final String KEY = "a-key";
    private static final String SECRET = "a-secret";

    @TempDir
    static Path folder;

    static BlobStoreContext context;
    static BlobStore blobs;
    static S3Proxy server;
    static MediaHouse house;

    @BeforeAll
    static void open() throws Exception {
        context = ContextBuilder.newBuilder(new TransientApiMetadata()).build(BlobStoreContext.class);
        blobs = context.getBlobStore();
        blobs.createContainerInLocation(null, BUCKET);
        server = S3Proxy.builder()
                .blobStore(blobs)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, KEY, SECRET)
                .build();
        server.start();
        house = new MediaHouse(folder, MediaSettings.USUAL.with(settings(SECRET)));
    }

    @AfterAll
    static void close() throws Exception {
        house.close();
        server.stop();
        context.close();
    }

    @Test
    void a_photo_is_kept_there_and_nothing_is_left_here() throws Exception {
        JsonObject item = house.uploaded("zhang", SamplePhotos.telltaleJpeg(900, 700, 1));
        assertEquals(0, house.files());
        byte[] whole = house.get("zhang", item.getString("url")).body();
        assertEquals(item.getInteger("bytes"), whole.length);
        assertEquals(200, house.get("zhang", item.getString("thumbnail")).statusCode());
        HttpResponse<byte[]> part = house.send(house.request(item.getString("url"), "zhang")
                .header("Range", "bytes=10-99")
                .GET());
        assertEquals(206, part.statusCode());
        assertArrayEquals(Arrays.copyOfRange(whole, 10, 100), part.body());
        house.media.check().await();
    }

    @Test
    void what_is_taken_back_or_left_lying_is_gone_there_too() {
        JsonObject taken = house.uploaded("li", SamplePhotos.jpeg(40, 30));
        house.media
                .takeBack(UUID.fromString(taken.getString("id")), MediaHouse.LI)
                .await();
        house.uploaded("li", SamplePhotos.jpeg(40, 30));
        String stray = "linge/" + "cd".repeat(16) + ".jpg";
        String others = "linge/readme.txt";
        for (String name : new String[] {stray, others}) {
            blobs.putBlob(
                    BUCKET,
                    blobs.blobBuilder(name)
                            .payload(new byte[5])
                            .contentLength(5)
                            .build());
        }
        house.later = Duration.ofHours(25);
        Sweeper.Swept swept = house.media.sweeper().sweep().await();
        house.later = Duration.ZERO;
        assertTrue(swept.uploads() >= 1, swept.toString());
        assertEquals(1, swept.files());
        assertFalse(blobs.blobExists(BUCKET, stray));
        assertTrue(blobs.blobExists(BUCKET, others));
    }

    @Test
    void a_wrong_secret_is_found_out_by_the_check() throws Exception {
        try (MediaHouse other = new MediaHouse(folder, MediaSettings.USUAL.with(settings("another-secret")))) {
            assertThrows(Exception.class, () -> other.media.check().await());
            assertEquals(500, other.upload("zhang", SamplePhotos.jpeg(40, 30)).statusCode());
            assertEquals(0, other.files());
        }
    }

    private static S3Settings settings(String secret) {
        URI endpoint = URI.create("http://127.0.0.1:" + server.getPort());
        return new S3Settings(endpoint, "cn-north-1", BUCKET, "linge/", KEY, secret, true);
    }
}
