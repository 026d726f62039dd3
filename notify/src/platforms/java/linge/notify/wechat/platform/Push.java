package linge.notify.wechat.platform;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message or an event on its way to the service. WeChat delivers it up to three times, 5 s apart, gives up on each
 * before the next, and shows the first answer that comes in time.
 */
public final class Push {

    /** How long WeChat waits for an answer. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final int DELIVERIES = 3;

    private record Delivery(Instant at, @Nullable Signed signed, Future<Answer> answer, Wire wire) {}

    /** A push on the wire. */
    record Signed(String url, String body) {}

    private final Pushes pushes;
    private final Follower from;
    private final String key;
    private final String xml;
    private final List<Delivery> deliveries = new ArrayList<>();
    private boolean settled;

    Push(Pushes pushes, Follower from, String key, String xml) {
        this.pushes = pushes;
        this.from = from;
        this.key = key;
        this.xml = xml;
    }

    /** MsgId of a message, {@code FromUserName:CreateTime} of an event. */
    public String key() {
        return key;
    }

    public Follower from() {
        return from;
    }

    /** Its plain XML. */
    public String xml() {
        return xml;
    }

    /** How often it was delivered, or lost on the way. */
    public synchronized int deliveries() {
        return deliveries.size();
    }

    /** Whether WeChat is through with it: answered in time, or given up. */
    public synchronized boolean isSettled() {
        return settled;
    }

    /** Delivers it for the first, the second or the third time; the delivery before is given up. */
    public Future<Answer> deliver() {
        Signed signed = pushes.sign(xml);
        Wire wire = new Wire();
        Instant at = pushes.now();
        int nth;
        synchronized (this) {
            nth = begin();
        }
        Future<Answer> answer = pushes.send(signed, wire).map(raw -> judge(raw, nth, at));
        synchronized (this) {
            deliveries.set(nth, new Delivery(at, signed, answer, wire));
        }
        return answer;
    }

    /** Counts as delivered, and never arrives. */
    public synchronized Push lose() {
        int nth = begin();
        deliveries.set(nth, new Delivery(pushes.now(), null, Future.failedFuture("lost on the way"), new Wire()));
        return this;
    }

    /** The network brings the latest delivery once more, same bytes; nobody waits for the answer to that. */
    public Future<Answer> duplicate() {
        Delivery latest = latest();
        Signed signed = latest == null ? null : latest.signed();
        if (signed == null) {
            throw new IllegalStateException("nothing was delivered that could arrive twice");
        }
        return pushes.send(signed, new Wire())
                .map(raw -> new Answer(raw.status(), raw.body(), pushes.reply(raw.body()), false));
    }

    /** The answer to the latest delivery. */
    public Future<Answer> answer() {
        Delivery latest = latest();
        return latest == null ? Future.failedFuture("not delivered yet") : latest.answer();
    }

    private synchronized @Nullable Delivery latest() {
        return deliveries.isEmpty() ? null : deliveries.get(deliveries.size() - 1);
    }

    private int begin() {
        if (deliveries.size() == DELIVERIES) {
            throw new IllegalStateException("WeChat delivers " + DELIVERIES + " times and no more");
        }
        Delivery before = latest();
        if (before != null && !before.answer().isComplete()) {
            before.wire().giveUp();
        }
        deliveries.add(new Delivery(pushes.now(), null, Future.failedFuture("under way"), new Wire()));
        return deliveries.size() - 1;
    }

    /** What time asks for: the next delivery, an apology, or nothing. */
    synchronized boolean isDue(Instant now) {
        Delivery latest = latest();
        return !settled && (latest == null || !now.isBefore(latest.at().plus(PATIENCE)));
    }

    synchronized boolean isExhausted() {
        return deliveries.size() == DELIVERIES;
    }

    void settle(boolean withApology) {
        synchronized (this) {
            if (settled) {
                return;
            }
            settled = true;
        }
        pushes.done(this);
        if (withApology) {
            from.heardApology();
        }
    }

    private Answer judge(Pushes.Raw raw, int nth, Instant at) {
        Map<String, String> reply = pushes.reply(raw.body());
        boolean inTime;
        synchronized (this) {
            inTime = !settled && nth == deliveries.size() - 1 && !pushes.now().isAfter(at.plus(PATIENCE));
        }
        Answer answer = new Answer(raw.status(), raw.body(), reply, inTime && !reply.isEmpty());
        if (!inTime || raw.status() != 200) {
            return answer;
        }
        settle(reply.isEmpty() && !answer.isSilent());
        if (answer.shown()) {
            pushes.shown(this, reply);
        }
        return answer;
    }
}
