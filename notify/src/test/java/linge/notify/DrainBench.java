package linge.notify;

import static linge.notify.World.await;
import static linge.notify.World.notice;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How fast a backlog drains; run with {@code mvn -pl notify -Pbench test}. */
@Tag("bench")
class DrainBench {

    private static final Logger log = LoggerFactory.getLogger(DrainBench.class);
    private static World world;

    @BeforeAll
    static void open() {
        world = new World();
    }

    @AfterAll
    static void close() {
        world.close();
    }

    @BeforeEach
    void clear() {
        world.clear();
    }

    @Test
    void a_backlog_for_many_people() {
        drain("warm-up, 5,000 notices for 1,000 people", 5_000, 1_000, 0);
        clear();
        drain("10,000 notices for 2,000 people", 10_000, 2_000, 0);
    }

    @Test
    void a_backlog_for_one_person() {
        drain("5,000 notices for one person", 5_000, 1, 0);
    }

    @Test
    void a_backlog_behind_an_outage() {
        drain("10,000 notices beside 100,000 that wait for a retry", 10_000, 2_000, 100_000);
    }

    private static void drain(String what, int notices, int people, int waiting) {
        await(world.pool.query("""
                WITH n AS (
                    INSERT INTO notices (key, template, audience_kind, audience, subject, fields, urgent, at)
                    SELECT 'waiting' || i, 'case-noted', 'RESIDENT', 'r' || mod(i, 2000), 'CZ', '{}', mod(i, 10) = 0,
                           '2026-01-01Z'
                    FROM generate_series(1, %d) AS i RETURNING id, audience, urgent)
                INSERT INTO deliveries (notice, channel, audience_kind, audience, urgent, state, reason, next_try_at)
                SELECT id, 'inbox', 'RESIDENT', audience, urgent, 'FAILED', 'outage', '2030-01-01Z' FROM n
                """.formatted(waiting)).execute());
        List<Notice> batch = new ArrayList<>();
        long began = System.nanoTime();
        for (int i = 0; i < notices; i++) {
            batch.add(notice("k" + i, "case-noted", Audience.resident("r" + i % people, null), "CZ" + i));
            if (batch.size() == 500) {
                world.put(batch.toArray(Notice[]::new));
                batch.clear();
            }
        }
        double put = (System.nanoTime() - began) / 1e9;
        await(world.pool.query("ANALYZE").execute());
        began = System.nanoTime();
        // The bench has longer than a test: awaited in slices.
        int handled = 0;
        int round;
        Relay relay = world.relay("bench", world.inApp);
        do {
            round = await(relay.step());
            handled += round;
        } while (round > 0);
        double drained = (System.nanoTime() - began) / 1e9;
        assertEquals(notices, handled);
        log.info("{}: put {}/s, drained {}/s", what, Math.round(notices / put), Math.round(notices / drained));
    }
}
