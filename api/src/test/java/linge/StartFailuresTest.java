package linge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees when the service cannot start: a process of its own, one clear line, a non-zero exit. */
class StartFailuresTest {

    @TempDir
    private Path folder;

    private record Ended(int code, List<String> lines) {
        String why() {
            List<String> told =
                    lines.stream().filter(line -> line.startsWith("邻格：")).toList();
            assertEquals(1, told.size(), "one line says why: " + lines);
            assertTrue(lines.stream().noneMatch(line -> line.contains("\tat ")), "no stack trace: " + lines);
            return told.get(0);
        }
    }

    private Ended start(Map<String, String> settings, String... arguments) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        java.util.ArrayList<String> command = new java.util.ArrayList<>(List.of(
                java.toString(),
                "-Dstdout.encoding=UTF-8",
                "-Dfile.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                "linge.cli.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("LINGE_"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(settings);
        Process process = builder.start();
        byte[] out = process.getInputStream().readAllBytes();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it ended");
        return new Ended(
                process.exitValue(),
                new String(out, StandardCharsets.UTF_8).lines().toList());
    }

    @Test
    void a_busy_port_is_told() throws IOException, InterruptedException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(busy.getLocalPort());
            Ended ended = start(Map.of("LINGE_PORT", port, "LINGE_HOST", "127.0.0.1", "LINGE_DATA", folder.toString()));
            assertEquals(1, ended.code());
            assertTrue(ended.why().contains(port), ended.why());
        }
    }

    @Test
    void a_folder_that_cannot_be_written_is_told() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("a-file"), "in the way");
        Ended ended = start(Map.of("LINGE_PORT", "0", "LINGE_DATA", file.toString()));
        assertEquals(1, ended.code());
        assertTrue(ended.why().contains("LINGE_DATA"), ended.why());
    }

    @Test
    void a_database_that_does_not_answer_is_told_without_its_password() throws IOException, InterruptedException {
        int closed;
        try (ServerSocket gone = new ServerSocket(0)) {
            closed = gone.getLocalPort();
        }
        String url = "postgresql://linge:geheim@127.0.0.1:" + closed + "/linge";
        Ended ended = start(Map.of("LINGE_PORT", "0", "LINGE_DATA", folder.toString(), "LINGE_DB_URL", url));
        assertEquals(1, ended.code());
        assertTrue(ended.why().contains("LINGE_DB_URL"), ended.why());
        assertTrue(ended.lines().stream().noneMatch(line -> line.contains("geheim")));
    }

    @Test
    void a_folder_that_another_process_has_is_told() throws IOException, InterruptedException {
        try (DataFolder taken = DataFolder.lock(folder)) {
            Ended ended =
                    start(Map.of("LINGE_PORT", "0", "LINGE_DATA", taken.path().toString()));
            assertEquals(1, ended.code());
            assertTrue(ended.why().contains("LINGE_DATA"), ended.why());
        }
    }

    @Test
    void an_unknown_setting_is_told() throws IOException, InterruptedException {
        Ended ended = start(Map.of("LINGE_PROT", "1"));
        assertEquals(1, ended.code());
        assertTrue(ended.why().contains("LINGE_PROT"), ended.why());
    }

    @Test
    void a_self_test_of_nothing_fails() throws IOException, InterruptedException {
        int closed;
        try (ServerSocket gone = new ServerSocket(0)) {
            closed = gone.getLocalPort();
        }
        Ended ended = start(Map.of(), "selftest", "--url", "http://127.0.0.1:" + closed);
        assertEquals(1, ended.code());
        assertTrue(
                ended.lines().stream().anyMatch(line -> line.contains("自检未通过")),
                ended.lines().toString());
    }
}
