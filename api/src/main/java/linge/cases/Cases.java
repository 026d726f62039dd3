package linge.cases;

import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import linge.clocks.WorkingTime;
import linge.db.RateLimits;
import linge.grids.Grids;
import linge.media.Media;
import linge.notify.Outbox;
import linge.residents.Residents;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Names;
import linge.shared.Refusal;
import linge.staff.Staff;
import linge.triage.Understanding;
import org.jspecify.annotations.Nullable;

/** What can be done with cases; each method is one transaction, with the notices it causes. */
public final class Cases {

    private static final int FILED_AN_HOUR = 200;
    private static final int URGED_AN_HOUR = 3;
    private static final int NUMBER_TRIES = 20;

    private final Pool db;
    private final Clock clock;
    private final CaseStore store = new CaseStore();
    private final Corrections corrections = new Corrections();
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
    private final Witness witness;
    private final Consumer<Moved> changed;

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
            Names names) {}

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
        this.media = on.media();
        this.outbox = on.outbox();
        this.notices = new CaseNotices(on.names());
        this.limits = on.limits();
        this.names = on.names();
        this.witness = witness;
        this.changed = changed;
    }

    /** Opens a case, or finds the one that this key opened before: a resend after a lost answer changes nothing. */
    Future<Case> file(Caller.Resident resident, Filing filing) {
        return file(resident, filing, () -> limits.take("file:" + resident.id(), FILED_AN_HOUR, Duration.ofHours(1)));
    }

    /** The same for what another system brought us: it was counted where it came in, and not by whose it is. */
    Future<Case> forward(Caller.Resident resident, Filing filing) {
        return file(resident, filing, Future::succeededFuture);
    }

    private Future<Case> file(Caller.Resident resident, Filing filing, Supplier<Future<Void>> counted) {
        return replayed(resident, filing)
                .compose(known -> known != null
                        ? Future.succeededFuture(known)
                        : counted.get()
                                .compose(ok -> residents.profile(resident.id()))
                                .compose(profile -> understanding.of(
                                        filing.text(), filing.point(), filing.address(), profile.homeGrid()))
                                .map(understood -> factsOf.of(resident, filing, understood, now()))
                                .map(facts -> filing.isForLegalAid() ? facts.atCentre() : facts)
                                .compose(facts -> open(resident, filing, facts, NUMBER_TRIES)));
    }

    /** Makes a move; see {@link Case#make} for what is refused. */
    Future<Case> make(String number, MoveRequest request, Caller caller) {
        Actor actor = Actor.of(caller);
        return urgedTooOften(number, request, caller)
                .compose(ok -> nobodyThere(request))
                .compose(ok -> db.withTransaction(tx -> store.lock(tx, number)
                        .map(found -> seen(found, caller))
                        .compose(found -> once(tx, found, request, actor, caller))))
                .onSuccess(made -> {
                    if (made.moved() != null) {
                        changed.accept(made.moved());
                    }
                })
                .map(Made::now);
    }

    /** The case as it stands now; no move where a request with the same key had made it. */
    private record Made(Case now, @Nullable Moved moved) {}

    private Future<Made> once(SqlConnection tx, Case found, MoveRequest request, Actor actor, Caller caller) {
        String key = request.key();
        Future<Boolean> fresh = key == null
                ? Future.succeededFuture(true)
                : store.firstWith(tx, found.facts().id(), key, now());
        return fresh.compose(first -> first
                ? make(tx, found, request, actor, caller).map(moved -> new Made(moved.after(), moved))
                : Future.succeededFuture(new Made(found, null)));
    }

    /** One move of the clock on the case that waited longest; false when no case waits. */
    Future<Boolean> makeDueMove() {
        Instant now = now();
        return db.withTransaction(tx -> store.lockDue(tx, now).compose(found -> {
                    if (found == null) {
                        return Future.succeededFuture();
                    }
                    MoveRequest request = MoveRequest.byClock(
                            dueMove(found.now().state()), found.now().version());
                    return make(tx, found, request, Actor.CLOCK, Caller.NOBODY);
                }))
                .map(moved -> {
                    if (moved != null) {
                        changed.accept(moved);
                    }
                    return moved != null;
                });
    }

    /** Fails with {@code NOT_FOUND} for a case the caller may not see, as for one that is not there. */
    Future<Case> find(String number, Caller caller) {
        return store.byNumber(db, number).map(found -> seen(found, caller));
    }

    Future<List<HistoryLine>> history(Case c) {
        return store.history(db, c.facts().id());
    }

    /** Whether somebody may see the case with this id; false when there is none. */
    public Future<Boolean> maySee(Caller caller, UUID id) {
        return store.byId(db, id).map(found -> found != null && CasePolicy.maySee(caller, found));
    }

    /** Who filed it; logged with the purpose, and the resident is told. */
    Future<Residents.Profile> reveal(String number, String purpose, Caller.Staff who) {
        return db.withTransaction(tx -> store.lock(tx, number)
                .map(found -> seen(found, who))
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
                                    .map(profile));
                }));
    }

    private Future<Moved> make(SqlConnection tx, Case found, MoveRequest request, Actor actor, Caller caller) {
        Moved moved = found.make(request, actor, now(), time);
        return store.update(tx, moved)
                .compose(
                        done -> request.move() == Move.CORRECT ? corrections.keep(tx, moved) : Future.succeededFuture())
                .compose(done -> attach(tx, moved, caller, request.media()))
                .compose(done -> tell(tx, moved))
                .map(moved);
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
        Future<List<UUID>> office = ears.contains(Move.Ear.OFFICE)
                ? staff.office(tx, holder.area(), holder.department())
                : Future.succeededFuture(List.of());
        return office.compose(desk -> (ears.contains(Move.Ear.SUPERVISORS)
                                ? staff.supervisors(tx, moved.after().facts().area())
                                : Future.succeededFuture(List.<UUID>of()))
                        .compose(supervisors -> residents
                                .profile(tx, moved.after().facts().resident())
                                .map(profile -> new CaseNotices.Ears(profile.phone(), desk, supervisors))))
                .compose(listeners -> outbox.putAll(tx, notices.of(moved, listeners)))
                .compose(told -> witness.saw(tx, moved));
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

    private Future<Case> open(Caller.Resident resident, Filing filing, Case.Facts facts, int tries) {
        Holder first = Holder.of(facts.area());
        return db.withTransaction(tx -> store.nextNumber(
                                tx, facts.filedAt().atZone(WorkingTime.ZONE).toLocalDate())
                        .map(number -> Case.file(numbered(facts, number), first, clock(filing, facts), time))
                        .compose(moved -> store.insert(tx, moved.after(), filing.clientKey(), filing.hash())
                                .compose(fresh -> fresh
                                        ? store.addLine(
                                                        tx,
                                                        moved.after().facts().id(),
                                                        moved.line())
                                                .compose(done -> attach(tx, moved, resident, filing.media()))
                                                .compose(done -> tell(tx, moved))
                                                .map(moved)
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
                        ? open(resident, filing, facts, tries - 1)
                        : Future.failedFuture(failure));
    }

    private static DueRule clock(Filing filing, Case.Facts facts) {
        DueRule set = filing.first();
        return set == null ? DueRule.forAccepting(null, facts.urgency()) : set;
    }

    private static Case.Facts numbered(Case.Facts f, String number) {
        return new Case.Facts(
                f.id(),
                number,
                f.resident(),
                f.text(),
                f.category(),
                f.department(),
                f.urgency(),
                f.hotline(),
                f.area(),
                f.grid(),
                f.address(),
                f.lon(),
                f.lat(),
                f.privacy(),
                f.filedAt());
    }

    private Future<Void> urgedTooOften(String number, MoveRequest request, Caller caller) {
        return request.move() == Move.URGE && caller instanceof Caller.Resident resident
                ? limits.take("urge:" + number + ":" + resident.id(), URGED_AN_HOUR, Duration.ofHours(1))
                : Future.succeededFuture();
    }

    /** A case sent where no office is would be on nobody's desk. */
    private Future<Void> nobodyThere(MoveRequest request) {
        Holder target = request.target();
        if (request.move() != Move.DISPATCH || target == null) {
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

    private static Case seen(Case found, Caller caller) {
        if (!CasePolicy.maySee(caller, found)) {
            throw Refusal.notFound("这件诉求");
        }
        return found;
    }

    private static Move dueMove(CaseState state) {
        return switch (state) {
            case SUBMITTED -> Move.CLIMB;
            case ACCEPTED, DISPATCHED, HANDLING -> Move.WARN;
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
