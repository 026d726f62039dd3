package linge.webhooks;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import linge.cases.OwnCases;
import linge.cases.Witness;
import linge.db.RateLimits;
import linge.grids.Grids;
import linge.http.Brake;
import linge.http.Contract;
import linge.notify.Outbox;
import linge.notify.webhook.Courier;
import linge.notify.webhook.Events;
import linge.notify.webhook.Network;
import linge.notify.webhook.Reach;
import linge.notify.webhook.Sender;
import linge.notify.webhook.Vault;
import linge.notify.webhook.WebhookSettings;
import linge.notify.webhook.Webhooks;
import linge.residents.Residents;
import linge.shared.Names;

/** The parts that speak with other systems put together: events out, reports in, and the administrators' page. */
public final class WebhookHouse {

    /**
     * What they stand on.
     *
     * @param vault seals the secrets of other systems
     * @param networks of ours that webhooks may lead into
     * @param source what our events give as their source, a URI
     * @param node this node's name
     * @param administrators of an area: its own, and those of the areas above it
     * @param listen where to LISTEN for new events
     */
    public record Ground(
            Vertx vertx,
            Pool db,
            Clock clock,
            Vault vault,
            List<Network> networks,
            String source,
            String node,
            Residents residents,
            Grids grids,
            RateLimits limits,
            Names names,
            Outbox outbox,
            BiFunction<SqlClient, String, Future<List<UUID>>> administrators,
            MeterRegistry metrics,
            PgConnectOptions listen) {}

    private final Ground on;
    private final Reach reach;
    private final Webhooks webhooks;
    private final Courier courier;
    private final Sources sources;
    private final Reports reports;

    public WebhookHouse(Ground on) {
        WebhookSettings settings = WebhookSettings.of(on.node());
        this.on = on;
        this.reach = new Reach(on.vertx(), on.networks());
        Sender sender = new Sender(on.vertx(), reach, on.clock(), settings.answer());
        this.webhooks = new Webhooks(on.db(), on.clock(), on.vault(), sender, on.source());
        this.courier = new Courier(
                on.vertx(),
                on.db(),
                on.clock(),
                on.vault(),
                sender,
                on.source(),
                settings,
                new Alarm(on.outbox(), on.administrators()::apply, on.metrics()),
                on.listen());
        this.sources = new Sources(on.db(), on.clock(), on.vault(), on.residents());
        this.reports = new Reports(on.vertx(), on.db(), on.clock(), on.residents());
    }

    /** Puts the events of every move. */
    public Witness witness() {
        return new CaseEvents(reports, on.names());
    }

    public void mount(Contract contract, OwnCases cases, Brake brake) {
        Noted noted = new Noted(on.db(), on.clock());
        new WebhookApi(webhooks, sources, reach, on.vault(), on.grids(), on.names(), noted).mount(contract);
        new SourceApi(sources, on.vault(), on.grids(), on.names(), noted).mount(contract);
        new ReportApi(sources, reports, cases, on.limits(), brake, on.clock()).mount(contract);
    }

    /** What a courier that died had in hand need not wait; only where this process has the database to itself. */
    public Future<Void> takeOver() {
        return courier.takeOver();
    }

    public Future<Void> start() {
        return courier.start();
    }

    public Future<Void> stop() {
        return courier.stop();
    }

    /** Housekeeping. */
    public Future<Void> forgetOld() {
        return Events.sweep(on.db(), on.clock()).compose(done -> reports.forgetOld());
    }
}
