package linge.notify;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;

/** The gateway without a carrier: keeps every SMS in the database, where the operator's page shows it. */
public final class LocalSmsGateway implements SmsGateway {

    private static final String KEEP = """
            INSERT INTO sms_messages (delivery, phone, text, purpose, at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (delivery) DO NOTHING
            """;

    private static final String MESSAGES = """
            SELECT id, phone, text, purpose, at FROM sms_messages WHERE phone = $1 ORDER BY id DESC LIMIT $2
            """;

    private static final String RECENT = """
            SELECT id, phone, text, purpose, at FROM sms_messages ORDER BY id DESC LIMIT $1
            """;

    private static final int LONGEST_TEXT = 1_000;
    private static final int LONGEST_PURPOSE = 40;
    private static final int LONGEST_LIST = 500;

    private final Pool pool;
    private final InstantSource clock;

    public LocalSmsGateway(Pool pool, InstantSource clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** Keeps a message; the same delivery twice is kept once, what is on its own each time. */
    @Override
    public Future<Sent> send(Message message) {
        Tuple values = Tuple.of(
                message.delivery(),
                message.phone(),
                Plain.of(message.text(), LONGEST_TEXT),
                Plain.line(message.purpose(), LONGEST_PURPOSE),
                Ticks.now(clock));
        return pool.preparedQuery(KEEP).execute(values).map(Sent.WITHOUT_RECEIPT);
    }

    /** To one phone, newest first: {@code [{"id","phone","text","purpose","at"}]}. */
    public Future<JsonArray> messages(String phone, int limit) {
        return list(MESSAGES, Tuple.of(phone, bounded(limit)));
    }

    /** To anyone, newest first, shaped as {@link #messages}. */
    public Future<JsonArray> recent(int limit) {
        return list(RECENT, Tuple.of(bounded(limit)));
    }

    private Future<JsonArray> list(String sql, Tuple values) {
        return pool.preparedQuery(sql).execute(values).map(rows -> {
            JsonArray list = new JsonArray();
            rows.forEach(row -> list.add(new JsonObject()
                    .put("id", row.getLong("id"))
                    .put("phone", row.getString("phone"))
                    .put("text", row.getString("text"))
                    .put("purpose", row.getString("purpose"))
                    .put("at", row.getOffsetDateTime("at").toInstant().toString())));
            return list;
        });
    }

    private static int bounded(int limit) {
        return Math.max(1, Math.min(limit, LONGEST_LIST));
    }
}
