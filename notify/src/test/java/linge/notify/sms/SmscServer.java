package linge.notify.sms;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16BE;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsmpp.PDUStringException;
import org.jsmpp.bean.BroadcastSm;
import org.jsmpp.bean.CancelBroadcastSm;
import org.jsmpp.bean.CancelSm;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.EnquireLink;
import org.jsmpp.bean.GSMSpecificFeature;
import org.jsmpp.bean.MessageMode;
import org.jsmpp.bean.MessageType;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.QueryBroadcastSm;
import org.jsmpp.bean.QuerySm;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.ReplaceSm;
import org.jsmpp.bean.SMSCDeliveryReceipt;
import org.jsmpp.bean.SubmitMulti;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.BindRequest;
import org.jsmpp.session.BroadcastSmResult;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.QueryBroadcastSmResult;
import org.jsmpp.session.QuerySmResult;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.SMPPServerSessionListener;
import org.jsmpp.session.ServerMessageReceiverListener;
import org.jsmpp.session.Session;
import org.jsmpp.session.SubmitMultiResult;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.session.connection.ServerConnection;
import org.jsmpp.session.connection.ServerConnectionFactory;
import org.jsmpp.session.connection.socket.ServerSocketConnection;
import org.jsmpp.util.MessageId;

/**
 * A carrier's gateway on loopback: binds who knows the password, joins the parts of long messages as a phone would, and does
 * what it is told to do next with a part.
 */
final class SmscServer implements AutoCloseable, ServerMessageReceiverListener {

    static final String USER = "linge";
    static final String PASSWORD = "s3cret";

    /** What it can do with a part instead of taking it. */
    sealed interface Mood {
        /** Answers with a command status. */
        record Refuse(int status) implements Mood {}

        /** Ends the connection, having taken the part or not: nobody can tell. */
        record Disconnect() implements Mood {}

        /** Takes it once the latch opens. */
        record Wait(CountDownLatch until) implements Mood {}
    }

    /** A message as it appears on the phone. */
    record Shown(String from, String to, String text, List<String> ids) {}

    private final SMPPServerSessionListener listener;
    private final int port;
    private final ExecutorService threads = Executors.newCachedThreadPool(run -> {
        Thread thread = new Thread(run, "smsc");
        thread.setDaemon(true);
        return thread;
    });
    private final Queue<SMPPServerSession> sessions = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<SMPPServerSession> bound = new LinkedBlockingQueue<>();
    private final Queue<Mood> moods = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Shown> shown = new LinkedBlockingQueue<>();
    private final Map<Integer, TreeMap<Integer, Shown>> unfinished = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger within = new AtomicInteger();
    private final AtomicInteger mostWithin = new AtomicInteger();
    private final BlockingQueue<EnquireLink> asked = new LinkedBlockingQueue<>();

    SmscServer() {
        this(0);
    }

    SmscServer(int port) {
        try {
            ServerSocket socket = new ServerSocket(port);
            this.port = socket.getLocalPort();
            listener = new SMPPServerSessionListener(port, new On(socket));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        listener.setPduProcessorDegree(50);
        listener.setMessageReceiverListener(this);
        threads.execute(this::accept);
    }

    int port() {
        return port;
    }

    /** Listens on a socket that is open already: only so is its port known. */
    private record On(ServerSocket socket) implements ServerConnectionFactory {
        @Override
        public ServerConnection listen(int port) {
            return new ServerSocketConnection(socket);
        }

        @Override
        public ServerConnection listen(int port, int timeout) {
            return listen(port);
        }

        @Override
        public ServerConnection listen(int port, int timeout, int backlog) {
            return listen(port);
        }
    }

    SmsAccount.Smpp account(int window) {
        return new SmsAccount.Smpp(URI.create("smpp://127.0.0.1:" + port()), USER, PASSWORD, "10690001", window);
    }

    private void accept() {
        while (true) {
            try {
                SMPPServerSession session = listener.accept();
                threads.execute(() -> letIn(session));
            } catch (SocketException closed) {
                return;
            } catch (IOException | RuntimeException broken) {
                // A connection that ended before it said anything.
                continue;
            }
        }
    }

    private void letIn(SMPPServerSession session) {
        try {
            BindRequest request = session.waitForBind(10_000);
            if (!request.getSystemId().equals(USER) || !request.getPassword().equals(PASSWORD)) {
                request.reject(0x0E);
                return;
            }
            sessions.add(session);
            request.accept("smsc");
            bound.add(session);
        } catch (IOException | PDUStringException | TimeoutException | IllegalStateException gone) {
            session.close();
        }
    }

    /** Waits until somebody binds. */
    SMPPServerSession awaitBound() {
        return within30s(bound);
    }

    /** Waits for the next message on the phone. */
    Shown awaitShown() {
        return within30s(shown);
    }

    /** Waits until somebody asks whether we live. */
    void awaitEnquiry() {
        within30s(asked);
    }

    int shownSoFar() {
        return shown.size();
    }

    /** How many parts were under way at once at most. */
    int mostWithin() {
        return mostWithin.get();
    }

    void next(Mood... these) {
        moods.addAll(List.of(these));
    }

    void clear() {
        moods.clear();
        shown.clear();
        unfinished.clear();
    }

    void disconnectAll() {
        for (SMPPServerSession session = sessions.poll(); session != null; session = sessions.poll()) {
            session.close();
        }
    }

    @Override
    public SubmitSmResult onAcceptSubmitSm(SubmitSm part, SMPPServerSession session) throws ProcessRequestException {
        mostWithin.accumulateAndGet(within.incrementAndGet(), Math::max);
        try {
            return take(part, session);
        } finally {
            within.decrementAndGet();
        }
    }

    private SubmitSmResult take(SubmitSm part, SMPPServerSession session) throws ProcessRequestException {
        Mood mood = moods.poll();
        if (mood instanceof Mood.Refuse refuse) {
            throw new ProcessRequestException("refused", refuse.status());
        }
        if (mood instanceof Mood.Wait wait) {
            try {
                wait.until().await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        String id = String.format("%08X", numbers.incrementAndGet());
        keep(part, id);
        if (mood instanceof Mood.Disconnect) {
            threads.execute(session::close);
            throw new ProcessRequestException("gone", 0x08);
        }
        try {
            return new SubmitSmResult(new MessageId(id), new OptionalParameter[0]);
        } catch (PDUStringException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keep(SubmitSm part, String id) {
        if (part.getDataCoding() != 8 || !part.isSmscDelReceiptSuccessAndFailureRequested()) {
            throw new IllegalStateException("not UCS-2, or no report wanted");
        }
        byte[] bytes = part.getShortMessage();
        if (bytes.length > 140) {
            throw new IllegalStateException("too long for the air");
        }
        String to = part.getDestAddress();
        if (!GSMSpecificFeature.UDHI.containedIn(part.getEsmClass())) {
            shown.add(new Shown(part.getSourceAddr(), to, new String(bytes, UTF_16BE), List.of(id)));
            return;
        }
        if (bytes[0] != 5 || bytes[1] != 0 || bytes[2] != 3) {
            throw new IllegalStateException("another header");
        }
        String words = new String(bytes, 6, bytes.length - 6, UTF_16BE);
        TreeMap<Integer, Shown> parts = unfinished.computeIfAbsent(bytes[3] & 0xFF, ref -> new TreeMap<>());
        synchronized (parts) {
            parts.put(bytes[5] & 0xFF, new Shown(part.getSourceAddr(), to, words, List.of(id)));
            if (parts.size() == (bytes[4] & 0xFF)) {
                StringBuilder text = new StringBuilder();
                List<String> ids = new ArrayList<>();
                parts.values().forEach(one -> {
                    text.append(one.text());
                    ids.addAll(one.ids());
                });
                unfinished.remove(bytes[3] & 0xFF);
                shown.add(new Shown(part.getSourceAddr(), to, text.toString(), ids));
            }
        }
    }

    /** Sends a status report over a session, and waits until it is acknowledged. */
    static void report(SMPPServerSession over, String id, String stat, String err) {
        report(
                over,
                "id:" + id + " sub:001 dlvrd:001 submit date:2603020900 done date:2603020901 stat:" + stat + " err:"
                        + err + " text:");
    }

    static void report(SMPPServerSession over, String text, OptionalParameter... beside) {
        deliver(over, text, MessageType.SMSC_DEL_RECEIPT, beside);
    }

    /** What a resident answers. */
    static void answer(SMPPServerSession over, String text) {
        deliver(over, text, MessageType.DEFAULT);
    }

    private static void deliver(SMPPServerSession over, String text, MessageType type, OptionalParameter... beside) {
        try {
            over.deliverShortMessage(
                    "",
                    TypeOfNumber.INTERNATIONAL,
                    NumberingPlanIndicator.ISDN,
                    "8613800000001",
                    TypeOfNumber.UNKNOWN,
                    NumberingPlanIndicator.ISDN,
                    "10690001",
                    new ESMClass(MessageMode.DEFAULT, type, GSMSpecificFeature.DEFAULT),
                    (byte) 0,
                    (byte) 0,
                    new RegisteredDelivery(SMSCDeliveryReceipt.DEFAULT),
                    new RawDataCoding((byte) 0),
                    text.getBytes(US_ASCII),
                    beside);
        } catch (Exception e) {
            throw new AssertionError("the report was not acknowledged", e);
        }
    }

    private static <T> T within30s(BlockingQueue<T> queue) {
        try {
            T next = queue.poll(30, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing happened within 30 s");
            }
            return next;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void onAcceptEnquireLink(EnquireLink link, Session source) {
        asked.add(link);
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        disconnectAll();
        threads.shutdownNow();
    }

    @Override
    public SubmitMultiResult onAcceptSubmitMulti(SubmitMulti multi, SMPPServerSession source)
            throws ProcessRequestException {
        throw unused();
    }

    @Override
    public QuerySmResult onAcceptQuerySm(QuerySm query, SMPPServerSession source) throws ProcessRequestException {
        throw unused();
    }

    @Override
    public void onAcceptReplaceSm(ReplaceSm replace, SMPPServerSession source) throws ProcessRequestException {
        throw unused();
    }

    @Override
    public void onAcceptCancelSm(CancelSm cancel, SMPPServerSession source) throws ProcessRequestException {
        throw unused();
    }

    @Override
    public BroadcastSmResult onAcceptBroadcastSm(BroadcastSm broadcast, SMPPServerSession source)
            throws ProcessRequestException {
        throw unused();
    }

    @Override
    public void onAcceptCancelBroadcastSm(CancelBroadcastSm cancel, SMPPServerSession source)
            throws ProcessRequestException {
        throw unused();
    }

    @Override
    public QueryBroadcastSmResult onAcceptQueryBroadcastSm(QueryBroadcastSm query, SMPPServerSession source)
            throws ProcessRequestException {
        throw unused();
    }

    @Override
    public DataSmResult onAcceptDataSm(DataSm data, Session source) throws ProcessRequestException {
        throw unused();
    }

    private static ProcessRequestException unused() {
        return new ProcessRequestException("nobody should ask this", 0x03);
    }
}
