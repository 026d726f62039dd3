package linge.cases;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.UUID;
import linge.media.Media;
import linge.shared.Caller;
import linge.shared.Role;

/** Cases as the grid's team has them in the field: the open ones to take along, and those found on patrol. */
public final class FieldCases {

    private final Cases cases;
    private final CaseLists lists;
    private final CaseView view;
    private final Media media;
    private final Pool db;

    public FieldCases(Cases cases, Cases.Ground on) {
        this.cases = cases;
        this.lists = new CaseLists(on);
        this.view = CaseView.on(on);
        this.media = on.media();
        this.db = on.db();
    }

    /** How a key given with a move is kept: one person's keys are nobody else's. */
    public static String key(Caller.Staff who, String given) {
        return "staff:" + who.id() + ":" + given;
    }

    /** The open cases somebody may see, the nearest deadline first. */
    public Future<List<Case>> open(Caller.Staff who, int most) {
        return lists.page(who, CaseLists.View.OPEN, null, null, most).map(CaseLists.Page::items);
    }

    /** Fails with {@code NOT_FOUND} for a case the caller may not see, as for one that is not there. */
    public Future<Case> find(String number, Caller.Staff who) {
        return cases.find(CaseNumber.parse(number), who);
    }

    /** As the contract's {@code CaseSummary}. */
    public JsonObject summary(Case c) {
        return view.summary(c);
    }

    /** The case as the contract's {@code Case}. */
    public Future<JsonObject> whole(Case c, Caller.Staff who) {
        return view.whole(c, who);
    }

    /** Its history as the contract's {@code HistoryLine}s. */
    public Future<JsonArray> history(Case c, Caller.Staff who) {
        return cases.history(c)
                .compose(lines -> media.ofCase(db, c.facts().id()).map(items -> {
                    JsonArray shown = new JsonArray();
                    lines.forEach(line -> shown.add(view.line(line, items, who)));
                    return shown;
                }));
    }

    public boolean maySee(Caller.Staff who, Case c) {
        return CasePolicy.maySee(who, c);
    }

    /** Whether the case lies on this person's own desk. */
    public boolean holds(Caller.Staff who, Case c) {
        return CasePolicy.answers(who, c);
    }

    /**
     * Whether somebody may call who filed it through a privacy number, which tells neither who the other is: who has the case,
     * unless it was filed anonymously.
     */
    public boolean mayCall(Caller.Staff who, Case c) {
        return c.facts().privacy() != Case.Privacy.ANONYMOUS && holds(who, c) && who.role() != Role.GRID_ASSISTANT;
    }

    public boolean mayReveal(Caller.Staff who, Case c) {
        return CasePolicy.mayReveal(who, c);
    }

    /**
     * Opens a case for what somebody found themselves, or finds the one that this key opened before.
     *
     * @param office the stand-in among the residents that the case belongs to
     * @param matter its key as {@link #key} makes it
     */
    public Future<Case> found(UUID office, Caller.Staff finder, OwnCases.Matter matter) {
        return cases.found(
                new Caller.Resident(office, "", null), new Cases.Finder(finder, matter.key()), matter.filing());
    }
}
