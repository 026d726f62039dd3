package linge.cases;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import linge.db.Times;
import linge.shared.Caller;
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

    /** A page, seen in these posts; {@code next} leads on, null at the end. */
    record Page(
            List<Case> items, List<Actor> hats, @Nullable String next) {}

    /** Each exact up to a thousand; one more stands for all that are more. */
    record Counts(long todo, long open, long overdue, long closed) {}

    private static final String RESIDENT_OPEN = "(" + CaseScope.OPEN + " OR state = 'REPORTED')";

    private final Pool db;
    private final Clock clock;
    private final Hats hats;
    private final CaseSearch search;

    CaseLists(Cases.Ground on) {
        this.db = on.db();
        this.clock = on.clock();
        this.hats = new Hats(on.staff().posts());
        this.search = new CaseSearch(db);
    }

    Future<Page> page(Caller caller, View view, @Nullable String query, @Nullable String after, int limit) {
        boolean forward = caller instanceof Caller.Staff && view != View.CLOSED && view != View.ALL;
        String sort = forward ? CaseScope.DUE : caller instanceof Caller.Staff ? "updated_at" : "filed_at";
        return hats.of(db, caller)
                .compose(worn -> asked(caller, worn, view, query).compose(all -> {
                    if (after != null) {
                        PageCursor from = PageCursor.decode(after);
                        all.and(
                                "(" + sort + ", id) " + (forward ? ">" : "<") + " (?, ?)",
                                Times.at(from.at()),
                                from.id());
                    }
                    String way = forward ? "" : " DESC";
                    return db.preparedQuery(
                                    Conditions.PLANNED_ANEW + "SELECT " + sort + " AS sort, " + CaseStore.COLUMNS
                                            + "\nFROM cases WHERE " + all.sql() + "\nORDER BY " + sort + way + ", id"
                                            + way + " LIMIT "
                                            + (limit + 1))
                            .execute(all.values())
                            .map(rows -> {
                                List<Case> items = new ArrayList<>();
                                Row last = null;
                                for (Row row : rows) {
                                    if (items.size() == limit && last != null) {
                                        return new Page(
                                                items,
                                                worn,
                                                new PageCursor(Times.of(last, "sort"), last.getUUID("id")).encode());
                                    }
                                    items.add(CaseStore.caseOf(row));
                                    last = row;
                                }
                                return new Page(items, worn, null);
                            });
                }));
    }

    /** @param worn as whom the caller looks at the list */
    Future<Counts> counts(Caller caller, List<Actor> worn) {
        Instant now = clock.instant();
        Conditions overdue = seen(caller, worn).and(CaseScope.OPEN).and(CaseScope.DUE + " < ?", Times.at(now));
        return Future.all(
                        count(conditions(caller, worn, View.TODO)),
                        count(conditions(caller, worn, View.OPEN)),
                        count(overdue),
                        count(conditions(caller, worn, View.CLOSED)))
                .map(all -> new Counts(all.resultAt(0), all.resultAt(1), all.resultAt(2), all.resultAt(3)));
    }

    private Future<Long> count(Conditions all) {
        return db.preparedQuery(Conditions.PLANNED_ANEW + "SELECT count(*) AS n FROM (SELECT FROM cases WHERE "
                        + all.sql() + " LIMIT " + (CaseSearch.COUNTED + 1) + ") AS few")
                .execute(all.values())
                .map(rows -> rows.iterator().next().getLong("n"));
    }

    /** Staff search the index of words; a resident's own cases are few. */
    private Future<Conditions> asked(Caller caller, List<Actor> worn, View view, @Nullable String query) {
        Conditions all = conditions(caller, worn, view);
        if (query == null) {
            return Future.succeededFuture(all);
        }
        if (caller instanceof Caller.Staff) {
            return search.find(Hats.posts(worn), null, query)
                    .map(found -> found == null ? all.and("false") : found.narrow(all));
        }
        String part = CaseFilter.escaped(query);
        return Future.succeededFuture(all.and("(number LIKE ? OR text ILIKE ?)", part + "%", "%" + part + "%"));
    }

    private Conditions conditions(Caller caller, List<Actor> worn, View view) {
        boolean staff = caller instanceof Caller.Staff;
        Conditions seen = view == View.TODO && staff
                ? CaseScope.waitingFor(Hats.posts(worn), Times.at(clock.instant()))
                : seen(caller, worn);
        String open = staff ? CaseScope.OPEN : RESIDENT_OPEN;
        return switch (view) {
            case TODO, OPEN -> seen.and(open);
            case CLOSED -> seen.and("NOT (" + open + ")");
            case ALL -> seen;
        };
    }

    private static Conditions seen(Caller caller, List<Actor> worn) {
        return caller instanceof Caller.Staff ? CaseScope.seenBy(Hats.posts(worn)) : CaseScope.seenBy(caller);
    }
}
