package linge.notify;

import io.vertx.core.Future;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** A channel that keeps what it is given, and fails as it is told. */
final class RecordingChannel implements Channel {

    private final String name;
    private final Queue<Envelope> tried = new ConcurrentLinkedQueue<>();
    private volatile boolean idempotent = true;
    private volatile Function<Envelope, Future<Sent>> answer =
            e -> Future.succeededFuture(new Sent("r" + e.delivery()));

    RecordingChannel(String name) {
        this.name = name;
    }

    RecordingChannel answering(Function<Envelope, Future<Sent>> answer) {
        this.answer = answer;
        return this;
    }

    /** One that would send again what it is given again. */
    RecordingChannel repeating() {
        idempotent = false;
        return this;
    }

    RecordingChannel failing(NotSent refusal) {
        return answering(e -> Future.failedFuture(refusal));
    }

    List<Envelope> tried() {
        return List.copyOf(tried);
    }

    List<String> subjects() {
        return tried.stream().map(Envelope::subject).toList();
    }

    List<String> texts() {
        return tried.stream().map(envelope -> envelope.words().text()).toList();
    }

    @Override
    public boolean idempotent() {
        return idempotent;
    }

    @Override
    public boolean isRung() {
        return !name.equals(InApp.NAME);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Future<Sent> send(Envelope envelope) {
        tried.add(envelope);
        return answer.apply(envelope);
    }
}
