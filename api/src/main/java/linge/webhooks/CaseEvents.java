package linge.webhooks;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import linge.cases.Case;
import linge.cases.DueRule;
import linge.cases.Holder;
import linge.cases.Move;
import linge.cases.Moved;
import linge.cases.Witness;
import linge.notify.webhook.Events;
import linge.shared.AreaLevel;
import linge.shared.Names;
import linge.webhooks.Reports.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Tells other systems of every move of a case: what it is about, where in which grid, and how it stands. Never who filed it, nor
 * anything that could tell: not the text, the address, the point, or what was said. The system that brought the case to us
 * also reads its own number and the answer.
 */
final class CaseEvents implements Witness {

    private static final String PREFIX = "cn.linge.case.";

    private final Reports reports;
    private final Names names;

    CaseEvents(Reports reports, Names names) {
        this.reports = reports;
        this.names = names;
    }

    @Override
    public Future<Void> saw(SqlConnection tx, Moved moved) {
        return reports.origin(tx, moved.after().facts().id()).compose(origin -> Events.put(tx, event(moved, origin)));
    }

    /** Every type there is, with its name: {@code [{"type","name"}]}. */
    static JsonArray types() {
        JsonArray types = new JsonArray();
        for (Move move : Move.values()) {
            types.add(new JsonObject().put("type", type(move)).put("name", move.label()));
        }
        return types;
    }

    static String type(Move move) {
        return PREFIX
                + switch (move) {
                    case FILE -> "filed";
                    case ACCEPT -> "accepted";
                    case DECLINE -> "declined";
                    case DISPATCH -> "dispatched";
                    case RETURN -> "returned";
                    case ESCALATE -> "escalated";
                    case HANDLE -> "handling";
                    case NOTE -> "noted";
                    case REPORT_BACK -> "reported";
                    case SUPERVISE -> "supervised";
                    case RATE -> "rated";
                    case REOPEN -> "reopened";
                    case WITHDRAW -> "withdrawn";
                    case SUPPLEMENT -> "supplemented";
                    case URGE -> "urged";
                    case CORRECT -> "corrected";
                    case ARBITRATE -> "arbitrated";
                    case TRANSFER -> "transferred";
                    case ASK_EXTENSION -> "extension-asked";
                    case GRANT_EXTENSION -> "extended";
                    case REFUSE_EXTENSION -> "extension-refused";
                    case SUSPEND -> "suspended";
                    case RESUME -> "resumed";
                    case RESOLVE -> "resolved";
                    case LIST -> "listed";
                    case UNLIST -> "unlisted";
                    case WHISTLE -> "whistled";
                    case REPORT_IN -> "reported-in";
                    case CONCLUDE -> "concluded";
                    case MERGE -> "merged";
                    case SPLIT -> "split";
                    case FOLLOW -> "followed";
                    case CONFIRM -> "confirmed";
                    case RETURN_VISIT -> "visited";
                    case CAUTION -> "cautioned";
                    case CLIMB -> "climbed";
                    case WARN -> "overdue";
                    case ARCHIVE -> "archived";
                };
    }

    /** Pure: the same move makes the same event, under the same id. */
    Events.Event event(Moved moved, @Nullable Origin origin) {
        Case.Facts facts = moved.after().facts();
        return new Events.Event(
                facts.number() + "-" + moved.line().seq(),
                type(moved.line().move()),
                facts.number(),
                facts.area(),
                origin == null ? null : origin.source(),
                data(moved),
                origin == null
                        ? new JsonObject()
                        : new JsonObject()
                                .put("report", origin.number())
                                .put("answer", moved.after().now().answer())
                                .put("hotline", facts.hotline()),
                moved.line().at());
    }

    private JsonObject data(Moved moved) {
        Case.Facts facts = moved.after().facts();
        Case.Now now = moved.after().now();
        DueRule rule = now.rule();
        Holder holder = now.holder();
        Case.Rating rating = moved.line().move() == Move.RATE ? now.rating() : null;
        return new JsonObject()
                .put("number", facts.number())
                .put("move", moved.line().move().name())
                .put("moveName", moved.line().move().label())
                .put("state", now.state().name())
                .put("stateName", now.state().label())
                .put("step", now.state().step().name())
                .put("version", now.version())
                .put("by", moved.line().by().kind().name())
                .put("category", names.category(facts.category()))
                .put("urgency", facts.urgency().name())
                .put("area", facts.area())
                .put("areaName", areaName(facts.area()))
                .put("grid", grid(facts))
                .put(
                        "holder",
                        new JsonObject()
                                .put("area", holder.area())
                                .put("department", holder.department())
                                .put("name", names.office(holder.area(), holder.department())))
                .put("due", text(now.due()))
                .put("dueRule", rule == null ? null : rule.label())
                .put("supervised", now.supervised())
                .put("urges", now.urges())
                .put("rating", rating == null ? null : rating.score())
                .put("filedAt", text(facts.filedAt()));
    }

    private String areaName(String area) {
        return names.area(AreaLevel.of(area) == AreaLevel.GRID ? AreaLevel.above(area) : area);
    }

    private static @Nullable JsonObject grid(Case.Facts facts) {
        JsonObject grid = facts.grid();
        return grid == null
                ? null
                : new JsonObject().put("code", grid.getString("code")).put("name", grid.getString("name"));
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
