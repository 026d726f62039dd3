package linge.webhooks;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.UUID;
import linge.notify.Audience;
import linge.notify.Notice;
import linge.notify.Outbox;
import linge.notify.webhook.Watch;

/** Tells administrators that a webhook was switched off by itself, in the transaction that does it, and counts such things. */
final class Alarm implements Watch {

    /** Administrators of an area: its own, and those of the areas above it. */
    @FunctionalInterface
    interface Administrators {
        Future<List<UUID>> of(SqlClient on, String area);
    }

    private final Outbox outbox;
    private final Administrators administrators;
    private final MeterRegistry metrics;

    Alarm(Outbox outbox, Administrators administrators, MeterRegistry metrics) {
        this.outbox = outbox;
        this.administrators = administrators;
        this.metrics = metrics;
    }

    @Override
    public Future<Void> off(SqlConnection tx, Off off) {
        return administrators
                .of(tx, off.area())
                .compose(ids -> outbox.putAll(
                        tx, ids.stream().map(id -> notice(off, id)).toList()))
                .onSuccess(told -> metrics.counter("linge_webhooks_switched_off", "because", off.because())
                        .increment());
    }

    private static Notice notice(Off off, UUID id) {
        return Notice.of(
                "webhook-off:" + off.webhook() + ":" + off.claim() + ":" + id,
                "staff-webhook-off",
                Audience.staff(id.toString()),
                "webhook:" + off.webhook(),
                new JsonObject()
                        .put("who", off.name())
                        .put("words", off.because().equals("GONE") ? "对方答复不再接收（410）" : "连续五天没有送成"));
    }

    @Override
    public void leftOut(long webhook) {
        metrics.counter("linge_webhook_events_left_out").increment();
    }
}
