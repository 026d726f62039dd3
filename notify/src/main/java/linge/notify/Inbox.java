package linge.notify;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What a resident or staff member sees in the app: the truth that live pages catch up from. */
public final class Inbox {

    private static final String PAGE = """
            SELECT id, subject, title, text, at, read_at IS NOT NULL AS read
            FROM inbox
            WHERE audience_kind = $1 AND audience = $2 AND id < $3
            ORDER BY id DESC LIMIT $4
            """;

    private static final String AFTER = """
            SELECT id, subject, title, text, at, read_at IS NOT NULL AS read
            FROM inbox
            WHERE audience_kind = $1 AND audience = $2 AND id > $3
            ORDER BY id LIMIT $4
            """;

    private static final String UNREAD = """
            SELECT count(*) AS unread FROM inbox WHERE audience_kind = $1 AND audience = $2 AND read_at IS NULL
            """;

    private static final String MARK_READ = """
            UPDATE inbox SET read_at = $4
            WHERE audience_kind = $1 AND audience = $2 AND id <= $3 AND read_at IS NULL
            """;

    private static final String LAST_ID = """
            SELECT coalesce(max(id), 0) AS last FROM inbox WHERE audience_kind = $1 AND audience = $2
            """;

    private static final int LONGEST_PAGE = 200;

    private final SqlClient db;
    private final InstantSource clock;

    public Inbox(SqlClient db, InstantSource clock) {
        this.db = db;
        this.clock = clock;
    }

    /**
     * A page, newest first: {@code {"items":[{"id","subject","title","text","at","read"}],"unread":n,"next"?:id}}.
     *
     * @param before the {@code next} of the page before, or null for the newest
     * @param limit items on the page, 1 to 200; other values are brought into that range
     */
    public Future<JsonObject> page(Audience who, @Nullable Long before, int limit) {
        int size = bounded(limit);
        // One more than asked tells whether there is a next page.
        return items(PAGE, who, before == null ? Long.MAX_VALUE : before, size + 1)
                .compose(items -> unread(who).map(unread -> {
                    List<InboxItem> shown = items.subList(0, Math.min(size, items.size()));
                    JsonObject page = new JsonObject()
                            .put(
                                    "items",
                                    new JsonArray(shown.stream()
                                            .map(InboxItem::toJson)
                                            .toList()))
                            .put("unread", unread);
                    return items.size() > size
                            ? page.put("next", shown.get(size - 1).id())
                            : page;
                }));
    }

    /** What came after {@code id}, oldest first: ids only ever appear behind those already seen, so none is skipped. */
    public Future<List<InboxItem>> after(Audience who, long id, int limit) {
        return items(AFTER, who, id, bounded(limit));
    }

    private Future<List<InboxItem>> items(String sql, Audience who, long id, int limit) {
        return db.preparedQuery(sql)
                .execute(whose(who).addLong(id).addInteger(limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new InboxItem(
                                row.getLong("id"),
                                row.getString("subject"),
                                row.getString("title"),
                                row.getString("text"),
                                row.getOffsetDateTime("at").toInstant(),
                                row.getBoolean("read")))
                        .toList());
    }

    /** How many items are unread. */
    public Future<Long> unread(Audience who) {
        return db.preparedQuery(UNREAD)
                .execute(whose(who))
                .map(rows -> only(rows).getLong("unread"));
    }

    /** Marks all up to and including that id as read; answers how many were not. */
    public Future<Integer> markRead(Audience who, long upTo) {
        return db.preparedQuery(MARK_READ)
                .execute(whose(who).addLong(upTo).addOffsetDateTime(Ticks.now(clock)))
                .map(RowSet::rowCount);
    }

    /** The newest id, 0 for an empty inbox: where a live page starts that has seen nothing yet. */
    public Future<Long> lastId(Audience who) {
        return db.preparedQuery(LAST_ID)
                .execute(whose(who))
                .map(rows -> only(rows).getLong("last"));
    }

    private static Row only(RowSet<Row> rows) {
        return rows.iterator().next();
    }

    private static Tuple whose(Audience who) {
        return Tuple.of(who.kind().name(), who.id());
    }

    private static int bounded(int limit) {
        return Math.max(1, Math.min(limit, LONGEST_PAGE));
    }
}
