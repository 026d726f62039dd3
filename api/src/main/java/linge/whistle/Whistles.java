package linge.whistle;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import linge.cases.Case;
import linge.cases.CaseActs;
import linge.cases.Holder;
import linge.cases.Move;
import linge.cases.MoveRequest;
import linge.cases.Moved;
import linge.db.AuditLog;
import linge.notify.Outbox;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Names;
import linge.shared.Refusal;
import linge.staff.Staff;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with whistles; each method is one transaction, with the move of the case and the notices it causes. Who needs
 * both holds the case first and its whistle second, as every move of a case does.
 */
final class Whistles {

    private final Pool db;
    private final Clock clock;
    private final WhistleStore store;
    private final Staff staff;
    private final Outbox outbox;
    private final WhistleNotices notices;
    private final CaseWords caseWords;
    private final CaseActs cases;
    private final ReportInClocks clocks;

    Whistles(
            Pool db,
            Clock clock,
            WhistleStore store,
            Staff staff,
            Outbox outbox,
            Names names,
            CaseActs cases,
            ReportInClocks clocks) {
        this.db = db;
        this.clock = clock;
        this.store = store;
        this.staff = staff;
        this.outbox = outbox;
        this.notices = new WhistleNotices(names, staff);
        this.caseWords = new CaseWords(names);
        this.cases = cases;
        this.clocks = clocks;
    }

    /** A check-in as it is sent. */
    record Sent(
            List<String> people,
            CheckIn.@Nullable Spot spot,
            @Nullable String words,
            List<UUID> media) {}

    /** The whistle after an act, and the move of the case that went with it. */
    private record Done(Whistle after, @Nullable Moved moved) {}

    /** Blows a whistle, or finds the one that this key blew before. */
    Future<Whistle> blow(Caller.Staff who, String number, Whistle.Wanted wanted, String key) {
        return store.byKey(db, who.id(), key)
                .compose(known -> known == null
                        ? freshly(who, number, wanted, key)
                        : Future.succeededFuture(sameCase(known, number)));
    }

    private Future<Whistle> freshly(Caller.Staff who, String number, Whistle.Wanted wanted, String key) {
        return made(db.withTransaction(tx -> cases.lock(tx, number, who)
                .compose(found -> store.byKey(tx, who.id(), key)
                        .compose(known -> known == null
                                ? blow(tx, found, wanted, who, key)
                                // Two resends at once: the other one blew it.
                                : Future.succeededFuture(new Done(sameCase(known, number), null))))));
    }

    private Future<Done> blow(SqlConnection tx, Case found, Whistle.Wanted wanted, Caller.Staff who, String key) {
        Case.Facts facts = found.facts();
        if (!WhistlePolicy.mayBlow(who, facts.area())) {
            throw Refusal.notAllowed("只有乡镇（街道）和县（区）综治中心的分流员、督办员可以对本区域的诉求吹哨。");
        }
        Instant at = now();
        return store.openOf(tx, facts.id())
                .map(Whistles::noneOpen)
                .compose(none -> clocks.promise(tx, facts.area(), wanted.emergency(), at))
                .compose(promise -> staff.departmentsAt(county(facts.area()))
                        .map(there -> Whistle.blow(
                                at(wanted, facts), facts.id(), facts.number(), facts.area(), there, promise, who, at))
                        .compose(blown -> cases.make(tx, facts.number(), call(found, blown.after()), who)
                                .compose(moved -> store.insert(tx, blown, key)
                                        .compose(done -> clocks.start(tx, blown.after(), promise))
                                        .compose(done -> tell(tx, blown))
                                        .map(new Done(blown.after(), moved)))));
    }

    /** An officer's department reports in; sent again with the same key it is the same check-in. */
    Future<Whistle> reportIn(Caller.Staff who, UUID id, Sent sent, String key) {
        return made(onCase(
                who,
                id,
                whistle -> {
                    Call.Report before = reportOf(who, whistle);
                    return before != null && before.key().equals(key);
                },
                whistle -> whistle.reportIn(who, report(who, whistle, sent, key, 0)),
                (tx, c, whistle) -> {
                    MoveRequest move = MoveRequest.of(Move.REPORT_IN, c.now().version())
                            .but(request -> {
                                request.words = caseWords.reportedIn(who, sent.people(), sent.words());
                                request.media = sent.media();
                            });
                    return cases.make(tx, c.facts().number(), move, who).compose(moved -> {
                        Call.Report report =
                                report(who, whistle, sent, key, moved.line().seq());
                        return keep(tx, whistle, whistle.reportIn(who, report), null)
                                .map(after -> new Done(after, moved));
                    });
                }));
    }

    /** Writes down what is being done; sent again with the same key it is one line. */
    Future<Whistle> note(Caller.Staff who, UUID id, @Nullable String words, String key) {
        return db.withTransaction(tx -> store.lock(tx, id)
                .map(whistle -> seen(who, whistle))
                .compose(whistle -> store.saidWith(tx, id, who.id(), key)
                        .compose(said -> said
                                ? Future.succeededFuture(whistle)
                                : audited(tx, who, whistle, whistle.note(who, words, now()), key))));
    }

    Future<Whistle> conclude(Caller.Staff who, UUID id, int version, @Nullable String words) {
        return alone(who, id, whistle -> whistle.conclude(who, version, words, now()));
    }

    Future<Whistle> countersign(Caller.Staff who, UUID id, int version, boolean agreed, @Nullable String words) {
        return alone(who, id, whistle -> whistle.countersign(who, version, agreed, words, now()));
    }

    Future<Whistle> excuse(Caller.Staff who, UUID id, int version, String department, @Nullable String words) {
        return alone(who, id, whistle -> whistle.excuse(who, version, department, words, now()));
    }

    /** Closes it with its conclusion, or calls it off; either way the case may go on. */
    Future<Whistle> close(Caller.Staff who, UUID id, int version, boolean callOff, @Nullable String words) {
        Function<Whistle, Whistle.Acted> act = whistle ->
                callOff ? whistle.callOff(who, version, words, now()) : whistle.close(who, version, words, now());
        return made(onCase(who, id, whistle -> false, act, (tx, c, whistle) -> {
            Whistle.Acted closed = act.apply(whistle);
            if (!Move.CONCLUDE.from().contains(c.now().state())) {
                // The case went on with the one it was merged into: there is nothing to tell it any more.
                return keep(tx, whistle, closed, null).map(after -> new Done(after, null));
            }
            MoveRequest move = MoveRequest.of(Move.CONCLUDE, c.now().version()).but(request -> {
                request.words = caseWords.concluded(closed.after());
                request.assisting = callOff
                        ? List.of()
                        : holders(whistle, call -> call.state().present());
            });
            return cases.make(tx, c.facts().number(), move, who)
                    .compose(moved -> keep(tx, whistle, closed, null).map(after -> new Done(after, moved)));
        }));
    }

    /** Finds one department late that is; false when none is. */
    Future<Boolean> findLate() {
        Instant now = now();
        return db.withTransaction(tx -> store.lockDue(tx, now).compose(whistle -> {
            if (whistle == null) {
                return Future.succeededFuture(false);
            }
            return clocks.of(tx, whistle).compose(clock -> {
                if (clock != null && (clock.pausedAt() != null || clock.due().isAfter(now))) {
                    // The case waits, and the departments with it: the clock knows better than the row.
                    return store.follow(tx, whistle.facts().id(), clock).map(true);
                }
                Whistle.Acted late = Objects.requireNonNull(whistle.late(now), "a whistle woke and nobody is late");
                return keep(tx, whistle, late, null).map(true);
            });
        }));
    }

    /** The case goes on after it waited, and the departments' time with it. */
    Future<Void> resumed(SqlConnection tx, Case c) {
        return store.lockOpenOf(tx, c.facts().id())
                .compose(whistle -> whistle == null ? Future.succeededFuture() : clocks.follow(tx, whistle));
    }

    /** The case came to its end: departments need not come any more. */
    Future<Void> ended(SqlConnection tx, Case c) {
        return store.lockOpenOf(tx, c.facts().id())
                .compose(whistle -> whistle == null
                        ? Future.succeededFuture()
                        : keep(tx, whistle, whistle.end("诉求“" + c.now().state().label() + "”，吹哨随之结束。", now()), null)
                                .mapEmpty());
    }

    @FunctionalInterface
    private interface OnCase {
        Future<Done> go(SqlConnection tx, Case c, Whistle whistle);
    }

    /**
     * An act that moves the case too. What would be refused anyway is refused before the case is asked, so that an officer hears why
     * and not that a case is not there.
     */
    private Future<Done> onCase(
            Caller.Staff who,
            UUID id,
            Function<Whistle, Boolean> doneBefore,
            Function<Whistle, Whistle.Acted> tried,
            OnCase act) {
        return db.withTransaction(tx -> store.byId(tx, id)
                .map(whistle -> seen(who, whistle))
                .compose(whistle -> {
                    if (doneBefore.apply(whistle)) {
                        return Future.succeededFuture(new Done(whistle, null));
                    }
                    Whistle.Acted unused = tried.apply(whistle);
                    return cases.lock(tx, whistle.facts().number(), who)
                            .compose(c -> store.lock(tx, id)
                                    .compose(held -> doneBefore.apply(held)
                                            ? Future.succeededFuture(new Done(held, null))
                                            : act.go(tx, c, held)));
                }));
    }

    /** An act that leaves the case where it is. */
    private Future<Whistle> alone(Caller.Staff who, UUID id, Function<Whistle, Whistle.Acted> act) {
        return db.withTransaction(tx -> store.lock(tx, id)
                .map(whistle -> seen(who, whistle))
                .compose(whistle -> audited(tx, who, whistle, act.apply(whistle), null)));
    }

    /** What the history of the case does not tell. */
    private Future<Whistle> audited(
            SqlConnection tx, Caller.Staff who, Whistle before, Whistle.Acted acted, @Nullable String key) {
        Line line = acted.line();
        JsonObject details = new JsonObject()
                .put("whistle", before.facts().id().toString())
                .put("line", line.seq())
                .put("department", line.department());
        String act = "whistle." + line.act().name().toLowerCase(Locale.ROOT);
        return keep(tx, before, acted, key)
                .compose(after -> AuditLog.write(tx, who, act, before.facts().number(), details, line.at())
                        .map(after));
    }

    private Future<Whistle> keep(SqlConnection tx, Whistle before, Whistle.Acted acted, @Nullable String key) {
        return store.update(tx, before, acted, key)
                .compose(done -> clocks.keep(tx, before, acted))
                .compose(done -> tell(tx, acted))
                .map(acted.after());
    }

    private Future<Void> tell(SqlConnection tx, Whistle.Acted acted) {
        return notices.of(tx, acted).compose(found -> outbox.putAll(tx, found));
    }

    private Future<Whistle> made(Future<Done> done) {
        return done.map(made -> {
            if (made.moved() != null) {
                cases.changed(made.moved());
            }
            return made.after();
        });
    }

    private MoveRequest call(Case found, Whistle blown) {
        return MoveRequest.of(Move.WHISTLE, found.now().version()).but(request -> {
            request.words = caseWords.blown(blown);
            request.assisting = holders(blown, call -> true);
        });
    }

    private static List<Holder> holders(Whistle whistle, java.util.function.Predicate<Call> which) {
        return whistle.departments(which).stream()
                .map(department -> new Holder(whistle.facts().county(), department))
                .toList();
    }

    private CheckIn checkIn(Caller.Staff who, Whistle whistle, Sent sent) {
        Whistle.Facts facts = whistle.facts();
        return CheckIn.of(
                now(),
                who.id(),
                who.name(),
                sent.people(),
                sent.spot(),
                facts.meeting(),
                facts.rule().far());
    }

    private Call.Report report(Caller.Staff who, Whistle whistle, Sent sent, String key, int seq) {
        return new Call.Report(checkIn(who, whistle, sent), key, seq);
    }

    private static Call.@Nullable Report reportOf(Caller.Staff who, Whistle whistle) {
        Call mine = whistle.call(who.department());
        return mine == null ? null : mine.report();
    }

    /** Where nothing else was said they meet where the case is. */
    private static Whistle.Wanted at(Whistle.Wanted wanted, Case.Facts facts) {
        Meeting meeting = wanted.meeting();
        boolean own = meeting.elsewhere() || meeting.lon() != null;
        return new Whistle.Wanted(
                wanted.reason(),
                wanted.lead(),
                wanted.assisting(),
                wanted.emergency(),
                new Meeting(
                        meeting.place() == null ? facts.address() : meeting.place(),
                        meeting.elsewhere(),
                        own ? meeting.lon() : facts.lon(),
                        own ? meeting.lat() : facts.lat(),
                        meeting.at()));
    }

    private static Whistle sameCase(Whistle known, String number) {
        if (!known.facts().number().equals(number)) {
            throw Refusal.of(Refusal.Kind.KEY_REUSED, "这个提交编号已用于另一次吹哨，请刷新页面后重新提交。");
        }
        return known;
    }

    private static @Nullable Void noneOpen(@Nullable Whistle open) {
        if (open != null) {
            throw Refusal.of(Refusal.Kind.ALREADY_THERE, "这件诉求已经吹哨，请先结束那一次，再吹新的。");
        }
        return null;
    }

    private static Whistle seen(Caller.Staff who, Whistle whistle) {
        if (!WhistlePolicy.maySee(who, whistle)) {
            throw Refusal.notFound("这次吹哨");
        }
        return whistle;
    }

    static String county(String area) {
        return area.substring(0, Math.min(area.length(), AreaLevel.COUNTY.digits()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
