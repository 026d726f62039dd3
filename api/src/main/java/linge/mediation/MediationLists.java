package linge.mediation;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import linge.db.Times;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/** Pages of mediations: open ones by what runs out first; ended ones, the latest first. */
final class MediationLists {

    /** A page; {@code next} leads on, null at the end. */
    record Page(List<Mediation> items, @Nullable String next) {}

    /** Where a page begins: the sort time and id of the last one before it. */
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
                    throw new IllegalArgumentException("nothing was ever due then");
                }
                return cursor;
            } catch (IllegalArgumentException | DateTimeParseException | ArrayIndexOutOfBoundsException e) {
                throw Refusal.badInput("/after", "翻页位置不对，请从第一页重新看起。");
            }
        }
    }

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");
    /** What has no deadline comes last. */
    private static final String DUE = "coalesce(m.due_at, '9999-12-30T00:00:00Z'::timestamptz)";

    private static final String OF_RESIDENT = "SELECT " + MediationStore.COLUMNS + MediationStore.FROM + """
            WHERE EXISTS (
              SELECT FROM mediation_parties p WHERE p.mediation_id = m.id AND p.resident = $1
                AND (p.applies OR m.state NOT IN ('APPLIED', 'REFUSED')))
            ORDER BY m.opened_at DESC, m.id DESC LIMIT 50""";

    private final Pool db;
    private final MediationStore store;

    MediationLists(Pool db, MediationStore store) {
        this.db = db;
        this.store = store;
    }

    Future<List<Mediation>> of(Caller.Resident who) {
        return db.preparedQuery(OF_RESIDENT).execute(Tuple.of(who.id())).compose(rows -> store.whole(db, rows));
    }

    Future<Page> page(
            Caller.Staff who,
            boolean open,
            @Nullable MediationKind kind,
            @Nullable MediationState state,
            @Nullable String number,
            @Nullable String after,
            int limit) {
        Cursor from = after != null
                ? Cursor.decode(after)
                : new Cursor(open ? FIRST : LAST, open ? new UUID(0, 0) : new UUID(-1, -1));
        String sort = open ? DUE : "m.ended_at";
        String direction = open ? "" : " DESC";
        String sql = "SELECT " + sort + " AS sort, " + MediationStore.COLUMNS + MediationStore.FROM + "WHERE "
                + scope(who) + " AND m.ended_at IS " + (open ? "" : "NOT ") + "NULL"
                + " AND ($4::text IS NULL OR m.kind = $4::text::mediation_kind)"
                + " AND ($5::text IS NULL OR m.state = $5::text::mediation_state)"
                + " AND ($6::text IS NULL OR m.number = $6 OR c.number = $6)"
                + " AND (" + sort + ", m.id) " + (open ? ">" : "<") + " ($7, $8)"
                + " ORDER BY " + sort + direction + ", m.id" + direction + " LIMIT $9";
        Tuple values = scopeValues(who)
                .addValue(kind == null ? null : kind.name())
                .addValue(state == null ? null : state.name())
                .addValue(number)
                .addValue(Times.at(from.at()))
                .addValue(from.id())
                .addValue(limit + 1);
        return db.preparedQuery(sql)
                .execute(values)
                .compose(rows -> store.whole(db, rows)
                        .map(found -> found.size() <= limit
                                ? new Page(found, null)
                                : new Page(
                                        found.subList(0, limit),
                                        last(rows, limit).encode())));
    }

    /** How many open ones stand in each state, and how many have run out. */
    Future<JsonObject> counts(Caller.Staff who, Instant now) {
        String sql = "SELECT m.state::text AS state, count(*) AS n, count(*) FILTER (WHERE m.due_at <= $4) AS late"
                + MediationStore.FROM + "WHERE " + scope(who) + " AND m.ended_at IS NULL GROUP BY m.state";
        return db.preparedQuery(sql)
                .execute(scopeValues(who).addValue(Times.at(now)))
                .map(rows -> {
                    JsonObject counts = new JsonObject()
                            .put("APPLIED", 0)
                            .put("CONSENT", 0)
                            .put("MEDIATING", 0)
                            .put("PAUSED", 0)
                            .put("AGREED", 0);
                    long late = 0;
                    for (Row row : rows) {
                        counts.put(row.getString("state"), row.getLong("n"));
                        late += row.getLong("late");
                    }
                    return counts.put("late", late);
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

    /** What {@link MediationPolicy} lets this person see, as a condition over $1, the area, $2, the department, and $3, their account. */
    private static String scope(Caller.Staff who) {
        String mine =
                "(starts_with(m.area, left($1, 6)) AND m.mediators @> jsonb_build_array(jsonb_build_object('user', $3::text)))";
        boolean justice = who.role() == Role.DEPARTMENT_OFFICER && MediationPolicy.JUSTICE.equals(who.department());
        return switch (who.role()) {
            case DISPATCHER, SUPERVISOR -> "(m.area LIKE $1 || '%' OR " + mine + ") AND $2::text IS NULL";
            case DEPARTMENT_OFFICER ->
                justice
                        ? "(m.area LIKE $1 || '%' OR " + mine + ") AND $2::text IS NOT NULL"
                        : "(m.area LIKE $1 || '%' AND m.department = $2::text OR " + mine + ")";
            default -> mine + " AND $2::text IS NULL";
        };
    }

    private static Tuple scopeValues(Caller.Staff who) {
        return Tuple.tuple().addValue(who.area()).addValue(who.department()).addValue(who.user());
    }
}
