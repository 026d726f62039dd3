package linge.whistle;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import linge.cases.CaseActs;
import linge.cases.Move;
import linge.cases.OwnCases;
import linge.clocks.Clocks;
import linge.http.Contract;
import linge.media.Media;
import linge.notify.Outbox;
import linge.shared.Names;
import linge.staff.Staff;

/** The parts of whistle and report-in put together; an open whistle holds its case open, and ends when the case does. */
public final class WhistleHouse {

    /** What whistles stand on. */
    public record Ground(
            Vertx vertx, Pool db, Clock clock, Clocks clocks, Staff staff, Media media, Outbox outbox, Names names) {}

    private static final Duration CLOCK_EVERY = Duration.ofSeconds(15);

    private final Ground on;
    private final WhistleStore store = new WhistleStore();
    private final ReportInClocks reportIn;
    private final Whistles whistles;
    private final WhistleClock clock;

    public WhistleHouse(Ground on, CaseActs cases) {
        this.on = on;
        this.reportIn = new ReportInClocks(on.clocks(), store);
        this.whistles = new Whistles(on.db(), on.clock(), store, on.staff(), on.outbox(), on.names(), cases, reportIn);
        this.clock = new WhistleClock(on.vertx(), whistles, CLOCK_EVERY);
        cases.guard((tx, c) -> store.openOf(tx, c.facts().id())
                .map(open -> open == null
                        ? null
                        : "这件诉求吹了哨，现在是“" + open.now().state().label() + "”。请先结束或取消吹哨，再办结。"));
        cases.witness((tx, moved) ->
                moved.after().now().state().ended() ? whistles.ended(tx, moved.after()) : Future.succeededFuture());
        cases.witness((tx, moved) ->
                moved.line().move() == Move.RESUME ? whistles.resumed(tx, moved.after()) : Future.succeededFuture());
        cases.deadlines(reportIn::reckoned);
    }

    public void mount(Contract contract, OwnCases cases) {
        new WhistleApi(on, whistles, reportIn, store, cases).mount(contract);
    }

    public WhistleClock clock() {
        return clock;
    }
}
