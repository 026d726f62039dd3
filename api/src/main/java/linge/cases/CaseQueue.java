package linge.cases;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import linge.db.Times;
import linge.shared.Caller;
import org.jspecify.annotations.Nullable;

/** The cases of a desk, filtered, searched and in an order of one's own; by the page, however many there are. */
final class CaseQueue {

    enum Sort {
        /** The nearest deadline first. */
        DUE(CaseScope.DUE, true),
        /** The newest first. */
        FILED("filed_at", false),
        OLDEST("filed_at", true),
        /** What changed last first. */
        UPDATED("updated_at", false);

        private final String by;
        private final boolean forward;

        Sort(String by, boolean forward) {
            this.by = by;
            this.forward = forward;
        }
    }

    /** A count: exact, or so many and more. */
    record Total(int n, boolean more) {}

    /** A page, seen in these posts; {@code next} leads on, null at the end. The total comes with the first page. */
    record Page(
            List<Case> items,
            List<Actor> hats,
            Set<UUID> returned,
            @Nullable SearchWords words,
            @Nullable String next,
            @Nullable Total total) {}

    private static final int LOOKED_AT = 2000;

    private static final String RETURNED =
            "SELECT DISTINCT case_id FROM case_history WHERE move = 'RETURN' AND case_id = ANY($1)";

    private final Pool db;
    private final Clock clock;
    private final Hats hats;
    private final CaseSearch search;
    private final CaseStore store = new CaseStore();

    CaseQueue(Cases.Ground on) {
        this.db = on.db();
        this.clock = on.clock();
        this.hats = new Hats(on.staff().posts());
        this.search = new CaseSearch(db);
    }

    Future<Page> page(Caller.Staff staff, CaseFilter filter, Sort sort, @Nullable String after, int limit) {
        return hats.of(db, staff)
                .compose(worn -> search.find(Hats.posts(worn), filter.area(), filter.words())
                        .compose(found -> page(worn, filter, found, sort, after, limit)));
    }

    private Future<Page> page(
            List<Actor> worn,
            CaseFilter filter,
            CaseSearch.@Nullable Found found,
            Sort sort,
            @Nullable String after,
            int limit) {
        List<Caller.Staff> posts = Hats.posts(worn);
        Future<@Nullable Total> total =
                after == null ? total(posts, filter, found).map(counted -> counted) : Future.succeededFuture();
        return Future.all(total, exact(posts, found, after), items(posts, filter, found, sort, after, limit))
                .compose(all -> {
                    Case exact = all.resultAt(1);
                    Slice slice = all.resultAt(2);
                    List<Case> items = new ArrayList<>();
                    if (exact != null) {
                        items.add(exact);
                    }
                    slice.items().stream().filter(c -> !c.equals(exact)).forEach(items::add);
                    return returned(items)
                            .map(returned -> new Page(
                                    items,
                                    worn,
                                    returned,
                                    found == null ? null : found.words(),
                                    slice.next(),
                                    all.resultAt(0)));
                });
    }

    Future<Total> total(Caller.Staff staff, CaseFilter filter) {
        return hats.of(db, staff)
                .map(Hats::posts)
                .compose(posts -> search.find(posts, filter.area(), filter.words())
                        .compose(found -> total(posts, filter, found)));
    }

    private Future<Total> total(List<Caller.Staff> posts, CaseFilter filter, CaseSearch.@Nullable Found found) {
        if (found != null && found.many()) {
            return filter.wordless().equals(CaseFilter.EVERYTHING)
                    ? Future.succeededFuture(new Total(CaseSearch.COUNTED, true))
                    : totalAmongTheFirst(filter.conditions(posts, clock.instant()), found);
        }
        Conditions all = conditions(posts, filter, found);
        return db.preparedQuery(Conditions.PLANNED_ANEW + "SELECT count(*) AS n FROM (SELECT FROM cases WHERE "
                        + all.sql() + " LIMIT " + (CaseSearch.COUNTED + 1) + ") AS few")
                .execute(all.values())
                .map(rows -> {
                    int n = rows.iterator().next().getInteger("n");
                    return new Total(Math.min(n, CaseSearch.COUNTED), n > CaseSearch.COUNTED);
                });
    }

    /** What very many say is counted among so many that fit otherwise, and no further. */
    private Future<Total> totalAmongTheFirst(Conditions all, CaseSearch.Found found) {
        String some = "SELECT id, number FROM cases WHERE " + all.sql() + " LIMIT " + LOOKED_AT;
        return db.preparedQuery(Conditions.PLANNED_ANEW + "SELECT count(*) FILTER (WHERE " + found.said(all)
                        + ") AS n, count(*) AS looked\nFROM (" + some + ") AS cases")
                .execute(all.values())
                .map(rows -> {
                    Row row = rows.iterator().next();
                    int n = row.getInteger("n");
                    boolean more = n > CaseSearch.COUNTED || row.getInteger("looked") == LOOKED_AT;
                    return new Total(Math.min(n, CaseSearch.COUNTED), more);
                });
    }

    private record Slice(List<Case> items, @Nullable String next) {}

    private Future<Slice> items(
            List<Caller.Staff> posts,
            CaseFilter filter,
            CaseSearch.@Nullable Found found,
            Sort sort,
            @Nullable String after,
            int limit) {
        PageCursor from = after == null ? PageCursor.start(sort.forward) : PageCursor.decode(after);
        Conditions all = conditions(posts, filter, found);
        if (after != null) {
            all.and("(" + sort.by + ", id) " + (sort.forward ? ">" : "<") + " (?, ?)", Times.at(from.at()), from.id());
        }
        String way = sort.forward ? "" : " DESC";
        return db.preparedQuery(Conditions.PLANNED_ANEW + "SELECT " + sort.by + " AS sort, " + CaseStore.COLUMNS
                        + "\nFROM cases WHERE " + all.sql() + "\nORDER BY " + sort.by + way + ", id" + way + " LIMIT "
                        + (limit + 1))
                .execute(all.values())
                .map(rows -> {
                    List<Case> items = new ArrayList<>();
                    Row last = null;
                    for (Row row : rows) {
                        if (items.size() == limit && last != null) {
                            return new Slice(
                                    items, new PageCursor(Times.of(last, "sort"), last.getUUID("id")).encode());
                        }
                        items.add(CaseStore.caseOf(row));
                        last = row;
                    }
                    return new Slice(items, null);
                });
    }

    /** A whole number leads to its case, whatever the filters leave out, at the top of the first page. */
    private Future<@Nullable Case> exact(
            List<Caller.Staff> posts, CaseSearch.@Nullable Found found, @Nullable String after) {
        String number = found == null ? null : found.words().number();
        if (number == null || number.length() < 12 || after != null) {
            return Future.succeededFuture();
        }
        return store.byNumber(db, number)
                .map(c -> posts.stream().anyMatch(post -> CasePolicy.maySee(post, c)) ? c : null)
                .otherwiseEmpty();
    }

    private Future<Set<UUID>> returned(List<Case> items) {
        UUID[] ids = items.stream().map(c -> c.facts().id()).toArray(UUID[]::new);
        return db.preparedQuery(RETURNED)
                .execute(io.vertx.sqlclient.Tuple.tuple().addValue(ids))
                .map(rows -> {
                    Set<UUID> returned = new java.util.HashSet<>();
                    rows.forEach(row -> returned.add(row.getUUID("case_id")));
                    return returned;
                });
    }

    private Conditions conditions(List<Caller.Staff> posts, CaseFilter filter, CaseSearch.@Nullable Found found) {
        Conditions all = filter.conditions(posts, clock.instant());
        return found == null ? all : found.narrow(all);
    }
}
