package linge.triage;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import linge.bot.triage.Triage;
import linge.bot.triage.Triaged;
import linge.grids.GeoPoint;
import linge.grids.GridAnswer;
import linge.grids.Grids;
import linge.grids.Where;
import org.jspecify.annotations.Nullable;

/** Hears what a complaint is about and where it happened; the thinking is done on workers, never on an event loop. */
public final class Understanding {

    /** Both halves of the answer. */
    public record Understood(Triaged triaged, GridAnswer ground) {}

    private final WorkerExecutor workers;
    private final Grids grids;

    public Understanding(Vertx vertx, Grids grids) {
        this.workers = vertx.createSharedWorkerExecutor("understanding", 2);
        this.grids = grids;
    }

    /** Loads model and dictionaries, some seconds on a cold machine, so that nobody's first complaint waits for them. */
    public Future<Void> warmUp() {
        return workers.executeBlocking(() -> Triage.shipped().of("路灯坏了"), false).mapEmpty();
    }

    /**
     * @param address where it happened, when the resident said so apart from the text
     * @param home grid code of the resident's saved home; decides only where nothing else was said, with low confidence
     */
    public Future<Understood> of(
            String text, @Nullable GeoPoint point, @Nullable String address, @Nullable String home) {
        return workers.executeBlocking(
                () -> new Understood(Triage.shipped().of(text), grids.locate(new Where(text, address, point, home))),
                false);
    }
}
