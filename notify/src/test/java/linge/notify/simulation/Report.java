package linge.notify.simulation;

import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of a year. The first five have to be zero.
 *
 * @param untold notices that are neither told, nor merged into one that was, nor given up with a reason
 * @param notInInbox notices the inbox does not have exactly once
 * @param overQuota calls that a platform had to refuse because a quota was used up
 * @param effectsTwice deliveries a platform took more than once
 * @param toldTwice notices whose words arrived over two rungs
 * @param falselySent deliveries marked as sent that no platform took, or taken ones marked neither so nor as unsure
 */
record Report(
        int notices,
        long untold,
        long notInInbox,
        int overQuota,
        long effectsTwice,
        long toldTwice,
        long falselySent,
        Map<String, Long> states,
        Map<String, Long> reasons,
        Map<String, Integer> faults,
        Duration took) {

    /** The last delivery of each notice beside the inbox says what became of it. */
    private static final String UNTOLD = """
            SELECT count(*) FROM notices n
            WHERE EXISTS (
                SELECT FROM deliveries d WHERE d.notice = n.id AND d.channel <> 'inbox'
                  AND (d.state IN ('PENDING', 'FAILED')
                       OR d.state NOT IN ('SENT', 'DELIVERED') AND (d.reason IS NULL OR d.reason = '')))
               OR EXISTS (SELECT FROM deliveries d WHERE d.notice = n.id AND d.channel <> 'inbox')
                  AND NOT EXISTS (
                    SELECT FROM deliveries d WHERE d.notice = n.id AND d.channel <> 'inbox'
                      AND (d.state IN ('SENT', 'DELIVERED', 'PARKED', 'EXPIRED', 'MERGED')
                           OR d.state = 'PASSED_ON' AND d.reason LIKE 'the inbox has it%'))
            """;

    private static final String NOT_IN_INBOX = """
            SELECT count(*) FROM notices n LEFT JOIN deliveries d ON d.notice = n.id AND d.channel = 'inbox'
            WHERE d.state IS DISTINCT FROM 'SENT' OR (SELECT count(*) FROM inbox i WHERE i.delivery = d.id) <> 1
            """;

    private static final String TOLD_TWICE = """
            SELECT count(*) FROM (
                SELECT notice FROM deliveries
                WHERE channel <> 'inbox' AND state IN ('SENT', 'DELIVERED', 'MERGED')
                GROUP BY notice HAVING count(*) > 1) twice
            """;

    static Report of(Pool pool, Platforms platforms, City city, int notices, Duration took) {
        Map<String, Long> states = new TreeMap<>();
        Year.await(pool.query("""
                        SELECT channel || ': ' || state AS state, count(*) AS count FROM deliveries GROUP BY 1
                        """).execute()).forEach(row -> states.put(row.getString("state"), row.getLong("count")));
        Map<String, Long> reasons = new TreeMap<>();
        Year.await(pool.query("""
                        SELECT channel || ', ' || state || ': ' || regexp_replace(reason, '[0-9:TZ.（）-]+', '', 'g') AS reason, count(*) AS count
                        FROM deliveries WHERE state IN ('PARKED', 'EXPIRED') GROUP BY 1
                        """).execute())
                .forEach(row -> reasons.put(row.getString("reason"), row.getLong("count")));
        Map<String, Integer> faults = new TreeMap<>(platforms.counts);
        return new Report(
                notices,
                count(pool, UNTOLD),
                count(pool, NOT_IN_INBOX),
                platforms.overQuota,
                platforms.effects.values().stream().filter(times -> times > 1).count(),
                count(pool, TOLD_TWICE),
                falselySent(pool, platforms),
                states,
                reasons,
                faults,
                took);
    }

    private static long count(Pool pool, String sql) {
        return Year.only(pool, sql).getLong(0);
    }

    private static long falselySent(Pool pool, Platforms platforms) {
        long wrong = 0;
        for (Row row :
                Year.await(pool.query("SELECT id, state, turned_down, reason FROM deliveries WHERE channel <> 'inbox'")
                        .execute())) {
            long id = row.getLong("id");
            boolean taken = platforms.effects.containsKey(id);
            boolean saysSent = row.getString("state").matches("SENT|DELIVERED");
            boolean unsure = row.getBoolean("turned_down")
                    || String.valueOf(row.getString("reason")).startsWith("不知是否送达");
            wrong += saysSent != taken && !(taken && unsure) ? 1 : 0;
        }
        return wrong;
    }

    /** The table for docs/notify.md. */
    String table(City city) {
        StringBuilder table = new StringBuilder();
        line(table, "what", "how many");
        line(table, "---", "---:");
        line(
                table,
                "residents, cases, days",
                city.residents() + ", " + city.cases() + ", " + city.time().toDays());
        line(table, "notices put", notices);
        line(table, "**notices neither told nor given up with a reason**", untold);
        line(table, "**notices the inbox has not exactly once**", notInInbox);
        line(table, "**sends over quota**", overQuota);
        line(table, "**deliveries a platform took twice**", effectsTwice);
        line(table, "**notices told over two rungs**", toldTwice);
        line(table, "**deliveries whose mark is not what happened**", falselySent);
        states.forEach((state, count) -> line(table, state, count));
        reasons.forEach((reason, count) -> line(table, "given up: " + reason, count));
        faults.forEach((fault, count) -> line(table, "fault: " + fault, count));
        line(table, "took", took.toSeconds() + " s");
        return table.toString();
    }

    private static void line(StringBuilder table, String what, Object howMany) {
        table.append("| ").append(what).append(" | ").append(howMany).append(" |\n");
    }
}
