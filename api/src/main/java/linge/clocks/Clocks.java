package linge.clocks;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clocks of whatever has an id: several at once, each by a rule. Acts happen in the caller's transaction, so a clock runs if and only
 * if what started it happened. Whoever holds a subject while it changes holds it before its clocks.
 */
public final class Clocks {

    private static final Logger log = LoggerFactory.getLogger(Clocks.class);

    private static final Duration FAILED = Duration.ofMinutes(2);
    private static final Duration BUSY = Duration.ofSeconds(1);
    private static final int BATCH = 100;

    private final Pool db;
    private final Clock clock;
    private final ClockBooks books;
    private final ClockStore store = new ClockStore();

    Clocks(Pool db, Clock clock, ClockBooks books) {
        this.db = db;
        this.clock = clock;
        this.books = books;
    }

    /** A yellow or red card of a clock. */
    public record Card(RunningClock clock, RunningClock.Colour colour) {}

    /**
     * Hears of a card, or of another deadline, in the transaction that writes it down. It holds the clock, so it must not wait for
     * the subject: it takes the subject with SKIP LOCKED and answers false when somebody has it, and is asked again soon.
     */
    @FunctionalInterface
    public interface Listener<T> {
        Future<Boolean> hear(SqlConnection tx, T what);
    }

    /** Starts a clock; one by the same rule that still runs is stopped first. */
    public Future<Deadline> start(SqlConnection tx, UUID subject, String area, String rule, Instant at) {
        return stop(tx, subject, rule, at).compose(stopped -> books.current(tx)).compose(book -> {
            RunningClock started =
                    RunningClock.started(UUID.randomUUID(), subject, area, book.rule(rule, area), at, book);
            return store.insert(tx, started).map(started.deadline());
        });
    }

    /** What the clock asked for is done: met or missed. Null when none runs by this rule. */
    public Future<RunningClock.@Nullable Outcome> stop(SqlConnection tx, UUID subject, String rule, Instant at) {
        return each(
                        tx,
                        subject,
                        by(rule),
                        running -> act(tx, running, running.stopped(at), ClockEvent.Act.STOP, at, null))
                .map(stopped -> stopped.isEmpty() ? null : stopped.get(0).outcome());
    }

    /** The subject has come to its end, and all its clocks with it. */
    public Future<Void> stopAll(SqlConnection tx, UUID subject, Instant at) {
        return each(tx, subject, all -> true, one -> act(tx, one, one.stopped(at), ClockEvent.Act.STOP, at, null))
                .mapEmpty();
    }

    /** What the clock asked for is asked for no more. */
    public Future<Void> cancel(SqlConnection tx, UUID subject, String rule, Instant at, String why) {
        return each(tx, subject, by(rule), one -> act(tx, one, one.cancelled(at), ClockEvent.Act.CANCEL, at, why))
                .mapEmpty();
    }

    /** Clocks of the subject stand still, but for those whose rule runs on; one that stands still already stays so. */
    public Future<Void> pause(SqlConnection tx, UUID subject, Instant at, String why) {
        return each(
                        tx,
                        subject,
                        one -> one.rule().pauses() && one.pausedAt() == null,
                        one -> act(tx, one, one.paused(at), ClockEvent.Act.PAUSE, at, why))
                .mapEmpty();
    }

    /** They run on, by the time they have left. The nearest deadline then; null when no clock runs. */
    public Future<@Nullable Deadline> resume(SqlConnection tx, UUID subject, Instant at) {
        return books.current(tx)
                .compose(book -> each(
                        tx,
                        subject,
                        one -> one.pausedAt() != null,
                        one -> act(tx, one, one.resumed(at, book), ClockEvent.Act.RESUME, at, null)))
                .compose(resumed -> nearest(tx, subject))
                .map(nearest -> nearest == null ? null : nearest.deadline());
    }

    /**
     * More time, in the rule's units (months: days). Fails with {@code NOT_SENSIBLE} beyond what the rule allows in all, and with
     * {@code OUT_OF_TURN} when no such clock runs or its time has run out.
     */
    public Future<Deadline> extend(SqlConnection tx, UUID subject, String rule, int by, Instant at, String why) {
        return books.current(tx)
                .compose(book -> each(tx, subject, by(rule), one -> {
                    int most = one.rule().maxExtension();
                    String unit = one.rule().unit() == ClockUnit.MONTHS
                            ? "日"
                            : one.rule().unit().label();
                    if (by < 1 || one.extended() + by > most) {
                        throw Refusal.notSensible(
                                "/days",
                                most == 0
                                        ? "“" + one.rule().label() + "”不能延期。"
                                        : "“" + one.rule().label() + "”最多延长 " + most + " " + unit + "，已延 "
                                                + one.extended() + " " + unit + "。");
                    }
                    if (one.colour(at) == RunningClock.Colour.RED) {
                        throw Refusal.of(Refusal.Kind.OUT_OF_TURN, "期限已过，不能再延。");
                    }
                    return act(tx, one, one.extended(by, at, book), ClockEvent.Act.EXTEND, at, why);
                }))
                .map(extended -> {
                    if (extended.isEmpty()) {
                        throw Refusal.of(Refusal.Kind.OUT_OF_TURN, "这个期限已经结束，不能延期。");
                    }
                    return extended.get(0).deadline();
                });
    }

    /** More time that may be had, and until when it would be. */
    public record MoreTime(int by, Deadline deadline) {}

    /**
     * What {@link #extend} would come to, for each of these (and for all that is left) as far as the rule allows it; empty when it
     * allows none, when no such clock runs, when it stands still or has run out.
     */
    public Future<List<MoreTime>> moreTime(SqlClient on, UUID subject, String rule, List<Integer> by, Instant at) {
        return books.current(on)
                .compose(book -> running(on, subject)
                        .map(running -> running.stream()
                                .filter(by(rule))
                                .filter(one -> one.pausedAt() == null && one.colour(at) != RunningClock.Colour.RED)
                                .findFirst()
                                .map(one -> {
                                    int left = one.rule().maxExtension() - one.extended();
                                    return Stream.concat(by.stream(), Stream.of(left))
                                            .filter(days -> days >= 1 && days <= left)
                                            .distinct()
                                            .sorted()
                                            .map(days -> new MoreTime(
                                                    days,
                                                    one.extended(days, at, book).deadline()))
                                            .toList();
                                })
                                .orElse(List.of())));
    }

    /** The subject belongs to another area now; its clocks run on and are reckoned by that area's rules before long. */
    public Future<Void> move(SqlConnection tx, UUID subject, String area) {
        return each(
                        tx,
                        subject,
                        one -> !one.area().equals(area),
                        one -> act(tx, one, one.movedTo(area), ClockEvent.Act.MOVE, now(), one.area() + " → " + area))
                .mapEmpty();
    }

    /** Those that run, the nearest deadline first. */
    public Future<List<RunningClock>> running(SqlClient on, UUID subject) {
        return store.running(on, subject);
    }

    /** All it ever had, in the order they started; at most 200. */
    public Future<List<RunningClock>> all(SqlClient on, UUID subject) {
        return store.all(on, subject);
    }

    /** All that happened to one clock. */
    public Future<List<ClockEvent>> events(SqlClient on, UUID clock) {
        return store.events(on, clock);
    }

    /** All that happened to the clocks of a subject, each in order. */
    public Future<Map<UUID, List<ClockEvent>>> stories(SqlClient on, UUID subject) {
        return store.stories(on, subject);
    }

    /** The running clock, not paused, whose deadline comes first; null for none. */
    public Future<@Nullable RunningClock> nearest(SqlClient on, UUID subject) {
        return running(on, subject)
                .map(all -> all.stream()
                        .filter(one -> one.pausedAt() == null)
                        .findFirst()
                        .orElse(null));
    }

    /** The rule of this code as it is in force in an area. */
    public Future<ClockRule> rule(SqlClient on, String area, String rule) {
        return books.current(on).map(book -> book.rule(rule, area));
    }

    /** What an act would come to now: e.g. the deadline to tell before something is granted. */
    public Future<Deadline> deadline(SqlClient on, String area, String rule, Instant start) {
        return books.current(on).map(book -> book.deadline(book.rule(rule, area), area, Reckoning.Run.from(start)));
    }

    /** The working days as far as they are known; beyond, Monday to Friday. */
    public Future<ServiceCalendar> calendar(SqlClient on) {
        return books.current(on).map(book -> book.calendar().orWeekdays());
    }

    /**
     * Gives the card that has waited longest, in a transaction with what the listener does: once, on whichever node, after whichever
     * crash. A clock that ran out while nobody looked gives its red card alone. False when no card waits.
     */
    public Future<Boolean> due(Listener<Card> listener) {
        Instant now = now();
        return claimed(tx -> store.lockCard(tx, now), (tx, one) -> {
            RunningClock.Colour colour = one.due().isAfter(now) ? RunningClock.Colour.YELLOW : RunningClock.Colour.RED;
            ClockEvent.Act act = colour == RunningClock.Colour.RED ? ClockEvent.Act.RED : ClockEvent.Act.YELLOW;
            RunningClock given = one.given(colour, now);
            return act(tx, one, given, act, now, null).compose(done -> listener.hear(tx, new Card(given, colour)));
        });
    }

    /**
     * Reckons a clock again that a change of calendar, hours or rules has reached, and keeps what it said before. False when all
     * are as they should be; a change is complete when this has answered so, on whichever node.
     */
    public Future<Boolean> reckonAgain(Listener<RunningClock> listener) {
        Instant now = now();
        return books.current(db)
                .compose(book -> claimed(
                        tx -> store.lockOld(tx, book.change(), now, 1)
                                .map(found -> found.isEmpty() ? null : found.get(0)),
                        (tx, one) -> {
                            RunningClock again = one.reckonedAgain(book, now);
                            if (again.deadline().equals(one.deadline())
                                    && again.rule().equals(one.rule())) {
                                return store.save(tx, again, null)
                                        .compose(saved -> unchangedToo(tx, book, now))
                                        .map(true);
                            }
                            return act(tx, one, again, ClockEvent.Act.RECKON, now, why(one, again))
                                    .compose(done -> listener.hear(tx, again));
                        }));
    }

    /** Most clocks are not touched by a change: what stays as it is goes by the hundred. */
    private Future<Void> unchangedToo(SqlConnection tx, ClockBook book, Instant now) {
        return store.lockOld(tx, book.change(), now, BATCH).compose(found -> {
            Future<Void> saved = Future.succeededFuture();
            for (RunningClock one : found) {
                RunningClock again = one.reckonedAgain(book, now);
                if (again.deadline().equals(one.deadline()) && again.rule().equals(one.rule())) {
                    saved = saved.compose(done -> store.save(tx, again, null));
                }
            }
            return saved;
        });
    }

    private static String why(RunningClock before, RunningClock after) {
        if (before.rule().id() != after.rule().id()) {
            return "规则改为“" + after.rule().label() + "”";
        }
        return before.deadline().provisional() && !after.deadline().provisional() ? "节假日安排已导入，暂定改为确定" : "节假日安排或服务时间有变";
    }

    /** What may be done with a clock that is held. */
    private interface Work {
        Future<Boolean> on(SqlConnection tx, RunningClock held);
    }

    /** Undone as a whole, and put off, when the work fails or whoever should hear of it is busy: no clock stops the others. */
    private Future<Boolean> claimed(Function<SqlConnection, Future<@Nullable RunningClock>> claim, Work work) {
        List<UUID> held = new ArrayList<>(1);
        return db.withTransaction(tx -> claim.apply(tx).compose(one -> {
                    if (one == null) {
                        return Future.succeededFuture(false);
                    }
                    held.add(one.id());
                    return work.on(tx, one)
                            .compose(heard -> heard ? Future.succeededFuture(true) : Future.failedFuture(new Busy()));
                }))
                .recover(failure -> {
                    if (held.isEmpty()) {
                        return Future.failedFuture(failure);
                    }
                    boolean busy = failure instanceof Busy;
                    if (!busy) {
                        log.warn("a clock could not be served; it is tried again", failure);
                    }
                    return store.hold(db, held.get(0), now().plus(busy ? BUSY : FAILED))
                            .map(true);
                });
    }

    /** Somebody holds the subject. */
    private static final class Busy extends RuntimeException {
        Busy() {
            super("the subject is held", null, false, false);
        }
    }

    private Future<List<RunningClock>> each(
            SqlConnection tx,
            UUID subject,
            Predicate<RunningClock> which,
            Function<RunningClock, Future<RunningClock>> what) {
        return store.lockRunning(tx, subject).compose(running -> {
            Future<List<RunningClock>> done = Future.succeededFuture(new ArrayList<>());
            for (RunningClock one : running) {
                if (which.test(one)) {
                    done = done.compose(list -> what.apply(one).map(after -> {
                        list.add(after);
                        return list;
                    }));
                }
            }
            return done;
        });
    }

    private Future<RunningClock> act(
            SqlConnection tx,
            RunningClock before,
            RunningClock after,
            ClockEvent.Act act,
            Instant at,
            @Nullable String why) {
        return store.save(
                        tx,
                        after,
                        new ClockEvent(
                                act,
                                at,
                                before.due(),
                                after.due(),
                                after.deadline().unknownYear(),
                                why))
                .map(after);
    }

    private static Predicate<RunningClock> by(String rule) {
        return one -> one.rule().code().equals(rule);
    }

    Future<ClockBook> book() {
        return books.current(db);
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
