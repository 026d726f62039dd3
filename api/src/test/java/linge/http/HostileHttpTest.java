package linge.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import linge.Client;
import linge.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** What no well-behaved client sends, byte by byte: refused quickly, and the service goes on. */
class HostileHttpTest {

    private static final int LONG_READ_MILLIS = 20_000;

    private static TestApp app;
    private static Client resident;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
        resident = app.resident();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @TestFactory
    Stream<DynamicTest> strange_requests_are_refused_without_a_fault() {
        return Stream.of(
                        "TRACE / HTTP/1.1",
                        "OPTIONS /api/cases HTTP/1.1",
                        "OPTIONS * HTTP/1.1",
                        "CONNECT localhost:1 HTTP/1.1",
                        "DELETE / HTTP/1.1",
                        "PROPFIND /api/cases HTTP/1.1",
                        "MADE-UP /api/me HTTP/1.1",
                        "HEAD /api/me HTTP/1.1",
                        "PUT /api/cases HTTP/1.1",
                        "GET /api/no-such-thing HTTP/1.1",
                        "GET /api HTTP/1.1",
                        "GET /api/ HTTP/1.1",
                        "GET /api/cases/%zz HTTP/1.1",
                        "GET /api/cases/%ff HTTP/1.1",
                        "GET /api/cases/%00 HTTP/1.1",
                        "GET /api/cases/..%2f..%2fetc%2fpasswd HTTP/1.1",
                        "GET /../../../etc/passwd HTTP/1.1",
                        "GET /..%2f..%2f..%2fetc%2fpasswd HTTP/1.1",
                        "GET /assets/..%5c..%5capplication.yml HTTP/1.1",
                        "GET /assets/%2e%2e/%2e%2e/openapi.yaml HTTP/1.1",
                        "GET /linge/App.class HTTP/1.1",
                        "GET /logback.xml HTTP/1.1",
                        "GET /WEB-INF/web.xml HTTP/1.1",
                        "GET /api/grids/at?lon=113&lat=%zz HTTP/1.1",
                        "GET /%zz HTTP/1.1",
                        "GET /api/cases/" + "a".repeat(7000) + " HTTP/1.1",
                        "GET /" + "a".repeat(20_000) + " HTTP/1.1",
                        "GET /api/me HTTP/9.9",
                        "GET /api/me",
                        "nonsense",
                        "GET http://[::1 HTTP/1.1",
                        "\u0000\u0001\u0002")
                .map(line -> DynamicTest.dynamicTest(shown(line), () -> refused(line)));
    }

    private static String shown(String line) {
        return "‹" + (line.length() > 60 ? line.substring(0, 60) + "…" : line) + "›";
    }

    private static void refused(String line) throws IOException {
        String answer = exchange(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        // An unreadable request may also be answered by hanging up.
        if (!answer.isEmpty()) {
            int status = Integer.parseInt(answer.substring(9, 12));
            boolean unheardOf = status == 501 && line.endsWith("HTTP/9.9");
            assertTrue(status >= 400 && status < 500 || unheardOf, answer);
            assertFalse(answer.contains("Exception") || answer.contains("\tat "), answer);
            assertFalse(answer.contains("root:"), answer);
        }
        app.nobody().get("/health/live").expect(200);
    }

    @Test
    void an_address_that_does_not_decode_is_told_so() throws IOException {
        for (String address :
                List.of("/%zz", "/api/cases/%zz", "/api/grids/at?lon=113&lat=%zz", "/health/%", "/api/media/%e")) {
            String answer = exchange("GET " + address + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 400 "), address + ": " + answer);
            assertTrue(answer.contains("application/problem+json"), answer);
        }
    }

    @Test
    void a_thousand_headers_or_one_huge_one_are_too_many() throws IOException {
        for (String headers : List.of("X-Many: 1\r\n".repeat(5000), "X-Huge: " + "a".repeat(100_000) + "\r\n")) {
            String answer =
                    exchange("GET /api/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n");
            assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 4"), answer);
        }
        app.nobody().get("/health/live").expect(200);
    }

    @Test
    void a_length_that_is_none_and_two_lengths_are_refused() throws IOException {
        for (String lengths : List.of(
                "Content-Length: -5\r\n", "Content-Length: ten\r\n", "Content-Length: 5\r\nContent-Length: 6\r\n")) {
            String answer = exchange("POST /api/triage HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Content-Type: application/json\r\n" + lengths + "\r\n{}");
            assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 4"), answer);
        }
        app.nobody().get("/health/live").expect(200);
    }

    @Test
    @Timeout(30)
    void two_hundred_megabytes_are_refused_before_they_are_sent() throws IOException {
        long before = used();
        try (Socket socket = new Socket("127.0.0.1", app.port())) {
            socket.setSoTimeout(LONG_READ_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(
                    ("POST /api/cases HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nIdempotency-Key: 12345678\r\n"
                                    + "Authorization: Bearer " + resident.token()
                                    + "\r\nContent-Length: 209715200\r\n\r\n{\"text\":\"")
                            .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            // The answer comes although almost nothing was sent yet.
            byte[] head = new byte[12];
            assertEquals(12, socket.getInputStream().readNBytes(head, 0, 12));
            assertEquals("HTTP/1.1 413", new String(head, StandardCharsets.US_ASCII));
        }
        assertTrue(used() - before < 100_000_000, "memory grew");
    }

    @Test
    @Timeout(30)
    void a_body_that_never_tells_its_length_is_cut_off() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", app.port())) {
            socket.setSoTimeout(LONG_READ_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(
                    ("POST /api/cases HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nIdempotency-Key: 12345678\r\n"
                                    + "Authorization: Bearer " + resident.token()
                                    + "\r\nTransfer-Encoding: chunked\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = ("10000\r\n" + "a".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            String answer = "";
            try {
                for (int i = 0; i < 3200 && socket.getInputStream().available() == 0; i++) {
                    out.write(chunk);
                    out.flush();
                }
                answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            } catch (SocketException hungUp) {
                // Hanging up on it will do as well.
                answer = "HTTP/1.1 413";
            }
            assertEquals("HTTP/1.1 413", answer);
        }
        app.nobody().get("/health/live").expect(200);
    }

    @Test
    void pages_and_figures_tell_browsers_to_be_careful() throws IOException {
        var home = app.nobody().get("/health/live");
        assertEquals("nosniff", home.header("x-content-type-options"));
        assertEquals("DENY", home.header("x-frame-options"));
        assertTrue(home.header("content-security-policy").contains("default-src 'self'"));
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static String exchange(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", app.port())) {
            socket.setSoTimeout(LONG_READ_MILLIS);
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
                socket.shutdownOutput();
                InputStream in = socket.getInputStream();
                return new String(in.readNBytes(64 * 1024), StandardCharsets.UTF_8);
            } catch (SocketException hungUp) {
                return "";
            }
        }
    }
}
