package linge.chat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import linge.bot.Bot;
import linge.bot.dialogue.Heard;
import linge.bot.dialogue.Outcome;
import linge.bot.dialogue.Reply;
import linge.bot.dialogue.Talk;
import linge.bot.dialogue.Turn;
import linge.bot.dialogue.Wish;
import linge.db.RateLimits;
import linge.residents.Residents;
import linge.shared.Caller;
import linge.shared.Names;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the bot hear what people say, grants what it wishes for, and keeps the conversation. Two messages of one conversation
 * are heard one after the other, on whichever nodes; one that is sent again gets the answer it got.
 */
public final class Chat {

    private static final Logger log = LoggerFactory.getLogger(Chat.class);

    /** A chain of wishes ends after so many rounds. */
    private static final int MOST_ROUNDS = 4;
    /** So long a node may hear; one that crashed holds nobody up for longer. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    private static final long PATIENCE_NANOS = Duration.ofSeconds(25).toNanos();
    private static final long AGAIN_MILLIS = 40;
    /** Whoever is in danger waits no longer than this for the database. */
    private static final long URGENT_MILLIS = 1_500;
    /** While a person is answering the bot keeps quiet, but not for ever. */
    private static final Duration PERSON_THERE = Duration.ofHours(12);

    private static final int HEARD_A_MINUTE = 40;
    private static final int BEGUN_AN_HOUR = 120;

    /** What the chat stands on. */
    public record Ground(
            Vertx vertx,
            Pool db,
            Clock clock,
            Supplier<Bot> bot,
            Residents residents,
            RateLimits limits,
            Names names,
            Duration keep,
            boolean demo) {}

    /** Who listens while an answer is being made. */
    interface Ears {
        /** The message is being heard: nothing stands against it any more. */
        void begun();

        /** Replies that cannot wait. */
        void early(JsonArray replies);
    }

    private final Ground on;
    private final ConversationStore store = new ConversationStore();
    private final InTurn inTurn = new InTurn();
    private final WorkerExecutor workers;
    private final Wishes wishes;
    private final Consumer<ChatHint> changed;

    Chat(Ground on, Wishes wishes, Consumer<ChatHint> changed) {
        this.on = on;
        this.wishes = wishes;
        this.changed = changed;
        this.workers = on.vertx().createSharedWorkerExecutor("chat", 2);
    }

    /** Loads the bot's words, some seconds on a cold machine. */
    Future<Void> warmUp() {
        return workers.executeBlocking(() -> bot(Talk.fresh(now()), new Heard.Opened(), Heard.Who.NOBODY), false)
                .mapEmpty();
    }

    /**
     * Hears a message; the answer is schema {@code ChatAnswer}.
     *
     * @param owner looks up whose conversation it is: not asked before somebody in danger has been answered
     * @param address where it came from, counted against floods
     */
    Future<JsonObject> hear(Supplier<Future<Owner>> owner, Said said, String address, Ears ears) {
        return workers.executeBlocking(() -> urgent(said), false).compose(urgent -> {
            Future<JsonObject> kept = Future.future(told ->
                    owner.get().compose(who -> hear(who, said, address, ears)).onComplete(told));
            if (urgent == null) {
                return kept;
            }
            ears.early(urgent);
            return first(kept, said, urgent);
        });
    }

    /** What to say at once to somebody in danger, with no memory of the conversation; null for everybody else. */
    Future<@Nullable JsonArray> urgent(String text) {
        return workers.executeBlocking(() -> urgentFor(text), false);
    }

    private @Nullable JsonArray urgent(Said said) {
        return urgentFor(said.text());
    }

    private @Nullable JsonArray urgentFor(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Turn turn = bot(Talk.fresh(now()), new Heard.Text(text), Heard.Who.NOBODY);
        if (turn.replies().stream().noneMatch(Chat::isUrgent)) {
            return null;
        }
        JsonArray replies = new JsonArray();
        turn.replies().forEach(reply -> replies.add(ChatView.reply(0, reply)));
        return replies;
    }

    /** The answer as it is kept, or what is urgent where that takes too long or fails. */
    private Future<JsonObject> first(Future<JsonObject> kept, Said said, JsonArray urgent) {
        Promise<JsonObject> answer = Promise.promise();
        JsonObject unkept = new JsonObject()
                .put("conversation", Objects.requireNonNullElse(said.conversation(), ""))
                .put("replies", urgent)
                .put("kept", false);
        long timer = on.vertx().setTimer(URGENT_MILLIS, late -> answer.tryComplete(unkept));
        kept.onComplete(done -> {
            on.vertx().cancelTimer(timer);
            if (done.failed()) {
                log.warn("an emergency was answered but not kept", done.cause());
            }
            answer.tryComplete(done.failed() ? unkept : done.result());
        });
        return answer.future();
    }

    private Future<JsonObject> hear(Owner owner, Said said, String address, Ears ears) {
        String counted = owner.resident() == null
                ? "visitor:" + address
                : owner.resident().id().toString();
        return on.limits()
                .take("chat:" + counted, HEARD_A_MINUTE * (on.demo() ? 100 : 1), Duration.ofMinutes(1))
                .compose(ok -> conversation(owner, said, address))
                .compose(id -> inTurn.of(
                        id,
                        () -> hold(id, UUID.randomUUID(), System.nanoTime())
                                .compose(held -> heardBefore(held.conversation(), said)
                                        .compose(before -> {
                                            if (before != null) {
                                                return store.letGo(on.db(), id, held.by())
                                                        .map(before);
                                            }
                                            ears.begun();
                                            return speak(owner, held, said);
                                        })
                                        .onFailure(failed -> store.letGo(on.db(), id, held.by())))));
    }

    /** The id of the conversation, theirs or begun now. */
    private Future<String> conversation(Owner owner, Said said, String address) {
        String id = said.conversation();
        if (id == null) {
            Future<Void> allowed = owner.resident() != null
                    ? Future.succeededFuture()
                    : on.limits().take("chats:" + address, BEGUN_AN_HOUR * (on.demo() ? 100 : 1), Duration.ofHours(1));
            return allowed.compose(ok ->
                    on.db().withTransaction(tx -> store.begin(tx, Owner.random(18), owner, said.clientKey(), now())));
        }
        return find(owner, id).map(Conversation::id);
    }

    /** Theirs; one begun before signing in becomes theirs. Fails with {@code NOT_FOUND}. */
    Future<Conversation> find(Owner owner, String id) {
        return store.find(on.db(), id, owner).compose(found -> {
            if (found == null) {
                throw Refusal.notFound("这段对话");
            }
            Caller.Resident resident = owner.resident();
            return resident != null && found.resident() == null
                    ? store.claim(on.db(), id, resident.id()).map(found)
                    : Future.succeededFuture(found);
        });
    }

    private record Held(Conversation conversation, UUID by) {}

    private Future<Held> hold(String id, UUID me, long since) {
        Instant now = now();
        return store.hold(on.db(), id, me, now, now.plus(LEASE)).compose(held -> {
            if (held != null) {
                return Future.succeededFuture(new Held(held, me));
            }
            if (System.nanoTime() - since > PATIENCE_NANOS) {
                return Future.failedFuture(Refusal.of(Refusal.Kind.NOT_READY, "上一句还在处理，请稍后再说一遍。"));
            }
            // Another node hears this conversation now: its end is not told, so we look again.
            return on.vertx().timer(AGAIN_MILLIS).compose(later -> hold(id, me, since));
        });
    }

    private Future<@Nullable JsonObject> heardBefore(Conversation c, Said said) {
        String key = said.clientKey();
        if (key == null) {
            return Future.succeededFuture();
        }
        return store.answered(on.db(), c.id(), key).map(before -> {
            if (before == null) {
                return null;
            }
            if (!before.requestHash().equals(said.hash())) {
                throw Refusal.of(Refusal.Kind.KEY_REUSED, "这个提交编号已用于另一句话，请刷新页面后再说。");
            }
            return before.answer();
        });
    }

    private Future<JsonObject> speak(Owner owner, Held held, Said said) {
        Conversation c = held.conversation();
        Instant now = now();
        Talk talk = Talk.read(c.talk() == null ? null : c.talk().encode(), now);
        Spoken spoken = new Spoken(talk, said.clientKey());
        if (personThere(c, now) && !said.onlyOpened()) {
            return urgentOnly(spoken, said).compose(done -> keep(held, said, said.shown(talk), spoken));
        }
        return asker(owner, c)
                .compose(asker -> hearAll(spoken, asker, said.things(), 0))
                .compose(done -> keep(held, said, said.shown(talk), spoken));
    }

    private boolean personThere(Conversation c, Instant now) {
        Instant told = c.deskToldAt();
        return c.desk() != Conversation.Desk.NONE
                && told != null
                && told.plus(PERSON_THERE).isAfter(now);
    }

    /** While a person answers, the bot speaks up for nothing but danger. */
    private Future<Void> urgentOnly(Spoken spoken, Said said) {
        String text = said.text();
        if (text == null) {
            return Future.succeededFuture();
        }
        return workers.executeBlocking(
                        () -> {
                            Turn turn = bot(spoken.talk(), new Heard.Text(text), Heard.Who.NOBODY);
                            if (turn.replies().stream().anyMatch(Chat::isUrgent)) {
                                spoken.say(turn.talk(), turn.replies());
                            }
                            return spoken;
                        },
                        false)
                .mapEmpty();
    }

    private Future<Asker> asker(Owner owner, Conversation c) {
        Caller.Resident resident = owner.resident();
        if (resident == null) {
            return Future.succeededFuture(new Asker(null, c.id(), Heard.Who.NOBODY, null));
        }
        return on.residents().profile(resident.id()).map(profile -> {
            String home = profile.homeGrid();
            Heard.Who who = new Heard.Who(
                    true, profile.name(), home, home == null ? null : on.names().area(home));
            return new Asker(resident, c.id(), who, home);
        });
    }

    private Future<Void> hearAll(Spoken spoken, Asker asker, List<Heard.Said> things, int next) {
        return next == things.size()
                ? Future.succeededFuture()
                : round(spoken, asker, things.get(next), MOST_ROUNDS)
                        .compose(done -> hearAll(spoken, asker, things, next + 1));
    }

    private Future<Void> round(Spoken spoken, Asker asker, Heard.Said said, int left) {
        return workers.executeBlocking(() -> bot(spoken.talk(), said, asker.who()), false)
                .compose(turn -> {
                    spoken.say(turn.talk(), turn.replies());
                    return left == 0 ? Future.succeededFuture() : grant(spoken, asker, turn.wishes(), 0, left - 1);
                });
    }

    private Future<Void> grant(Spoken spoken, Asker asker, List<Wish> wished, int next, int left) {
        if (next == wished.size()) {
            return Future.succeededFuture();
        }
        return wishes.grant(wished.get(next), asker, spoken)
                .compose((Outcome outcome) -> round(spoken, asker, new Heard.Came(outcome), left)
                        .compose(done -> grant(spoken, asker, wished, next + 1, left)));
    }

    /** Writes down what was said and answered, and how the talk stands; the answer as shown. */
    private Future<JsonObject> keep(Held held, Said said, String words, Spoken spoken) {
        String id = held.conversation().id();
        Instant now = now();
        ConversationStore.Kept kept = new ConversationStore.Kept(
                new JsonObject(spoken.talk().json()), spoken.caseNumber(), spoken.deskArea(), now);
        return on.db()
                .withTransaction(tx -> store.keep(tx, id, held.by(), kept).compose(desk -> {
                    if (desk == null) {
                        throw Refusal.of(Refusal.Kind.STALE_VERSION, "这段对话刚刚有了新内容，请再说一遍。");
                    }
                    Message mine = Message.of(Message.Side.RESIDENT, words, said.more(), now);
                    return (said.onlyOpened()
                                    ? Future.succeededFuture(0L)
                                    : store.add(tx, id, mine, said.clientKey(), said.hash()))
                            .compose(mineId -> addReplies(tx, id, spoken.replies(), now, new ArrayList<>())
                                    .map(replies -> answer(held.conversation(), spoken, desk, replies))
                                    .compose(answer -> store.answer(tx, id, mineId, answer)
                                            .compose(done -> wishes.tellDesk(tx, held.conversation(), spoken, now))
                                            .map(answer)));
                }))
                .onSuccess(answer -> {
                    if (!answer.getString("desk").equals(Conversation.Desk.NONE.name())) {
                        changed.accept(ChatHint.of(held.conversation(), spoken.deskArea()));
                    }
                });
    }

    private Future<List<JsonObject>> addReplies(
            SqlConnection tx, String id, List<Reply> replies, Instant at, List<JsonObject> added) {
        if (added.size() == replies.size()) {
            return Future.succeededFuture(added);
        }
        Reply reply = replies.get(added.size());
        return store.add(tx, id, Message.of(Message.Side.BOT, reply.text(), ChatView.more(reply), at), null, null)
                .compose(message -> {
                    added.add(ChatView.reply(message, reply));
                    return addReplies(tx, id, replies, at, added);
                });
    }

    private static JsonObject answer(Conversation c, Spoken spoken, Conversation.Desk desk, List<JsonObject> replies) {
        boolean signIn = replies.stream().anyMatch(reply -> "SIGN_IN".equals(reply.getString("ask")));
        return new JsonObject()
                .put("conversation", c.id())
                .put("replies", new JsonArray(replies))
                .put("case", spoken.caseNumber() == null ? c.caseNumber() : spoken.caseNumber())
                .put("desk", desk.name())
                .put("signIn", signIn)
                .put("kept", true);
    }

    /** Schema {@code Conversation}: the last messages. */
    Future<JsonObject> shown(Conversation c, long after, int most) {
        return store.messages(on.db(), c.id(), after, most).map(messages -> {
            JsonArray shown = new JsonArray();
            messages.forEach(message -> shown.add(message.toJson()));
            return new JsonObject()
                    .put("conversation", c.id())
                    .put("messages", shown)
                    .put("desk", c.desk().name())
                    .put("case", c.caseNumber())
                    .put("startedAt", c.startedAt().toString())
                    .put("updatedAt", c.updatedAt().toString());
        });
    }

    /** Everything kept of a resident's conversations (PIPL 45). */
    Future<JsonArray> export(UUID resident) {
        return store.of(on.db(), resident).compose(all -> {
            List<Future<JsonObject>> shown = new ArrayList<>();
            all.forEach(c -> shown.add(shown(c, 0, ConversationStore.MOST_MESSAGES)));
            return Future.all(shown).map(done -> new JsonArray(done.list()));
        });
    }

    Future<Void> forget(Owner owner, String id) {
        return store.forget(on.db(), id, owner).map(forgotten -> {
            if (!forgotten) {
                throw Refusal.notFound("这段对话");
            }
            return null;
        });
    }

    /** Forgets all that a resident said and was told here (PIPL 47). */
    public Future<Void> forgetAll(UUID resident) {
        return store.forgetAll(on.db(), resident);
    }

    /** Housekeeping: conversations silent for longer than they are kept. */
    public Future<Void> forgetOld() {
        return store.forgetOld(on.db(), now().minus(on.keep()))
                .compose(gone -> gone == 0 ? Future.succeededFuture() : forgetOld());
    }

    /** The names of the bot's words for people in danger begin so. */
    private static boolean isUrgent(Reply reply) {
        return reply.name().startsWith("emergency.");
    }

    private Turn bot(Talk talk, Heard.Said said, Heard.Who who) {
        return on.bot().get().hear(talk, new Heard(now(), who, said));
    }

    private Instant now() {
        return on.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
