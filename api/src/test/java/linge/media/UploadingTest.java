package linge.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import linge.media.clean.SamplePhotos;
import linge.media.clean.SampleVideos;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadingTest {

    private static final int MEGABYTE = 1_000_000;

    @TempDir
    static Path folder;

    static MediaHouse house;

    @BeforeAll
    static void open() throws IOException {
        MediaSettings usual = MediaSettings.USUAL;
        house = new MediaHouse(
                folder,
                new MediaSettings(usual.limits(), 9, 30, usual.keepWaiting(), 200, 24, Duration.ofSeconds(2), null));
    }

    @AfterAll
    static void close() throws Exception {
        house.close();
    }

    @Test
    void a_photo_is_kept_whatever_type_was_declared() {
        HttpResponse<byte[]> answer = house.upload("zhang", SamplePhotos.telltaleJpeg(400, 300, 6));
        JsonObject item = MediaHouse.json(answer);
        assertEquals(201, answer.statusCode());
        assertEquals(
                "/api/media/" + item.getString("id"),
                answer.headers().firstValue("location").orElse(""));
        assertEquals("PHOTO", item.getString("kind"));
        assertEquals("image/jpeg", item.getString("type"));
        assertEquals(300, item.getInteger("width"));
        assertEquals(400, item.getInteger("height"));
        assertEquals("RESIDENT", item.getString("addedBy"));
        byte[] kept = house.get("zhang", item.getString("url")).body();
        assertEquals(item.getInteger("bytes"), kept.length);
        assertFalse(SamplePhotos.contains(kept, SamplePhotos.SECRET));
    }

    @Test
    void a_video_is_kept_without_its_place() {
        JsonObject item = house.uploaded("wang", SampleVideos.telltale(SampleVideos.mp4(folder, 96, 64, 5)));
        assertEquals("VIDEO", item.getString("kind"));
        assertEquals("STAFF", item.getString("addedBy"));
        byte[] kept = house.get("wang", item.getString("url")).body();
        assertFalse(SamplePhotos.contains(kept, SampleVideos.PLACE));
    }

    @Test
    void nobody_in_particular_uploads_nothing() {
        assertEquals(401, house.upload("nobody", SamplePhotos.jpeg(10, 10)).statusCode());
    }

    @Test
    void html_and_nothing_are_told_apart() throws IOException {
        long before = house.files();
        HttpResponse<byte[]> html =
                house.upload("zhang", "<!DOCTYPE html><html><body>PNG</body></html>".getBytes(StandardCharsets.UTF_8));
        assertProblem(html, 415, "urn:linge:problem:unsupported-type", "不是能用的照片或视频");
        assertProblem(house.upload("zhang", new byte[0]), 400, "urn:linge:problem:unreadable-body", "没有收到");
        assertEquals(before, house.files());
    }

    @Test
    void two_hundred_megabytes_are_refused_by_their_declared_length() throws IOException {
        long before = house.files();
        HttpResponse<byte[]> answer =
                house.send(house.request("/api/media", "zhang").POST(endless(200L * MEGABYTE, true)));
        assertProblem(answer, 413, "urn:linge:problem:too-large", "50 MB");
        assertEquals(before, house.files());
    }

    @Test
    void two_hundred_megabytes_in_chunks_are_refused_once_the_bound_is_passed() throws IOException {
        long before = house.files();
        HttpResponse<byte[]> answer =
                house.send(house.request("/api/media", "zhang").POST(endless(200L * MEGABYTE, false)));
        assertProblem(answer, 413, "urn:linge:problem:too-large", "照片不能超过 20 MB");
        assertEquals(before, house.files());
    }

    @Test
    void the_answer_comes_before_the_body_ends() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", house.base.getPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream()
                    .write(
                            ("POST /api/media HTTP/1.1\r\nhost: x\r\nx-caller: zhang\r\ncontent-length: 200000000\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            assertTrue(line(socket.getInputStream()).startsWith("HTTP/1.1 413"));
        }
    }

    @Test
    void one_who_asks_before_sending_is_told_to_go_on_or_not() throws Exception {
        long before = house.files();
        String ask =
                "POST /api/media HTTP/1.1\r\nhost: x\r\nx-caller: zhang\r\nexpect: 100-continue\r\ncontent-length: ";
        for (String[] told : new String[][] {{"200000000", "HTTP/1.1 413"}, {"30000", "HTTP/1.1 100"}}) {
            try (Socket socket = new Socket("127.0.0.1", house.base.getPort())) {
                socket.setSoTimeout(5_000);
                socket.getOutputStream().write((ask + told[0] + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
                assertTrue(line(socket.getInputStream()).startsWith(told[1]), told[0]);
            }
        }
        assertFilesBecome(before);
    }

    @Test
    void an_upload_that_breaks_off_leaves_no_file() throws Exception {
        long before = house.files();
        CountDownLatch written = new CountDownLatch(1);
        try (Socket socket = new Socket("127.0.0.1", house.base.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/media HTTP/1.1\r\nhost: x\r\nx-caller: zhang\r\ncontent-length: 1000000\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(Arrays.copyOf(SamplePhotos.jpeg(200, 200), 900));
            out.flush();
            house.vertx.setPeriodic(5, tick -> seen(before, written));
            assertTrue(written.await(5, TimeUnit.SECONDS), "the upload has a file while it goes on");
        }
        assertFilesBecome(before);
    }

    @Test
    void an_upload_that_stalls_is_told_so_and_leaves_no_file() throws Exception {
        long before = house.files();
        try (Socket socket = new Socket("127.0.0.1", house.base.getPort())) {
            socket.setSoTimeout(15_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/media HTTP/1.1\r\nhost: x\r\nx-caller: zhang\r\ncontent-length: 1000000\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(Arrays.copyOf(SamplePhotos.jpeg(200, 200), 900));
            out.flush();
            assertTrue(line(socket.getInputStream()).startsWith("HTTP/1.1 400"));
        }
        assertFilesBecome(before);
    }

    private void seen(long before, CountDownLatch written) {
        try {
            if (house.files() > before) {
                written.countDown();
            }
        } catch (IOException | java.io.UncheckedIOException racing) {
            // A file vanished while the folder was walked: look again at the next tick.
        }
    }

    private void assertFilesBecome(long count) throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        long timer = house.vertx.setPeriodic(5, tick -> {
            try {
                if (house.files() == count) {
                    gone.countDown();
                }
            } catch (IOException | java.io.UncheckedIOException racing) {
                // look again
            }
        });
        assertTrue(gone.await(10, TimeUnit.SECONDS), "files left");
        house.vertx.cancelTimer(timer);
    }

    private static void assertProblem(HttpResponse<byte[]> answer, int status, String type, String words) {
        JsonObject problem = MediaHouse.json(answer);
        assertEquals(status, answer.statusCode(), problem.encode());
        assertTrue(
                answer.headers().firstValue("content-type").orElse("").startsWith("application/problem+json"),
                answer.headers().toString());
        assertEquals(type, problem.getString("type"));
        assertTrue(problem.getString("detail").contains(words), problem.getString("detail"));
    }

    /** A body that begins as a JPEG and goes on: with its length told, or in chunks. */
    private static HttpRequest.BodyPublisher endless(long length, boolean told) {
        HttpRequest.BodyPublisher stream = HttpRequest.BodyPublishers.ofInputStream(() -> new InputStream() {
            private final byte[] begin = SamplePhotos.jpeg(20, 20);
            private long at;

            @Override
            public int read() {
                return at >= length ? -1 : at < begin.length ? begin[(int) at++] & 0xff : (int) (at++ & 0x7f);
            }

            @Override
            public int read(byte[] into, int from, int count) {
                if (at >= length) {
                    return -1;
                }
                int n = (int) Math.min(count, length - at);
                for (int i = 0; i < n && at + i < begin.length; i++) {
                    into[from + i] = begin[(int) (at + i)];
                }
                at += n;
                return n;
            }
        });
        return told ? HttpRequest.BodyPublishers.fromPublisher(stream, length) : stream;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }
}
