package linge.replies;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import linge.bot.reply.Draft;
import linge.bot.reply.ReplyCheck;
import linge.cases.CaseActs;
import linge.cases.LeaveNotices;
import linge.cases.StaffCases;
import linge.db.RateLimits;
import linge.http.Contract;
import linge.residents.Residents;
import linge.shared.Names;

/** The parts that look after answers put together. */
public final class RepliesHouse {

    /** What they stand on. */
    public record Ground(
            Vertx vertx,
            Pool db,
            Clock clock,
            StaffCases cases,
            Residents residents,
            LeaveNotices notices,
            RateLimits limits,
            Names names) {}

    private final WorkerExecutor workers;
    private final RepliesApi api;

    /** From now on every answer is read before it goes out. */
    public RepliesHouse(Ground on, CaseActs acts) {
        this.workers = on.vertx().createSharedWorkerExecutor("replies", 2);
        ReplyStore store = new ReplyStore();
        Releases releases = new Releases(on.notices());
        Templates templates = new Templates();
        Fields fields = new Fields(on.names(), on.clock());
        Reading reading = new Reading(workers, on.clock(), on.residents(), store, releases, templates, fields);
        acts.readBy(reading);
        acts.witness(reading);
        this.api = new RepliesApi(on, on.cases(), reading, store, releases, templates, fields);
    }

    /** Loads what the check reads with, so that nobody's first answer waits for it. */
    public Future<Void> warmUp() {
        return workers.executeBlocking(() -> ReplyCheck.shipped().of(Draft.of("路灯坏了", null, "已更换灯泡")), false)
                .mapEmpty();
    }

    public void mount(Contract contract) {
        api.mount(contract);
    }
}
