package linge.admission;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import linge.bot.triage.Admission.Handler;
import linge.cases.Case;
import linge.cases.Holder;
import linge.cases.Move;
import linge.cases.MoveGuard;
import linge.cases.Moved;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Stands where a matter that a department had is sent to a grid: by the centre on the department's behalf, as nobody else may. What
 * the list in force there has, and what was admitted singly, goes through. Where there is no list, nothing is gated.
 */
final class Gate implements MoveGuard {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final Clock clock;
    private final AdmissionStore store;

    Gate(Clock clock, AdmissionStore store) {
        this.clock = clock;
        this.store = store;
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZONE);
    }

    @Override
    public Future<@Nullable String> reads(SqlConnection tx, Moved made, Caller.Staff who) {
        Case c = made.after();
        Holder to = c.now().holder();
        boolean toGrid = to.department() == null && to.level() == AreaLevel.GRID;
        if (made.line().move() != Move.DISPATCH || !toGrid) {
            return Future.succeededFuture();
        }
        return store.inForce(tx, c.facts().area(), today())
                .compose(list -> list == null
                        ? Future.succeededFuture()
                        : store.cameFrom(tx, c.facts().id())
                                .compose(department -> department == null
                                        ? Future.succeededFuture()
                                        : admitted(tx, c, to.area(), department, list)));
    }

    private Future<@Nullable String> admitted(
            SqlConnection tx, Case c, String grid, String department, AdmissionStore.Head list) {
        return item(tx, c, list, department).compose(item -> {
            if (item != null) {
                return Future.succeededFuture("准入清单第 " + item.code() + " 项，" + Item.words(item.handler()) + "办");
            }
            return store.newest(tx, c.facts().id(), grid, department).map(request -> {
                if (request == null || !request.granted()) {
                    throw refused(c, grid, department, list, request);
                }
                return request.shown().getString("decidedBy") + "批准单件准入："
                        + request.shown().getString("reason");
            });
        });
    }

    private Future<@Nullable Item> item(SqlClient on, Case c, AdmissionStore.Head list, @Nullable String department) {
        String category = c.facts().category();
        return category == null ? Future.succeededFuture() : store.item(on, list.id(), category, department);
    }

    private static Refusal refused(
            Case c, String grid, String department, AdmissionStore.Head list, AdmissionStore.@Nullable Request asked) {
        String category = c.facts().category();
        String matter = category == null ? "未分类的事项" : Item.name(category);
        String out = asked == null
                ? "可以申请单件准入，中心督办员批准后再派。"
                : asked.open()
                        ? "单件准入已经申请，等督办员批准。"
                        : "单件准入没有获批：" + asked.shown().getString("reason");
        return Refusal.of(
                        Refusal.Kind.NOT_ADMITTED,
                        "“" + matter + "”不在" + Item.departmentName(department) + "可以交给网格的准入清单里（" + list.effective()
                                + " 起实行）。" + out)
                .with(
                        "admission",
                        new JsonObject()
                                .put("grid", grid)
                                .put("department", department)
                                .put(
                                        "state",
                                        asked == null ? "NONE" : asked.shown().getString("state")));
    }

    /** Why a grid may have this matter, as a reason to read; null where no list in force names it. */
    Future<@Nullable String> reason(SqlClient on, Case c) {
        return store.inForce(on, c.facts().area(), today())
                .compose(list -> list == null ? Future.succeededFuture() : item(on, c, list, null))
                .map(item -> item == null
                        ? null
                        : "准入清单第 " + item.code() + " 项：" + item.item() + "，"
                                + (item.handler() == Handler.GRID ? "网格办" : "和部门一起办") + "，" + item.days() + " 个工作日");
    }
}
