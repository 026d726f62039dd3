package linge.cases;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import linge.db.Times;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/** Pages of cases: a resident's own, newest first; a desk's or an area's, the nearest deadline first. */
final class CaseLists {

    /** Which cases of those one may see. */
    enum View {
        /** On my own desk. */
        TODO,
        OPEN,
        CLOSED,
        ALL
    }

    /** A page; {@code next} leads on, null at the end. */
    record Page(List<Case> items, @Nullable String next) {}

    record Counts(long todo, long open, long overdue, long closed) {}

    /** Where a page begins: the sort time and id of the last case before it. */
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
                // Further than this the database keeps no time.
                if (cursor.at.isBefore(FIRST) || cursor.at.isAfter(LAST)) {
                    throw new IllegalArgumentException("no case was ever filed then");
                }
                return cursor;
            } catch (IllegalArgumentException | DateTimeParseException | ArrayIndexOutOfBoundsException e) {
                throw Refusal.badInput("/after", "翻页位置不对，请从第一页重新看起。");
            }
        }
    }

    private static final String OPEN =
            "state IN ('SUBMITTED', 'ACCEPTED', 'DISPATCHED', 'HANDLING', 'SUSPENDED', 'RESOLVED')";
    private static final String RESIDENT_OPEN =
            "state IN ('SUBMITTED', 'ACCEPTED', 'DISPATCHED', 'HANDLING', 'SUSPENDED', 'RESOLVED', 'REPORTED')";

    /** A case without a deadline sorts after all that have one. */
    private static final String DUE = "coalesce(due_at, timestamptz '9999-01-01Z')";

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    private final Pool db;
    private final Clock clock;

    CaseLists(Pool db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    Future<Page> page(Caller caller, View view, @Nullable String query, @Nullable String after, int limit) {
        boolean forward = caller instanceof Caller.Staff && view != View.CLOSED && view != View.ALL;
        String sort = forward ? DUE : caller instanceof Caller.Staff ? "updated_at" : "filed_at";
        Cursor from = after != null
                ? Cursor.decode(after)
                : new Cursor(forward ? FIRST : LAST, forward ? new UUID(0, 0) : new UUID(-1, -1));
        String sql = "SELECT " + sort + " AS sort, " + CaseStore.COLUMNS + " FROM cases WHERE " + scope(caller, view)
                + " AND " + state(caller, view)
                + " AND $3::timestamptz IS NOT NULL"
                + " AND ($4::text IS NULL OR number LIKE $4 || '%' OR text ILIKE '%' || $4 || '%')"
                + " AND (" + sort + ", id) " + (forward ? ">" : "<") + " ($5, $6)"
                + " ORDER BY " + sort + (forward ? "" : " DESC") + ", id" + (forward ? "" : " DESC") + " LIMIT $7";
        Tuple values = scopeValues(caller)
                .addValue(Times.at(clock.instant()))
                .addValue(query == null ? null : escaped(query))
                .addValue(Times.at(from.at()))
                .addValue(from.id())
                .addValue(limit + 1);
        return db.preparedQuery(sql).execute(values).map(rows -> {
            List<Case> items = new ArrayList<>();
            Row last = null;
            for (Row row : rows) {
                if (items.size() == limit && last != null) {
                    return new Page(items, new Cursor(Times.of(last, "sort"), last.getUUID("id")).encode());
                }
                items.add(CaseStore.caseOf(row));
                last = row;
            }
            return new Page(items, null);
        });
    }

    Future<Counts> counts(Caller caller) {
        String sql = "SELECT count(*) FILTER (WHERE " + scope(caller, View.TODO) + " AND " + state(caller, View.TODO)
                + ") AS todo, count(*) FILTER (WHERE " + state(caller, View.OPEN)
                + ") AS open, count(*) FILTER (WHERE " + OPEN + " AND due_at < $3) AS overdue, count(*) FILTER (WHERE "
                + state(caller, View.CLOSED) + ") AS closed FROM cases WHERE " + scope(caller, View.ALL);
        return db.preparedQuery(sql)
                .execute(scopeValues(caller).addValue(Times.at(clock.instant())))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return new Counts(
                            row.getLong("todo"), row.getLong("open"), row.getLong("overdue"), row.getLong("closed"));
                });
    }

    /** What {@link CasePolicy} lets this person see, as a condition over $1 and $2, and the time as $3. */
    private static String scope(Caller caller, View view) {
        if (caller instanceof Caller.Resident) {
            return "resident_id = $1::uuid AND $2::text IS NULL";
        }
        Role role = ((Caller.Staff) caller).role();
        String desk = "holder_area = $1 AND holder_department IS NOT DISTINCT FROM $2";
        return switch (role) {
            case GRID_ASSISTANT, GRID_WORKER, DEPUTY_LEADER, GRID_LEADER ->
                view == View.TODO ? desk : "(area = $1 OR holder_area = $1) AND $2::text IS NULL";
            case DISPATCHER -> view == View.TODO ? desk : "area LIKE $1 || '%' AND $2::text IS NULL";
            case SUPERVISOR ->
                view == View.TODO
                        ? "area LIKE $1 || '%' AND $2::text IS NULL AND (supervised OR due_at < $3)"
                        : "area LIKE $1 || '%' AND $2::text IS NULL";
            case DEPARTMENT_OFFICER ->
                view == View.TODO
                        ? desk
                        : "(" + desk
                                + " OR assisting @> jsonb_build_array(jsonb_build_object('area', $1::text, 'department', $2::text)))";
            case ADMINISTRATOR -> "false AND $1::text IS NOT NULL AND $2::text IS NULL";
        };
    }

    private static Tuple scopeValues(Caller caller) {
        return caller instanceof Caller.Resident resident
                ? Tuple.tuple().addValue(resident.id()).addValue(null)
                : Tuple.tuple().addValue(((Caller.Staff) caller).area()).addValue(((Caller.Staff) caller).department());
    }

    private static String state(Caller caller, View view) {
        String open = caller instanceof Caller.Resident ? RESIDENT_OPEN : OPEN;
        return switch (view) {
            case TODO, OPEN -> open;
            case CLOSED -> "NOT " + open;
            case ALL -> "true";
        };
    }

    private static String escaped(String query) {
        return query.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
