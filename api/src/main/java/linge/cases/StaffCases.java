package linge.cases;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.Locale;
import linge.shared.Caller;
import linge.shared.Names;
import org.jspecify.annotations.Nullable;

/** What staff do with cases from a desk: look through them, move them, and see where they may go. */
public final class StaffCases {

    private final Cases cases;
    private final CaseQueue queue;
    private final CaseView view;
    private final DispatchTargets targets;
    private final Names names;
    private final Hats hats;
    private final Pool db;

    public StaffCases(Cases cases, Cases.Ground on) {
        this.cases = cases;
        this.queue = new CaseQueue(on);
        this.view = CaseView.on(on);
        this.targets = new DispatchTargets(on.staff(), on.grids(), on.names());
        this.names = on.names();
        this.hats = new Hats(on.staff().posts());
        this.db = on.db();
    }

    /** A page as the contract's {@code QueuePage}; {@code sort} is one of its orders, null the usual one. */
    public Future<JsonObject> page(
            Caller.Staff staff, CaseFilter filter, @Nullable String sort, @Nullable String after, int limit) {
        CaseQueue.Sort by = sort == null ? usual(filter) : CaseQueue.Sort.valueOf(sort.toUpperCase(Locale.ROOT));
        return queue.page(staff, filter, by, after, limit).map(page -> {
            JsonArray items = new JsonArray();
            page.items().forEach(c -> items.add(row(c, page)));
            JsonObject shown = new JsonObject().put("items", items).put("next", page.next());
            return page.total() == null ? shown : shown.put("total", total(page.total()));
        });
    }

    /** How many there are, exact up to a thousand: {@code {"n","more"}}. */
    public Future<JsonObject> count(Caller.Staff staff, CaseFilter filter) {
        return queue.total(staff, filter).map(StaffCases::total);
    }

    /** A case by its number, for whoever may see it; fails with {@code NOT_FOUND} otherwise. */
    public Future<Case> find(String number, Caller.Staff staff) {
        return cases.find(CaseNumber.parse(number), staff);
    }

    /** Makes a move in a transaction of its own; fails as {@link Case#make} refuses. */
    public Future<Case> make(String number, MoveRequest request, Caller.Staff staff) {
        return cases.make(CaseNumber.parse(number), request, staff);
    }

    /** Where this person may send a case, as the contract's {@code targets}; nowhere when it may not be dispatched by them. */
    public Future<JsonArray> targets(Case c, Caller.Staff staff) {
        if (!Move.DISPATCH.from().contains(c.now().state())) {
            return Future.succeededFuture(new JsonArray());
        }
        return hats.of(db, staff)
                .compose(worn -> worn.stream()
                        .filter(hat -> CasePolicy.mayMake(hat, Move.DISPATCH, c))
                        .findFirst()
                        .map(hat -> targets.of(((Actor.Staff) hat).who(), c))
                        .orElseGet(() -> Future.succeededFuture(new JsonArray())));
    }

    /** What lies on the desk in a deadline's order; what is over, by what happened last; what was searched, the newest first. */
    private static CaseQueue.Sort usual(CaseFilter filter) {
        if (filter.words() != null) {
            return CaseQueue.Sort.FILED;
        }
        return switch (filter.view()) {
            case TODO, OPEN -> CaseQueue.Sort.DUE;
            case CLOSED, ALL -> CaseQueue.Sort.UPDATED;
        };
    }

    private JsonObject row(Case c, CaseQueue.Page page) {
        Holder holder = c.now().holder();
        JsonObject row = view.summary(c)
                .put("actingFor", Hats.actingFor(page.hats(), c))
                .put(
                        "holder",
                        new JsonObject()
                                .put("level", holder.level().name())
                                .put("code", holder.area())
                                .put("name", names.office(holder.area(), holder.department()))
                                .put("department", names.department(holder.department())))
                .put("address", c.facts().address())
                .put("privacy", c.facts().privacy().name())
                .put("returned", page.returned().contains(c.facts().id()));
        SearchWords words = page.words();
        if (words == null) {
            return row;
        }
        JsonObject grid = c.facts().grid();
        SearchWords.Hit hit = words.in(
                c.facts().text(),
                c.facts().address(),
                c.now().answer(),
                grid == null ? null : grid.getString("placeName"),
                grid == null ? null : grid.getString("name"));
        return hit == null ? row : row.put("hit", shown(hit));
    }

    private static JsonObject shown(SearchWords.Hit hit) {
        JsonArray marks = new JsonArray();
        hit.marks().forEach(mark -> marks.add(new JsonArray(List.of(mark[0], mark[1]))));
        return new JsonObject().put("text", hit.text()).put("marks", marks);
    }

    private static JsonObject total(CaseQueue.Total total) {
        return new JsonObject().put("n", total.n()).put("more", total.more());
    }
}
