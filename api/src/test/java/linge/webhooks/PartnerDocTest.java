package linge.webhooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import linge.cases.Move;
import linge.notify.webhook.Secret;
import linge.notify.webhook.Signature;
import linge.notify.webhook.Signature.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/webhooks.md tells a partner is so: its example is run as it stands. */
class PartnerDocTest {

    private static final Path DOC = Path.of("../docs/webhooks.md");
    private static final String BODY = "{\"number\": \"PA-1\", \"text\": \"路灯坏了\"}";

    @TempDir
    private Path folder;

    @Test
    void the_example_signs_what_we_believe_and_believes_what_we_sign() throws Exception {
        Secret secret = Secret.fresh();
        Instant now = Instant.now();
        String seconds = String.valueOf(now.getEpochSecond());
        Path example = folder.resolve("Signing.java");
        Files.writeString(example, javaIn(Files.readString(DOC)));

        String theirs = run(example, "sign", secret.text(), "evt-1", seconds);
        assertEquals(
                Verdict.GOOD, new Signature("evt-1", seconds, theirs).check(List.of(secret), Buffer.buffer(BODY), now));

        Signature ours = Signature.sign(List.of(Secret.fresh(), secret), "evt-2", now, Buffer.buffer(BODY));
        String signatures = String.valueOf(ours.signatures());
        assertEquals("true", run(example, "verify", secret.text(), "evt-2", seconds, signatures));
        assertEquals("false", run(example, "verify", secret.text(), "evt-3", seconds, signatures));
    }

    @Test
    void every_type_of_event_is_named() throws IOException {
        String doc = Files.readString(DOC);
        for (Move move : Move.values()) {
            String type = CaseEvents.type(move).replace("cn.linge.case.", "");
            assertTrue(Pattern.compile("[ `]" + type + "[ `\\n]").matcher(doc).find(), type);
        }
    }

    private static String javaIn(String doc) {
        Matcher block = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL).matcher(doc);
        assertTrue(block.find());
        return block.group(1);
    }

    private static String run(Path example, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), example.toString()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().write(BODY.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(0, process.waitFor(), said);
        return said;
    }
}
