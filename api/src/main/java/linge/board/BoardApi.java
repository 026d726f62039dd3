package linge.board;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Words;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operations of the leader's board. */
final class BoardApi {

    private static final Logger log = LoggerFactory.getLogger(BoardApi.class);

    private static final int PAGE = 30;
    private static final int SHORTEST_PURPOSE = 4;
    private static final int LONGEST_PURPOSE = 500;

    private final Board board;
    private final BoardView view;
    private final HotReports hot;
    private final AreaShapes shapes;
    private final Exports exports;
    private final Clock clock;

    BoardApi(Board board, BoardView view, HotReports hot, AreaShapes shapes, Exports exports, Clock clock) {
        this.board = board;
        this.view = view;
        this.hot = hot;
        this.shapes = shapes;
        this.exports = exports;
        this.clock = clock;
    }

    void mount(Contract contract) {
        contract
                .on("getBoard", this::whole)
                .on("getBoardTrend", this::trend)
                .on("getHotTopics", this::topics)
                .on("getBoardMap", this::map)
                .on("listBoardCases", this::list)
                .stream("exportCases", this::export);
    }

    private Future<Answer> whole(Call call) {
        Scope scope = scope(call);
        return board.counts(scope)
                .compose(now -> board.totals(scope.during(scope.period().before()))
                        .map(before -> Answer.ok(view.whole(scope, now, before))));
    }

    private Future<Answer> trend(Call call) {
        boolean weekly = "week".equals(call.query("step"));
        return board.trend(scope(call), weekly)
                .map(steps -> Answer.ok(
                        new JsonObject().put("step", weekly ? "week" : "day").put("items", view.steps(steps))));
    }

    private Future<Answer> topics(Call call) {
        return hot.shown(scope(call), BoardPolicy.readsCases(call.staff())).map(Answer::ok);
    }

    private Future<Answer> map(Call call) {
        String area = BoardPolicy.area(call.staff(), call.query("area"));
        Scope whole = Scope.of(Period.of(null, null, clock.instant()), clock.instant(), area);
        return shapes.of(area, Board.below(whole)).map(found -> Answer.ok(found.copy()));
    }

    private Future<Answer> list(Call call) {
        Caller.Staff who = call.staff();
        return board.list(scope(call), figure(call), part(call), call.query("after"), call.integer("limit", PAGE))
                .map(page -> {
                    JsonArray items = new JsonArray();
                    page.items().forEach(one -> items.add(view.listed(one, BoardPolicy.readsCases(who))));
                    return Answer.ok(new JsonObject().put("items", items).put("next", page.next()));
                });
    }

    private void export(Call call) {
        RoutingContext ctx = call.ctx();
        ctx.request().resume();
        Context here = ctx.vertx().getOrCreateContext();
        Exports.Wanted wanted = new Exports.Wanted(
                scope(call), figure(call), part(call), one(Exports.Format.class, call, "format"), purpose(call));
        exports.into(here, ctx.response(), wanted, call.staff()).onFailure(failed -> {
            if (ctx.response().headWritten()) {
                log.warn("an export broke off", failed);
                ctx.request().connection().close();
            } else {
                ctx.response().headers().remove("content-disposition");
                ctx.fail(failed);
            }
        });
    }

    private static @Nullable String purpose(Call call) {
        String asked = call.query("purpose");
        if (asked == null) {
            return null;
        }
        String purpose = Objects.requireNonNullElse(Words.of(asked), "");
        if (purpose.length() < SHORTEST_PURPOSE || purpose.length() > LONGEST_PURPOSE) {
            throw Refusal.notSensible("/purpose", "请写明导出姓名和电话的用途（4 到 500 个字）。");
        }
        if (!BoardPolicy.readsCases(call.staff())) {
            throw Refusal.notAllowed("管理员只看数字，不能导出居民的姓名和电话。");
        }
        return purpose;
    }

    private Scope scope(Call call) {
        String area = BoardPolicy.area(call.staff(), call.query("area"));
        Period period = Period.of(call.query("from"), call.query("to"), clock.instant());
        return new Scope(
                period,
                clock.instant(),
                area,
                "true".equals(call.query("own")),
                code(call, "category"),
                code(call, "department"));
    }

    /** A code to keep to; {@code NONE} for what has none. */
    private static @Nullable String code(Call call, String name) {
        String code = call.query(name);
        if (code == null) {
            return null;
        }
        if (!code.matches("[A-Z_]{1,40}(\\.[A-Z_]{1,40})?")) {
            throw Refusal.badInput("/" + name, "编码不对。");
        }
        return code.equals("NONE") ? "" : code;
    }

    private static Figure figure(Call call) {
        return one(Figure.class, call, "figure");
    }

    private static Figure.Part part(Call call) {
        return call.query("part") == null ? Figure.Part.BASE : one(Figure.Part.class, call, "part");
    }

    private static <E extends Enum<E>> E one(Class<E> of, Call call, String name) {
        String asked = Objects.requireNonNullElse(call.query(name), "").toUpperCase(Locale.ROOT);
        return Arrays.stream(of.getEnumConstants())
                .filter(known -> known.name().equals(asked))
                .findFirst()
                .orElseThrow(() -> Refusal.badInput("/" + name, "没有这一项，请从页面上重新选择。"));
    }
}
