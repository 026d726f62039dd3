package linge.bot.triage;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import linge.bot.text.Segmenter;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How many hotline tickets one thread sorts in a second with the shipped model, and judges with the urgency rules too,
 * against HanLP splitting them into words and doing nothing with them; run with {@code mvn -pl bot -Pbench test}.
 */
@Tag("bench")
class TriageBench {
    private static final System.Logger LOG = System.getLogger(TriageBench.class.getName());
    private static final Path TICKETS = Path.of("../../shared/data/complaints/hotline_tickets_train.csv.gz");
    private static final int ROUNDS = 3;

    /** Processor time of this thread: what else the machine does is not ours. */
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    @Test
    void tickets_on_one_thread() throws Exception {
        assumeTrue(Files.exists(TICKETS), "the shared data is absent");
        System.gc();
        long before = used();
        long began = CLOCK.getCurrentThreadCpuTime();
        Triage triage = Triage.shipped();
        double load = (CLOCK.getCurrentThreadCpuTime() - began) / 1e9;
        System.gc();
        say(
                "loaded in %.2f s, heap %.0f MB, %d features",
                load, (used() - before) / 1e6, triage.model().features());
        List<String> tickets = tickets();
        double model = perSecond(tickets, text -> triage.model().classify(text));
        double all = perSecond(tickets, triage::of);
        double segmented = perSecond(tickets, Segmenter::words);
        say(
                "a second: the model %.0f, with the urgency rules %.0f, HanLP's segmentation alone %.0f; ratio %.2f",
                model, all, segmented, model / segmented);
        assertFalse(tickets.isEmpty());
    }

    private static List<String> tickets() throws Exception {
        try (var in = new GZIPInputStream(Files.newInputStream(TICKETS));
                var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
                var rows = CSVFormat.DEFAULT
                        .builder()
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get()
                        .parse(reader)) {
            return rows.stream().map(row -> row.get("text_noleak")).toList();
        }
    }

    /** Of a thread's processor time; the best of a few rounds, as other work only ever slows one down. */
    private static double perSecond(List<String> tickets, Consumer<String> work) {
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long began = CLOCK.getCurrentThreadCpuTime();
            tickets.forEach(work);
            best = Math.max(best, tickets.size() / ((CLOCK.getCurrentThreadCpuTime() - began) / 1e9));
        }
        return best;
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void say(String format, Object... values) {
        LOG.log(System.Logger.Level.INFO, String.format(Locale.ROOT, format, values));
    }
}
