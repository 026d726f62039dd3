package linge.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackOffTest {

    private static final BackOff BACK_OFF = new BackOff(Duration.ofSeconds(5), Duration.ofHours(1));

    @Test
    void it_doubles_up_to_its_bound_and_stays_there() {
        for (int attempt = 1; attempt <= 200; attempt++) {
            long most = attempt > 12 ? 3_600_000 : Math.min(3_600_000, 5_000L << (attempt - 1));
            for (long delivery = 1; delivery <= 50; delivery++) {
                long wait = BACK_OFF.after(attempt, delivery).toMillis();
                assertTrue(wait >= most / 2 && wait <= most, "attempt " + attempt + " waits " + wait);
            }
        }
    }

    @Test
    void those_that_failed_together_come_back_apart() {
        long different = LongStream.range(0, 1_000)
                .mapToObj(delivery -> BACK_OFF.after(6, delivery))
                .collect(Collectors.toSet())
                .size();
        assertTrue(different > 980, different + " of 1000 waits differ");
    }

    @Test
    void a_simulation_repeats_itself() {
        assertEquals(BACK_OFF.after(3, 17), BACK_OFF.after(3, 17));
    }

    @Test
    void a_back_off_of_nothing_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new BackOff(Duration.ZERO, Duration.ofHours(1)));
        assertThrows(IllegalArgumentException.class, () -> new BackOff(Duration.ofHours(2), Duration.ofHours(1)));
    }
}
