package linge.notify.sms;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.SessionState;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.connection.socket.SSLSocketConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one session bound with a carrier's gateway: asks now and then whether it lives, and binds anew when it ended. */
final class SmppLink {

    private static final Logger log = LoggerFactory.getLogger(SmppLink.class);

    /**
     * How a link is kept.
     *
     * @param answer how long the gateway may take to answer one request
     * @param idle how long nothing may pass before the link asks whether the other side lives
     * @param first wait before binding anew, doubled each time up to {@code longest}
     */
    record Manner(Duration answer, Duration idle, Duration first, Duration longest) {
        static final Manner USUAL =
                new Manner(Duration.ofSeconds(6), Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofMinutes(1));
    }

    private final Vertx vertx;
    private final SmsAccount.Smpp account;
    private final Manner manner;
    private final MessageReceiverListener listener;
    /** Binding blocks: a thread of its own, so that it never waits behind messages, nor they behind it. */
    private final WorkerExecutor binder;

    private volatile @Nullable SMPPSession session;
    private volatile String trouble = "还没连上";
    private volatile boolean stopped;
    private int failures;

    SmppLink(Vertx vertx, SmsAccount.Smpp account, Manner manner, MessageReceiverListener listener) {
        this.vertx = vertx;
        this.account = account;
        this.manner = manner;
        this.listener = listener;
        this.binder = vertx.createSharedWorkerExecutor("linge-smpp-bind-" + account.hashCode(), 1, 2, TimeUnit.MINUTES);
    }

    /** Binds in the background, again and again until it is stopped. */
    void start() {
        binder.<Void>executeBlocking(() -> {
            bind();
            return null;
        });
    }

    /** The session, if there is one over which messages can go now. */
    @Nullable
    SMPPSession bound() {
        SMPPSession now = session;
        return now != null && now.getSessionState().isTransmittable() ? now : null;
    }

    /** Why there is none. */
    String trouble() {
        return trouble;
    }

    private synchronized void bind() {
        if (stopped) {
            return;
        }
        URI at = account.endpoint();
        SMPPSession fresh =
                "smpps".equals(at.getScheme()) ? new SMPPSession(new SSLSocketConnectionFactory()) : new SMPPSession();
        fresh.setEnquireLinkTimer((int) manner.idle().toMillis());
        fresh.setTransactionTimer(manner.answer().toMillis());
        fresh.setMessageReceiverListener(listener);
        try {
            fresh.connectAndBind(
                    at.getHost(),
                    at.getPort(),
                    new BindParameter(
                            BindType.BIND_TRX,
                            account.user(),
                            account.secret(),
                            "",
                            TypeOfNumber.UNKNOWN,
                            NumberingPlanIndicator.UNKNOWN,
                            null),
                    manner.answer().toMillis());
        } catch (IOException refused) {
            fresh.close();
            trouble = refused.getMessage() == null ? refused.toString() : refused.getMessage();
            log.warn("{} could not be bound: {}", at, trouble);
            again();
            return;
        }
        failures = 0;
        session = fresh;
        log.info("{} is bound", at);
        fresh.addSessionStateListener((now, before, which) -> {
            if (now == SessionState.CLOSED) {
                lost(fresh);
            }
        });
        if (!fresh.getSessionState().isBound()) {
            // It ended between binding and listening.
            lost(fresh);
        }
    }

    private void lost(SMPPSession which) {
        synchronized (this) {
            if (session != which) {
                return;
            }
            session = null;
            trouble = "连接断了";
        }
        if (!stopped) {
            log.warn("{} ended the session", account.endpoint());
            again();
        }
    }

    private synchronized void again() {
        long doubled = manner.first().toMillis() << Math.min(failures++, 20);
        vertx.setTimer(Math.max(1, Math.min(doubled, manner.longest().toMillis())), id -> start());
    }

    Future<Void> stop() {
        stopped = true;
        return binder.<Void>executeBlocking(() -> {
                    SMPPSession last = session;
                    session = null;
                    if (last != null) {
                        last.unbindAndClose();
                    }
                    return null;
                })
                .eventually(binder::close);
    }
}
