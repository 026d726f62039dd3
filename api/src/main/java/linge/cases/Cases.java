package linge.cases;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import linge.clocks.Clocks;
import linge.clocks.RunningClock;
import linge.clocks.WorkingTime;
import linge.db.AuditLog;
import linge.db.RateLimits;
import linge.grids.Grids;
import linge.media.Media;
import linge.notify.Outbox;
import linge.residents.Residents;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Names;
import linge.shared.Refusal;
import linge.shared.Role;
import linge.staff.Staff;
import linge.triage.Understanding;
import org.jspecify.annotations.Nullable;

/** What can be done with cases; each method is one transaction, with the notices it causes. */
public final class Cases {

    private static final int FILED_AN_HOUR = 200;
    private static final int FOUND_AN_HOUR = 60;
    private static final int URGED_AN_HOUR = 3;
    private static final int NUMBER_TRIES = 20;

    private final Pool db;
    private final Clock clock;
    private final CaseStore store = new CaseStore();
    private final Corrections corrections = new Corrections();
    private final Chains chains;
    private final Hats hats;
    private final WorkingTime time = WorkingTime.shipped();
    private final Understanding understanding;
    private final Grids grids;
    private final FactsOfFiling factsOf;
    private final Residents residents;
    private final Staff staff;
    private final Media media;
    private final Outbox outbox;
    private final CaseNotices notices;
    private final RateLimits limits;
    private final Names names;
    private final CaseClocks clocks;
    private final List<Witness> witnesses = new CopyOnWriteArrayList<>();
    private final List<ClosingGuard> guards = new CopyOnWriteArrayList<>();
    private final List<MoveGuard> readers = new CopyOnWriteArrayList<>();
    private final Consumer<Moved> changed;
    /** Hears of clocks of something else than a case. */
    private Clocks.Listener<Clocks.Card> otherCards = (tx, card) -> Future.succeededFuture(true);

    /** What cases stand on. */
    public record Ground(
            Pool db,
            Clock clock,
            Understanding understanding,
            Grids grids,
            Residents residents,
            Staff staff,
            Media media,
            Outbox outbox,
            RateLimits limits,
            Names names,
            Clocks clocks) {}

    /**
     * @param witness asked within the transaction of every move, once the move and its notices are written
     * @param changed called after a move is committed, so that live pages look again
     */
    public Cases(Ground on, Witness witness, Consumer<Moved> changed) {
        this.db = on.db();
        this.clock = on.clock();
        this.understanding = on.understanding();
        this.grids = on.grids();
        this.factsOf = new FactsOfFiling(on.grids());
        this.residents = on.residents();
        this.staff = on.staff();
        this.chains = new Chains(on.staff());
        this.hats = new Hats(on.staff().posts());
        this.media = on.media();
        this.outbox = on.outbox();
        this.notices = new CaseNotices(on.names());
        this.limits = on.limits();
        this.names = on.names();
        this.clocks = new CaseClocks(on.clocks());
        this.witnesses.add(witness);
        this.changed = changed;
    }

    /** Opens a case, or finds the one that this key opened before: a resend after a lost answer changes nothing. */
    Future<Case> file(Caller.Resident resident, Filing filing) {
        return file(
                resident, filing, null, () -> limits.take("file:" + resident.id(), FILED_AN_HOUR, Duration.ofHours(1)));
    }

    /** The same for what another system brought us: it was counted where it came in, and not by whose it is. */
    Future<Case> forward(Caller.Resident resident, Filing filing) {
        return file(resident, filing, null, Future::succeededFuture);
    }

    /** The same for what staff found themselves: it is their office's, and its first line says who found it. */
    Future<Case> found(Caller.Resident office, Finder finder, Filing filing) {
        return file(
                office,
                filing,
                finder,
                () -> limits.take("found:" + finder.who().id(), FOUND_AN_HOUR, Duration.ofHours(1)));
    }

    /**
     * Who found a matter on patrol.
     *
     * @param key by which what the phone said of time and place finds the first line
     */
    record Finder(Caller.Staff who, String key) {}

    private Future<Case> file(
            Caller.Resident resident, Filing filing, @Nullable Finder finder, Supplier<Future<Void>> counted) {
        return replayed(resident, filing)
                .compose(known -> known != null
                        ? Future.succeededFuture(known)
                        : counted.get()
                                .compose(ok -> residents.profile(resident.id()))
                                .compose(profile -> understanding.of(
                                        filing.text(), filing.point(), filing.address(), profile.homeGrid()))
                                .map(understood -> factsOf.of(resident, filing, understood, now()))
                                .map(facts -> filing.isForLegalAid() ? facts.atCentre() : facts)
                                .compose(facts -> open(resident, filing, finder, facts, NUMBER_TRIES)));
    }

    /** Makes a move somebody asks for; see {@link Case#make} for what is refused. */
    Future<Case> make(String number, MoveRequest request, Caller caller) {
        if (request.move().ofFeature()) {
            return Future.failedFuture(
                    Refusal.of(Refusal.Kind.OUT_OF_TURN, "“" + request.move().label() + "”有自己的页面，请在那里操作。"));
        }
        return urgedTooOften(number, request, caller)
                .compose(ok -> nobodyThere(request))
                .compose(ok -> db.withTransaction(tx -> store.lock(tx, number)
                        .compose(found -> hats.making(tx, found, request.move(), caller)
                                .compose(actor -> once(tx, found, request, actor, caller)))))
                .onSuccess(made -> {
                    if (made.moved() != null) {
                        changed.accept(made.moved());
                    }
                })
                .map(Made::now);
    }

    /** Makes a move within a feature's transaction; {@code NOBODY} is the service itself. */
    Future<Moved> act(SqlConnection tx, String number, MoveRequest request, Caller caller) {
        boolean service = caller instanceof Caller.Nobody;
        return nobodyThere(request)
                .compose(ok -> store.lock(tx, number))
                .compose(found -> (service
                                ? Future.succeededFuture(Actor.CLOCK)
                                : hats.making(tx, found, request.move(), caller))
                        .compose(actor -> make(tx, found, request, actor, caller)));
    }

    Future<Moved> actAtCentre(SqlConnection tx, String number, MoveRequest request, Caller.Staff who, String county) {
        Caller.Staff desk = new Caller.Staff(who.id(), who.user(), who.name(), Role.DISPATCHER, county, null);
        Actor actor = who.role() == Role.DISPATCHER && who.department() == null
                ? new Actor.Staff(who)
                : new Actor.Staff(desk, names.office(county, null));
        return store.lock(tx, number).compose(found -> make(tx, found, request, actor, who));
    }

    Future<Void> hold(SqlConnection tx, UUID id) {
        return store.all(tx, List.of(id))
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture()
                        : store.lock(tx, found.get(0).facts().number()).mapEmpty());
    }

    void cards(Clocks.Listener<Clocks.Card> listener) {
        otherCards = listener;
    }

    Future<Case> lock(SqlConnection tx, String number, Caller caller) {
        return store.lock(tx, number).compose(found -> seen(tx, found, caller));
    }

    Future<List<Case>> all(SqlClient on, List<UUID> ids) {
        return store.all(on, ids);
    }

    void changed(Moved moved) {
        changed.accept(moved);
    }

    void guard(ClosingGuard guard) {
        guards.add(guard);
    }

    void guard(MoveGuard guard) {
        readers.add(guard);
    }

    void deadlines(Clocks.Listener<RunningClock> listener) {
        clocks.others(listener);
    }

    void witness(Witness witness) {
        witnesses.add(witness);
    }

    /** The case as it stands now; no move where a request with the same key had made it. */
    private record Made(Case now, @Nullable Moved moved) {}

    private Future<Made> once(SqlConnection tx, Case found, MoveRequest request, Actor actor, Caller caller) {
        String key = request.key();
        if (key == null) {
            return make(tx, found, request, actor, caller).map(moved -> new Made(moved.after(), moved));
        }
        UUID id = found.facts().id();
        Buffer hash = caller instanceof Caller.Staff ? request.hash() : null;
        return store.firstWith(tx, id, key, found.now().version() + 1, hash, now())
                .compose(first -> first
                        ? make(tx, found, request, actor, caller).map(moved -> new Made(moved.after(), moved))
                        : store.askedWith(tx, id, key, hash).map(same -> {
                            if (!same) {
                                throw Refusal.of(Refusal.Kind.KEY_REUSED, "这个提交编号已用于另一个操作，请刷新页面后再试。");
                            }
                            return new Made(found, null);
                        }));
    }

    /** One move of the clock on the case that waited longest; false when no case waits. */
    Future<Boolean> makeDueMove() {
        Instant now = now();
        return db.withTransaction(tx -> store.lockDue(tx, now).compose(found -> {
                    if (found == null) {
                        return Future.succeededFuture();
                    }
                    MoveRequest request = MoveRequest.of(
                            dueMove(found.now(), now), found.now().version());
                    return make(tx, found, request, Actor.CLOCK, Caller.NOBODY);
                }))
                .map(moved -> {
                    if (moved != null) {
                        changed.accept(moved);
                    }
                    return moved != null;
                });
    }

    /** The clock's move on this case alone, if it waits for one now; the case after it, or as it is. */
    Future<Case> makeDueMove(String number) {
        Instant now = now();
        return db.withTransaction(tx -> store.lock(tx, number).compose(found -> {
            Instant wake = found.now().wake();
            return wake == null || wake.isAfter(now)
                    ? Future.succeededFuture(found)
                    : make(
                                    tx,
                                    found,
                                    MoveRequest.of(
                                            dueMove(found.now(), now),
                                            found.now().version()),
                                    Actor.CLOCK,
                                    Caller.NOBODY)
                            .map(Moved::after);
        }));
    }

    /** One clock that a change of calendar, hours or rules has reached, or one card; false when there is neither. */
    Future<Boolean> tendClocks(Clocks.Listener<Clocks.Card> listener) {
        return clocks.reckonAgain()
                .compose(more -> more
                        ? Future.succeededFuture(true)
                        : clocks.cards((tx, card) -> otherCards
                                .hear(tx, card)
                                .compose(heard -> heard ? listener.hear(tx, card) : Future.succeededFuture(false))));
    }

    /** Fails with {@code NOT_FOUND} for a case the caller may not see, as for one that is not there. */
    Future<Case> find(String number, Caller caller) {
        return store.byNumber(db, number).compose(found -> seen(db, found, caller));
    }

    Future<List<HistoryLine>> history(Case c) {
        return store.history(db, c.facts().id());
    }

    /** Whether somebody may see the case with this id; false when there is none. */
    public Future<Boolean> maySee(Caller caller, UUID id) {
        return store.byId(db, id)
                .compose(found -> found == null ? Future.succeededFuture(false) : hats.see(db, found, caller));
    }

    /** Who filed it; logged with the purpose, and the resident is told. */
    Future<Residents.Profile> reveal(String number, String purpose, Caller.Staff who) {
        return db.withTransaction(tx -> store.lock(tx, number)
                .compose(found -> seen(tx, found, who))
                .compose(found -> {
                    if (!CasePolicy.mayReveal(who, found)) {
                        throw Refusal.notAllowed("您没有权限查看这件诉求的反映人身份。");
                    }
                    return residents
                            .profile(tx, found.facts().resident())
                            .compose(profile -> store.addReveal(
                                            tx, found.facts().id(), who.id(), purpose, now())
                                    .compose(id -> outbox.put(
                                            tx, notices.revealed(found, id, signature(who), purpose, profile.phone())))
                                    .compose(told -> AuditLog.write(
                                            tx,
                                            who,
                                            "case.reveal",
                                            number,
                                            new JsonObject().put("purpose", purpose),
                                            now()))
                                    .map(profile));
                }));
    }

    private Future<Moved> make(SqlConnection tx, Case found, MoveRequest request, Actor actor, Caller caller) {
        return rules(tx, found, request.move()).compose(rules -> {
            Moved made = found.make(request, actor, now(), rules);
            return unguarded(tx, found, request.move(), actor)
                    .compose(open -> read(tx, made, actor))
                    .compose(read -> clocks.keep(tx, read))
                    .compose(moved -> written(tx, moved, request, caller).compose(done -> {
                        MoveRequest next = moved.follows();
                        return next == null
                                ? Future.succeededFuture(moved)
                                : make(tx, moved.after(), next, actor, caller);
                    }));
        });
    }

    private Future<Rules> rules(SqlConnection tx, Case c, Move move) {
        Future<Chain> chain = move == Move.ESCALATE ? chains.of(tx, c) : Future.succeededFuture(Chain.CENTRES);
        Future<Patience> patience =
                move == Move.SUSPEND ? clocks.patience(tx, c) : Future.succeededFuture(Patience.ENDLESS);
        return chain.compose(climbs -> patience.map(waits -> new Rules(time, climbs, waits)));
    }

    private Future<Void> written(SqlConnection tx, Moved moved, MoveRequest request, Caller caller) {
        return store.update(tx, moved)
                .compose(
                        done -> request.move() == Move.CORRECT ? corrections.keep(tx, moved) : Future.succeededFuture())
                .compose(done -> attach(tx, moved, caller, request.media()))
                .compose(done -> tell(tx, moved));
    }

    /** The features that may hold a case open are asked, one after the other, before people close it. */
    private Future<Void> unguarded(SqlConnection tx, Case c, Move move, Actor actor) {
        boolean closing = move == Move.RESOLVE || move == Move.REPORT_BACK || move == Move.ARCHIVE;
        Future<Void> open = Future.succeededFuture();
        if (!closing || actor instanceof Actor.Clock) {
            return open;
        }
        for (ClosingGuard guard : guards) {
            open = open.compose(ok -> guard.blocks(tx, c)).map(why -> {
                if (why != null) {
                    throw Refusal.of(Refusal.Kind.OUT_OF_TURN, why)
                            .with("version", c.now().version())
                            .with("state", c.now().state().name());
                }
                return null;
            });
        }
        return open;
    }

    /** The features that read what staff do are asked, one after the other; what they remark stands beside the words. */
    private Future<Moved> read(SqlConnection tx, Moved made, Actor actor) {
        Future<Moved> read = Future.succeededFuture(made);
        if (!(actor instanceof Actor.Staff staff)) {
            return read;
        }
        for (MoveGuard reader : readers) {
            read = read.compose(moved -> reader.reads(tx, moved, staff.who())
                    .map(remark -> remark == null ? moved : moved.remarking(remark)));
        }
        return read;
    }

    private Future<Void> attach(SqlConnection tx, Moved moved, Caller caller, List<UUID> ids) {
        if (ids.isEmpty()) {
            return Future.succeededFuture();
        }
        return media.attach(tx, moved.after().facts().id(), moved.line().seq(), caller, ids)
                .mapEmpty();
    }

    private Future<Void> tell(SqlConnection tx, Moved moved) {
        Set<Move.Ear> ears = moved.line().move().tell();
        Holder holder = moved.after().now().holder();
        Holder upper = holder.above();
        Future<List<UUID>> office = ears.contains(Move.Ear.OFFICE)
                ? staff.office(
                        tx,
                        holder.area(),
                        holder.department(),
                        moved.after().now().tier())
                : ears.contains(Move.Ear.UPPER_OFFICE)
                        ? staff.office(tx, upper.area(), upper.department(), null)
                        : Future.succeededFuture(List.of());
        return office.compose(desk -> (ears.contains(Move.Ear.SUPERVISORS)
                                ? staff.supervisors(tx, moved.after().facts().area())
                                : Future.succeededFuture(List.<UUID>of()))
                        .compose(supervisors -> residents
                                .profile(tx, moved.after().facts().resident())
                                .map(profile -> new CaseNotices.Ears(profile.phone(), desk, supervisors))))
                .compose(listeners -> outbox.putAll(tx, notices.of(moved, listeners)))
                .compose(told -> seen(tx, moved));
    }

    private Future<Void> seen(SqlConnection tx, Moved moved) {
        Future<Void> seen = Future.succeededFuture();
        for (Witness witness : witnesses) {
            seen = seen.compose(ok -> witness.saw(tx, moved));
        }
        return seen;
    }

    private Future<@Nullable Case> replayed(Caller.Resident resident, Filing filing) {
        return store.byKey(db, resident.id(), filing.clientKey()).map(filed -> {
            if (filed == null) {
                return null;
            }
            if (!filed.requestHash().equals(filing.hash())) {
                throw Refusal.of(Refusal.Kind.KEY_REUSED, "这个提交编号已用于另一件诉求，请刷新页面后重新提交。");
            }
            return filed.filed();
        });
    }

    private Future<Case> open(
            Caller.Resident resident, Filing filing, @Nullable Finder finder, Case.Facts facts, int tries) {
        Holder first = Holder.of(facts.area());
        return db.withTransaction(tx -> store.nextNumber(
                                tx, facts.filedAt().atZone(WorkingTime.ZONE).toLocalDate())
                        .map(number ->
                                Case.file(facts.numbered(number), first, clock(filing, facts), filing.media(), time))
                        .map(moved -> finder == null ? moved : moved.by(new Actor.Staff(finder.who())))
                        .compose(moved -> store.insert(tx, moved.after(), filing.clientKey(), filing.hash())
                                .compose(fresh -> fresh
                                        ? clocks.filed(tx, moved)
                                                .compose(filed -> store.addLine(
                                                                tx,
                                                                filed.after()
                                                                        .facts()
                                                                        .id(),
                                                                filed.line())
                                                        .compose(done -> attach(
                                                                tx,
                                                                filed,
                                                                finder == null ? resident : finder.who(),
                                                                filing.media()))
                                                        .compose(done -> finder == null
                                                                ? Future.succeededFuture()
                                                                : store.firstWith(
                                                                        tx,
                                                                        filed.after()
                                                                                .facts()
                                                                                .id(),
                                                                        finder.key(),
                                                                        0,
                                                                        filing.hash(),
                                                                        now()))
                                                        .compose(done -> tell(tx, filed))
                                                        .map(filed))
                                        : Future.<Moved>succeededFuture())))
                .compose(opened -> {
                    if (opened == null) {
                        // Two resends at once: the other one opened it.
                        return replayed(resident, filing).map(known -> java.util.Objects.requireNonNull(known));
                    }
                    changed.accept(opened);
                    return Future.succeededFuture(opened.after());
                })
                .recover(failure -> tries > 0
                                && failure instanceof PgException pg
                                && "one_case_per_number".equals(pg.getConstraint())
                        ? open(resident, filing, finder, facts, tries - 1)
                        : Future.failedFuture(failure));
    }

    private static DueRule clock(Filing filing, Case.Facts facts) {
        DueRule set = filing.first();
        return set == null ? DueRule.forAccepting(null, facts.urgency()) : set;
    }

    private Future<Void> urgedTooOften(String number, MoveRequest request, Caller caller) {
        return request.move() == Move.URGE && caller instanceof Caller.Resident resident
                ? limits.take("urge:" + number + ":" + resident.id(), URGED_AN_HOUR, Duration.ofHours(1))
                : Future.succeededFuture();
    }

    /** A case sent where no office is would be on nobody's desk. */
    private Future<Void> nobodyThere(MoveRequest request) {
        Holder target = request.target();
        if (target == null) {
            return Future.succeededFuture();
        }
        String area = target.area();
        boolean known = AreaLevel.isCode(area)
                && (AreaLevel.of(area) == AreaLevel.GRID
                        ? grids.index().get(area).isPresent()
                        : grids.gazetteer().get(area).isPresent());
        if (!known) {
            return Future.failedFuture(Refusal.notSensible("/to", "没有这个网格或中心，请重新选择。"));
        }
        String department = target.department();
        return department == null
                ? Future.succeededFuture()
                : staff.departmentsAt(area).map(there -> {
                    if (!there.contains(department)) {
                        throw Refusal.notSensible("/department", "那里没有这个部门，请重新选择。");
                    }
                    return null;
                });
    }

    private Future<Case> seen(SqlClient on, Case found, Caller caller) {
        return hats.see(on, found, caller).map(sees -> {
            if (!sees) {
                throw Refusal.notFound("这件诉求");
            }
            return found;
        });
    }

    static Move dueMove(Case.Now now, Instant at) {
        Instant due = now.due();
        return switch (now.state()) {
            case SUBMITTED -> Move.CLIMB;
            case ACCEPTED, DISPATCHED, HANDLING, RESOLVED -> due != null && due.isAfter(at) ? Move.CAUTION : Move.WARN;
            case SUSPENDED -> Move.RESUME;
            case REPORTED, RATED -> Move.ARCHIVE;
            case ARCHIVED, DECLINED, WITHDRAWN -> throw new IllegalStateException("an ended case woke up");
        };
    }

    private String signature(Caller.Staff who) {
        return names.office(who.area(), who.department()) + who.role().label() + who.name();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
