package linge.whistle;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import linge.db.Times;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** Pages of whistles: open ones by their deadline, the nearest first; closed ones, the latest first. */
final class WhistleLists {

    /** What a page shows of the case beside the whistle. */
    record About(
            String text,
            @Nullable String category,
            @Nullable String address) {}

    record Shown(Whistle whistle, About about) {}

    /** A page; {@code next} leads on, null at the end. */
    record Page(List<Shown> items, @Nullable String next) {}

    /** Where a page begins: the sort time and id of the last whistle before it. */
    private record Cursor(Instant at, UUID id) {
        String encode() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((at + "|" + id).getBytes(StandardCharsets.UTF_8));
        }

        static Cursor decode(String text) {
            try {
                String[] parts =
                        new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\\|", 2);
                Cursor cursor = new Cursor(Instant.parse(parts[0]), UUID.fromString(parts[1]));
                if (cursor.at.isBefore(FIRST) || cursor.at.isAfter(LAST)) {
                    throw new IllegalArgumentException("no whistle was ever blown then");
                }
                return cursor;
            } catch (IllegalArgumentException | DateTimeParseException | ArrayIndexOutOfBoundsException e) {
                throw Refusal.badInput("/after", "翻页位置不对，请从第一页重新看起。");
            }
        }
    }

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    private static final String ABOUT = ", c.text, c.category, c.address";
    private static final String BY_ID =
            "SELECT " + WhistleStore.COLUMNS + ABOUT + WhistleStore.FROM + "WHERE w.id = $1";

    private static final String OPEN = "w.state <> 'CLOSED'";
    private static final String CLOSED = "w.state = 'CLOSED'";

    private final Pool db;
    private final WhistleStore store;

    WhistleLists(Pool db, WhistleStore store) {
        this.db = db;
        this.store = store;
    }

    /** Fails with {@code NOT_FOUND} for a whistle this person may not see, as for one that is not there. */
    Future<Shown> find(Caller.Staff who, UUID id) {
        return db.preparedQuery(BY_ID)
                .execute(Tuple.of(id))
                .compose(rows -> shown(db, rows))
                .map(found -> {
                    if (found.isEmpty()
                            || !WhistlePolicy.maySee(who, found.get(0).whistle())) {
                        throw Refusal.notFound("这次吹哨");
                    }
                    return found.get(0);
                });
    }

    /** @param number of a case, or null for all that this person may see */
    Future<Page> page(Caller.Staff who, boolean open, @Nullable String number, @Nullable String after, int limit) {
        Cursor from = after != null
                ? Cursor.decode(after)
                : new Cursor(open ? FIRST : LAST, open ? new UUID(0, 0) : new UUID(-1, -1));
        String sort = open ? "w.due_at" : "w.closed_at";
        String direction = open ? "" : " DESC";
        String sql = "SELECT " + sort + " AS sort, " + WhistleStore.COLUMNS + ABOUT + WhistleStore.FROM + "WHERE "
                + scope(who) + " AND " + (open ? OPEN : CLOSED)
                + " AND ($3::text IS NULL OR c.number = $3)"
                + " AND (" + sort + ", w.id) " + (open ? ">" : "<") + " ($4, $5)"
                + " ORDER BY " + sort + direction + ", w.id" + direction + " LIMIT $6";
        Tuple values = scopeValues(who)
                .addValue(number)
                .addValue(Times.at(from.at()))
                .addValue(from.id())
                .addValue(limit + 1);
        return db.preparedQuery(sql)
                .execute(values)
                .compose(rows -> shown(db, rows)
                        .map(found -> found.size() <= limit
                                ? new Page(found, null)
                                : new Page(
                                        found.subList(0, limit),
                                        last(rows, limit).encode())));
    }

    /** How many open ones stand in each state, and how many of them wait for somebody who is late. */
    Future<JsonObject> counts(Caller.Staff who, Instant now) {
        String sql =
                "SELECT w.state::text AS state, count(*) AS n, count(*) FILTER (WHERE w.state = 'CALLED' AND w.due_at <= $3)"
                        + " AS late" + WhistleStore.FROM + "WHERE " + scope(who) + " AND " + OPEN + " GROUP BY w.state";
        return db.preparedQuery(sql)
                .execute(scopeValues(who).addValue(Times.at(now)))
                .map(rows -> {
                    Map<WhistleState, Long> counted = new EnumMap<>(WhistleState.class);
                    long late = 0;
                    for (Row row : rows) {
                        counted.put(WhistleState.valueOf(row.getString("state")), row.getLong("n"));
                        late += row.getLong("late");
                    }
                    JsonObject counts = new JsonObject();
                    for (WhistleState state : WhistleState.values()) {
                        if (state.open()) {
                            counts.put(state.name(), counted.getOrDefault(state, 0L));
                        }
                    }
                    return counts.put("late", late);
                });
    }

    private Future<List<Shown>> shown(SqlClient on, RowSet<Row> rows) {
        Map<UUID, About> about = new HashMap<>();
        rows.forEach(row -> about.put(
                row.getUUID("id"),
                new About(row.getString("text"), row.getString("category"), row.getString("address"))));
        return store.whole(on, rows).map(whistles -> {
            List<Shown> found = new ArrayList<>();
            for (Whistle whistle : whistles) {
                About told = about.get(whistle.facts().id());
                if (told != null) {
                    found.add(new Shown(whistle, told));
                }
            }
            return found;
        });
    }

    private static Cursor last(RowSet<Row> rows, int limit) {
        int at = 0;
        for (Row row : rows) {
            at++;
            if (at == limit) {
                return new Cursor(Times.of(row, "sort"), row.getUUID("id"));
            }
        }
        throw new IllegalStateException("a full page has no last row");
    }

    /** What {@link WhistlePolicy} lets this person see, as a condition over $1, the area, and $2, the department. */
    private static String scope(Caller.Staff who) {
        return switch (who.role()) {
            case DISPATCHER, SUPERVISOR ->
                (who.level() == AreaLevel.CITY ? "" : "w.county = left($1, 6) AND ")
                        + "c.area LIKE $1 || '%' AND $2::text IS NULL";
            case DEPARTMENT_OFFICER -> """
                    w.county = $1 AND EXISTS (
                      SELECT FROM whistle_calls k WHERE k.whistle_id = w.id AND k.department = $2)""";
            case GRID_ASSISTANT, GRID_WORKER, DEPUTY_LEADER, GRID_LEADER ->
                "w.county = left($1, 6) AND c.area = $1 AND $2::text IS NULL";
            case ADMINISTRATOR -> "false AND $1::text IS NOT NULL AND $2::text IS NULL";
        };
    }

    private static Tuple scopeValues(Caller.Staff who) {
        return Tuple.tuple().addValue(who.area()).addValue(who.department());
    }
}
