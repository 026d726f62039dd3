package linge.notify.sms;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import linge.notify.SmsGateway;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.GSMSpecificFeature;
import org.jsmpp.bean.MessageMode;
import org.jsmpp.bean.MessageType;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SMSCDeliveryReceipt;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A carrier's gateway over SMPP 3.4. Its library blocks, so each message under way holds one thread of a pool of its own: the
 * pool is the window.
 */
final class Smpp implements SmsProvider {

    static final String NAME = "smpp";

    private static final Logger log = LoggerFactory.getLogger(Smpp.class);

    /** UCS-2 in the data coding scheme. */
    private static final RawDataCoding UCS2 = new RawDataCoding((byte) 8);

    private static final RegisteredDelivery TELL_US = new RegisteredDelivery(SMSCDeliveryReceipt.SUCCESS_FAILURE);

    /** After that long in our own queue a message is given back, known not to have been sent. */
    private static final Duration QUEUE = Duration.ofSeconds(5);

    /** By then a message of several parts must be out, well within a relay's patience. */
    private static final Duration WHOLE = Duration.ofSeconds(13);

    private static final Duration BREATH = Duration.ofMillis(250);
    private static final int TRY_LATER = 0x64;

    private final SmsAccount.Smpp account;
    private final CodeBook codes;
    private final Parts parts;
    private final SmsReports reports;
    private final InstantSource clock;
    private final WorkerExecutor window;
    private final SmppLink link;
    private final AtomicLong codesSent = new AtomicLong();

    Smpp(
            Vertx vertx,
            SmsAccount.Smpp account,
            CodeBook codes,
            Parts parts,
            SmsReports reports,
            InstantSource clock,
            SmppLink.Manner manner) {
        this.account = account;
        this.codes = codes;
        this.parts = parts;
        this.reports = reports;
        this.clock = clock;
        this.window = vertx.createSharedWorkerExecutor(
                "linge-smpp-" + account.hashCode(), account.window(), 1, TimeUnit.MINUTES);
        this.link = new SmppLink(vertx, account, manner, new Heard());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Future<Void> start() {
        link.start();
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> stop() {
        return link.stop().eventually(window::close);
    }

    boolean isBound() {
        return link.bound() != null;
    }

    @Override
    public Future<String> send(SmsGateway.Message message) {
        long since = System.nanoTime();
        return window.executeBlocking(() -> submit(message, since), false)
                .compose(ids -> parts.sent(ids.get(0), ids)
                        // It is out, whatever becomes of the note about it.
                        .recover(e -> {
                            log.warn("the parts of a message could not be written down", e);
                            return Future.succeededFuture();
                        })
                        .map(ids.get(0)));
    }

    /** Sends part after part; the numbers the gateway gave them. */
    private List<String> submit(SmsGateway.Message message, long since) {
        if (System.nanoTime() - since > QUEUE.toNanos()) {
            throw new Refused(Refused.Meaning.BUSY, "排队超过 " + QUEUE.toSeconds() + " 秒，还没有发");
        }
        Long delivery = message.delivery();
        long reference = delivery == null ? codesSent.incrementAndGet() : delivery;
        List<String> ids = new ArrayList<>();
        for (Segments.Segment segment : Segments.of(message.text(), reference)) {
            ids.add(submitPatiently(message.phone(), segment, ids.isEmpty(), since + WHOLE.toNanos()));
        }
        return ids;
    }

    /** Once a part is out the rest has to follow: what only means "not now" is tried until the time is up. */
    private String submitPatiently(String phone, Segments.Segment segment, boolean first, long until) {
        while (true) {
            try {
                return submit(phone, segment);
            } catch (Refused refused) {
                boolean again =
                        refused.meaning() == Refused.Meaning.BUSY && System.nanoTime() + BREATH.toNanos() < until;
                if (first) {
                    throw refused;
                } else if (!again) {
                    throw new Refused(Refused.Meaning.UNKNOWN, "只发出了前一部分：" + refused.reason());
                }
                LockSupport.parkNanos(BREATH.toNanos());
            }
        }
    }

    private String submit(String phone, Segments.Segment segment) {
        SMPPSession session = link.bound();
        if (session == null) {
            throw new Refused(Refused.Meaning.BUSY, "没有连上网关：" + link.trouble());
        }
        ESMClass kind = new ESMClass(
                MessageMode.DEFAULT,
                MessageType.DEFAULT,
                segment.withHeader() ? GSMSpecificFeature.UDHI : GSMSpecificFeature.DEFAULT);
        try {
            return session.submitShortMessage(
                            "",
                            TypeOfNumber.UNKNOWN,
                            NumberingPlanIndicator.ISDN,
                            account.source(),
                            TypeOfNumber.INTERNATIONAL,
                            NumberingPlanIndicator.ISDN,
                            "86" + phone,
                            kind,
                            (byte) 0,
                            (byte) 0,
                            null,
                            null,
                            TELL_US,
                            (byte) 0,
                            UCS2,
                            (byte) 0,
                            segment.bytes())
                    .getMessageId();
        } catch (NegativeResponseException no) {
            String code = String.format(Locale.ROOT, "0x%08X", no.getCommandStatus());
            throw codes.refusal(NAME, code, "网关拒收", Refused.Meaning.BUSY, clock);
        } catch (PDUException unfit) {
            throw new Refused(Refused.Meaning.WORDS, "协议装不下：" + unfit.getMessage());
        } catch (ResponseTimeoutException | InvalidResponseException | IOException lost) {
            throw new Refused(Refused.Meaning.UNKNOWN, "网关没有回音：" + lost.getMessage());
        }
    }

    /** What the gateway sends us: status reports, and what residents answer, which nobody reads. */
    private final class Heard implements MessageReceiverListener {

        /** Acknowledged only once it is kept, or the gateway is asked to come again. */
        @Override
        public void onAcceptDeliverSm(DeliverSm message) throws ProcessRequestException {
            if (!message.isSmscDeliveryReceipt()) {
                return;
            }
            try {
                SmsReport report = SmppReceipt.read(message, reports);
                if (report != null) {
                    parts.told(report).toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
                }
            } catch (IllegalArgumentException unreadable) {
                log.warn("a status report could not be read: {}", unreadable.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ProcessRequestException("stopping", TRY_LATER, e);
            } catch (ExecutionException | TimeoutException e) {
                log.warn("a status report could not be kept", e);
                throw new ProcessRequestException("not kept", TRY_LATER, e);
            }
        }

        @Override
        public void onAcceptAlertNotification(AlertNotification alert) {
            // A phone is back on the net: its messages come by themselves.
        }

        @Override
        public DataSmResult onAcceptDataSm(DataSm data, Session source) throws ProcessRequestException {
            throw new ProcessRequestException("data_sm is not used", 0x03);
        }
    }
}
