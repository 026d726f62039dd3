package linge.live;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import linge.cases.CasePolicy;
import linge.cases.Holder;
import linge.chat.ChatHint;
import linge.shared.Caller;

/** The open streams of this node: hands each hint to the pages it is for, keeps quiet connections awake. */
public final class LiveHub {

    private static final long BEAT_MILLIS = 1_000;
    /** Each stream beats once in as many seconds; not all in the same, so that thousands do not ask the database at once. */
    static final int TURNS = 15;

    private final Map<String, Set<LiveStream>> byPerson = new ConcurrentHashMap<>();
    private final Set<LiveStream> staff = ConcurrentHashMap.newKeySet();
    private final Vertx vertx;
    private final long beating;
    private int turn;

    public LiveHub(Vertx vertx) {
        this.vertx = vertx;
        vertx.eventBus()
                .<String>consumer(LiveHints.INBOX, hint -> of(hint.body()).forEach(LiveStream::inboxGrew));
        vertx.eventBus().<JsonObject>consumer(LiveHints.CASE, hint -> caseChanged(hint.body()));
        vertx.eventBus().<JsonObject>consumer(LiveHints.CHAT, hint -> chatChanged(ChatHint.of(hint.body())));
        vertx.eventBus().<String>consumer(LiveHints.ENDED, hint -> {
            of("RESIDENT:" + hint.body()).forEach(LiveStream::lookAtSession);
            of("STAFF:" + hint.body()).forEach(LiveStream::lookAtSession);
        });
        beating = vertx.setPeriodic(BEAT_MILLIS, id -> beat());
    }

    private void beat() {
        turn = (turn + 1) % TURNS;
        all().stream().filter(stream -> stream.turn() == turn).forEach(LiveStream::beat);
    }

    void add(LiveStream stream) {
        byPerson.computeIfAbsent(stream.person(), person -> ConcurrentHashMap.newKeySet())
                .add(stream);
        if (stream.caller() instanceof Caller.Staff) {
            staff.add(stream);
        }
    }

    void remove(LiveStream stream) {
        staff.remove(stream);
        byPerson.computeIfPresent(stream.person(), (person, streams) -> {
            streams.remove(stream);
            return streams.isEmpty() ? null : streams;
        });
    }

    /** How many streams are open. */
    public int size() {
        return byPerson.values().stream().mapToInt(Set::size).sum();
    }

    /** Ends every stream, so that pages reconnect elsewhere; for a node that stops. */
    public Future<Void> close() {
        vertx.cancelTimer(beating);
        all().forEach(LiveStream::end);
        return Future.succeededFuture();
    }

    private void caseChanged(JsonObject hint) {
        JsonObject shown =
                new JsonObject().put("number", hint.getString("number")).put("version", hint.getInteger("version"));
        of("RESIDENT:" + hint.getString("resident")).forEach(stream -> stream.hint("case", shown));
        String area = hint.getString("area");
        List<Holder> offices = hint.getJsonArray("offices").stream()
                .map(JsonObject.class::cast)
                .map(office -> new Holder(office.getString("area"), office.getString("department")))
                .toList();
        staff.stream()
                .filter(stream -> stream.posts().stream().anyMatch(post -> CasePolicy.seesAsStaff(post, area, offices)))
                .forEach(stream -> stream.hint("case", shown));
    }

    private void chatChanged(ChatHint hint) {
        JsonObject shown = new JsonObject().put("conversation", hint.conversation());
        if (hint.resident() != null) {
            of("RESIDENT:" + hint.resident()).forEach(stream -> stream.hint("chat", shown));
        }
        staff.stream()
                .filter(stream -> stream.caller() instanceof Caller.Staff who && hint.isFor(who))
                .forEach(stream -> stream.hint("chat", shown));
    }

    private Set<LiveStream> of(String person) {
        return byPerson.getOrDefault(person, Set.of());
    }

    private List<LiveStream> all() {
        return byPerson.values().stream().flatMap(Set::stream).toList();
    }
}
