package linge.bot.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.function.Consumer;
import linge.bot.text.Segmenter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How many hotline tickets one thread classifies in a second, against HanLP splitting the same tickets into words and
 * doing nothing with them; run with {@code mvn -pl bot -Pbench test}.
 */
@Tag("bench")
class ClassifyBench {
    private static final System.Logger LOG = System.getLogger(ClassifyBench.class.getName());
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 5;

    @Test
    void tickets_on_one_thread() throws Exception {
        List<Labelled> tickets = Shared.ticketsOfTheTwentyLargestDepartments();
        var bytes = new ByteArrayOutputStream();
        TextModel.train(tickets, Options.DEFAULT.folds(2), 1, step -> {})
                .model()
                .save(bytes);
        System.gc();
        long before = used();
        long began = System.nanoTime();
        TextModel model = TextModel.load(new ByteArrayInputStream(bytes.toByteArray()));
        double load = (System.nanoTime() - began) / 1e9;
        System.gc();
        say("model file %.1f MB, loaded in %.2f s, heap %.0f MB", bytes.size() / 1e6, load, (used() - before) / 1e6);

        double length =
                tickets.stream().mapToInt(line -> text(line).length()).average().orElse(0);
        say("%d tickets of %.0f characters on average", tickets.size(), length);
        double classified = perSecond(tickets, line -> model.classify(line.fields()));
        double segmented = perSecond(tickets, line -> Segmenter.words(text(line)));
        say(
                "classified %.0f a second, segmented %.0f a second, ratio %.2f",
                classified, segmented, classified / segmented);
        assertEquals(20, model.labels().size());
    }

    /** The best of a few rounds over all tickets in processor time of this thread, which other work on the machine slows least. */
    private static double perSecond(List<Labelled> tickets, Consumer<Labelled> work) {
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long began = THREADS.getCurrentThreadCpuTime();
            tickets.forEach(work);
            best = Math.max(best, tickets.size() / ((THREADS.getCurrentThreadCpuTime() - began) / 1e9));
        }
        return best;
    }

    private static String text(Labelled line) {
        return line.fields().get(0);
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void say(String format, Object... values) {
        LOG.log(System.Logger.Level.INFO, String.format(java.util.Locale.ROOT, format, values));
    }
}
