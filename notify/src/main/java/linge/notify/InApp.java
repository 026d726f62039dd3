package linge.notify;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.function.BiConsumer;

/** The channel that always works: writes the inbox, then tells live pages. */
public final class InApp implements Channel {

    /** The channel's name. */
    public static final String NAME = "inbox";

    /**
     * Held to the end of the transaction. Without it a writer could take id 7, another take id 8 and commit first; a
     * reader who saw 8 and goes on "after 8" would never be shown 7. With it, the ids of one person become visible in
     * increasing order, while different people do not wait for each other.
     */
    private static final String LOCK =
            "SELECT pg_advisory_xact_lock(hashtextextended('linge.inbox:' || $1::text || ':' || $2::text, 0))";

    private static final String INSERT = """
            INSERT INTO inbox (delivery, audience_kind, audience, subject, title, text, at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (delivery) DO NOTHING
            RETURNING id
            """;

    private static final String FIND = "SELECT id FROM inbox WHERE delivery = $1";

    private final Pool pool;
    private final BiConsumer<Audience, Long> live;

    /** Tells live pages over the event bus, on all nodes when clustered. */
    public InApp(Vertx vertx, Pool pool) {
        this(pool, (audience, id) -> vertx.eventBus().publish(LiveAddress.of(audience), id));
    }

    /** Tells live pages by another way: called with the inbox id once the row is committed, maybe more than once. */
    public InApp(Pool pool, BiConsumer<Audience, Long> live) {
        this.pool = pool;
        this.live = live;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** The inbox is the record: late is better than never. */
    @Override
    public boolean heedsDeadline() {
        return false;
    }

    @Override
    public boolean isRung() {
        return false;
    }

    @Override
    public Future<Sent> send(Envelope envelope) {
        return pool.withTransaction(tx -> lock(tx, envelope.audience())
                        .compose(locked -> insert(tx, envelope))
                        .compose(rows -> rows.size() == 1
                                ? Future.succeededFuture(rows)
                                // Written before a crash; whether live pages were told is unknown: tell them again.
                                : tx.preparedQuery(FIND).execute(Tuple.of(envelope.delivery()))))
                .map(rows -> rows.iterator().next().getLong("id"))
                .map(id -> {
                    live.accept(envelope.audience(), id);
                    return new Sent(id.toString());
                });
    }

    private static Future<RowSet<Row>> lock(SqlConnection tx, Audience audience) {
        return tx.preparedQuery(LOCK).execute(Tuple.of(audience.kind().name(), audience.id()));
    }

    private static Future<RowSet<Row>> insert(SqlConnection tx, Envelope envelope) {
        return tx.preparedQuery(INSERT)
                .execute(Tuple.tuple()
                        .addLong(envelope.delivery())
                        .addString(envelope.audience().kind().name())
                        .addString(envelope.audience().id())
                        .addString(envelope.subject())
                        .addString(envelope.words().title())
                        .addString(envelope.words().text())
                        .addOffsetDateTime(Ticks.of(envelope.at())));
    }
}
