package linge.mediation;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import linge.cases.Case;
import linge.cases.CaseActs;
import linge.cases.Move;
import linge.cases.MoveRequest;
import linge.cases.Moved;
import linge.clocks.Clocks;
import linge.clocks.RunningClock;
import linge.db.AuditLog;
import linge.notify.Outbox;
import linge.residents.Residents;
import linge.shared.Caller;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with mediations; each method is one transaction, with its clocks, the notices and what the case is told. Who needs
 * both holds the case first and its mediation second, as every move of a case does.
 */
final class Mediations {

    private static final String CONFIRMATION = "MEDIATION_CONFIRMATION";
    private static final LocalTime NOON = LocalTime.NOON;

    private final Pool db;
    private final Clock clock;
    private final MediationStore store;
    private final Clocks clocks;
    private final Residents residents;
    private final Outbox outbox;
    private final MediationNotices notices;
    private final CaseActs cases;

    Mediations(MediationHouse.Ground on, MediationStore store, MediationNotices notices, CaseActs cases) {
        this.db = on.db();
        this.clock = on.clock();
        this.store = store;
        this.clocks = on.clocks();
        this.residents = on.residents();
        this.outbox = on.outbox();
        this.notices = notices;
        this.cases = cases;
    }

    /** What somebody brings. */
    record Wanted(
            String key,
            String area,
            MediationKind kind,
            MediationSource source,
            @Nullable String caseNumber,
            String facts,
            @Nullable String wish,
            List<Party.Person> parties) {}

    /** A mediation after an act, and the line the case got. */
    private record Done(Mediation after, @Nullable Moved moved) {}

    /** Writes down a dispute, or finds the one that this key brought before. */
    Future<Mediation> open(Caller who, Wanted wanted) {
        UUID by = id(who);
        return store.byKey(db, by, wanted.key())
                .compose(known -> known != null
                        ? Future.succeededFuture(known)
                        : known(who, wanted)
                                .compose(
                                        people -> made(db.withTransaction(tx -> opened(tx, who, by, wanted, people)))));
    }

    private Future<Done> opened(SqlConnection tx, Caller who, UUID by, Wanted wanted, List<Party.Person> people) {
        Instant now = now();
        String number = wanted.caseNumber();
        Future<@Nullable Case> source = number == null
                ? Future.succeededFuture()
                : cases.lock(tx, number, who).map(c -> c);
        return source.compose(c -> free(tx, c)
                .compose(free -> store.nextNumber(tx))
                .compose(nth -> {
                    String area = c == null ? wanted.area() : c.facts().area();
                    refuseUnlessOpener(who, area, wanted.source());
                    Caller.Staff staff = who instanceof Caller.Staff one ? one : null;
                    Mediation opened = Mediation.opened(
                            new Mediation.Facts(
                                    UUID.randomUUID(),
                                    number(now, nth),
                                    area,
                                    wanted.kind(),
                                    wanted.source(),
                                    c == null ? null : c.facts().id(),
                                    c == null ? null : c.facts().number(),
                                    staff == null ? null : staff.department(),
                                    wanted.facts(),
                                    wanted.wish(),
                                    now,
                                    by),
                            people,
                            staff != null && MediationPolicy.atDesk(staff, area));
                    Line line = new Line(
                            0,
                            MediationAct.OPEN,
                            now,
                            staff != null ? Line.By.of(staff) : Line.By.of((Caller.Resident) who, true),
                            wanted.source().label());
                    return store.insert(tx, opened, line, wanted.key())
                            .compose(done -> begin(tx, opened, now))
                            .compose(timed -> store.save(tx, timed)
                                    .compose(done -> tell(tx, new Mediation.Acted(opened, timed, line)))
                                    .compose(done -> staff == null
                                            ? Future.succeededFuture()
                                            : audit(tx, staff, "mediation.open", timed, now))
                                    .compose(done -> note(
                                            tx,
                                            timed,
                                            "已登记人民调解，编号 " + timed.facts().number() + "。"))
                                    .map(moved -> new Done(timed, moved)));
                }));
    }

    private Future<Void> free(SqlConnection tx, @Nullable Case c) {
        return c == null
                ? Future.succeededFuture()
                : store.runningOf(tx, c.facts().id()).map(running -> {
                    if (running != null) {
                        throw Refusal.of(
                                Refusal.Kind.ALREADY_THERE,
                                "这件诉求已经在调解，编号 " + running.facts().number() + "。");
                    }
                    return null;
                });
    }

    private static void refuseUnlessOpener(Caller who, String area, MediationSource source) {
        boolean may = who instanceof Caller.Resident
                ? source == MediationSource.RESIDENT
                : who instanceof Caller.Staff staff && MediationPolicy.mayOpen(staff, area, source);
        if (!may) {
            throw Refusal.notAllowed("调解由综治中心的分流员、督办员和司法局登记；其他部门可以移交纠纷。");
        }
    }

    /** Parties with a phone are residents from now on, so that they can be told; a stranger named by a resident is asked first. */
    private Future<List<Party.Person>> known(Caller who, Wanted wanted) {
        Future<List<Party.Person>> all = Future.succeededFuture(new ArrayList<>());
        for (Party.Person one : wanted.parties()) {
            boolean stranger = who instanceof Caller.Resident && !one.applies();
            all = all.compose(list -> (stranger ? Future.succeededFuture(one) : known(one)).map(person -> {
                list.add(person);
                return list;
            }));
        }
        return all;
    }

    private Future<Party.Person> known(Party.Person one) {
        String phone = one.phone();
        return one.resident() != null || phone == null
                ? Future.succeededFuture(one)
                : residents
                        .known(phone)
                        .map(found -> new Party.Person(one.applies(), one.name(), phone, one.address(), found.id()));
    }

    /** One act, by whoever may. */
    Future<Mediation> make(Caller who, UUID id, MediationAct act, Mediation.Said said) {
        return store.byId(db, id)
                .map(found -> seen(who, found))
                .compose(found -> act == MediationAct.ACCEPT ? known(found) : Future.succeededFuture(List.of()))
                .compose(people -> made(db.withTransaction(tx -> held(tx, id, who)
                        .compose(found -> acted(tx, who, found.make(act, who, said, now()), said, people)))));
    }

    /** The phones of those who are asked now, as residents. */
    private Future<List<Party>> known(Mediation found) {
        Future<List<Party>> all = Future.succeededFuture(new ArrayList<>());
        for (Party one : found.parties()) {
            all = all.compose(list -> known(
                            new Party.Person(one.applies(), one.name(), one.phone(), one.address(), one.resident()))
                    .map(person -> {
                        list.add(new Party(
                                one.id(),
                                one.applies(),
                                one.name(),
                                one.phone(),
                                one.address(),
                                person.resident(),
                                one.consent(),
                                one.consentAt(),
                                one.signedOn()));
                        return list;
                    }));
        }
        return all;
    }

    private Future<Mediation> held(SqlConnection tx, UUID id, Caller who) {
        return store.byId(tx, id)
                .compose(found -> found.facts().caseId() == null
                        ? Future.succeededFuture()
                        : cases.hold(tx, Objects.requireNonNull(found.facts().caseId())))
                .compose(done -> store.lock(tx, id))
                .map(found -> seen(who, found));
    }

    private Future<Done> acted(
            SqlConnection tx, Caller who, Mediation.Acted made, Mediation.Said said, List<Party> known) {
        Mediation.Acted acted = known.isEmpty()
                ? made
                : new Mediation.Acted(
                        made.before(),
                        new Mediation(
                                made.after().facts(),
                                made.after().now(),
                                made.after().parties().stream()
                                        .map(one -> merged(one, known))
                                        .toList()),
                        made.line());
        Instant at = acted.line().at();
        return timed(tx, acted, said, at).compose(after -> {
            Mediation.Acted whole = new Mediation.Acted(acted.before(), after, told(acted, after));
            String told = wordsForCase(whole);
            return store.save(tx, after)
                    .compose(done -> store.saveParties(tx, after.parties()))
                    .compose(done -> store.addLine(tx, after.facts().id(), whole.line()))
                    .compose(done -> tell(tx, whole))
                    .compose(done -> who instanceof Caller.Staff staff
                            ? audit(
                                    tx,
                                    staff,
                                    "mediation."
                                            + acted.line()
                                                    .act()
                                                    .name()
                                                    .toLowerCase(Locale.ROOT)
                                                    .replace('_', '-'),
                                    after,
                                    at)
                            : Future.succeededFuture())
                    .compose(done -> told == null ? Future.succeededFuture((Moved) null) : note(tx, after, told))
                    .map(moved -> new Done(after, moved));
        });
    }

    private static Party merged(Party one, List<Party> known) {
        UUID resident = known.stream()
                .filter(other -> other.id().equals(one.id()))
                .map(Party::resident)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(one.resident());
        return new Party(
                one.id(),
                one.applies(),
                one.name(),
                one.phone(),
                one.address(),
                resident,
                one.consent(),
                one.consentAt(),
                one.signedOn());
    }

    /** Does to the clocks what the act asks for; the mediation with the deadlines they say. */
    private Future<Mediation> timed(SqlConnection tx, Mediation.Acted acted, Mediation.Said said, Instant at) {
        Mediation after = acted.after();
        UUID id = after.facts().id();
        String rule = after.facts().source().rule();
        MediationState was = acted.before().now().state();
        MediationState is = after.now().state();
        Future<?> done = Future.succeededFuture();
        if (acted.line().act() == MediationAct.ACCEPT) {
            done = clocks.stop(tx, id, Reminder.ACCEPTANCE, at)
                    .compose(stopped -> clocks.start(tx, id, after.facts().area(), rule, at));
        } else if (acted.line().act() == MediationAct.EXTEND) {
            done = clocks.extend(tx, id, rule, Objects.requireNonNull(said.days()), at, everybody(after) + "同意延期");
        } else if (acted.line().act() == MediationAct.PAUSE) {
            done = clocks.pause(tx, id, at, "等鉴定")
                    .compose(paused -> clocks.start(tx, id, after.facts().area(), Reminder.APPRAISAL, at));
        } else if (acted.line().act() == MediationAct.RESUME) {
            done = clocks.stop(tx, id, Reminder.APPRAISAL, at).compose(stopped -> clocks.resume(tx, id, at));
        } else if (is == MediationState.AGREED && was != is) {
            Agreement agreement = Objects.requireNonNull(after.now().agreement());
            Instant binds =
                    agreement.signedOn().atTime(NOON).atZone(Mediation.ZONE).toInstant();
            done = clocks.stop(tx, id, rule, at)
                    .compose(stopped -> clocks.start(tx, id, after.facts().area(), CONFIRMATION, binds));
        } else if (is.ended()) {
            done = clocks.stopAll(tx, id, at);
        } else if (after.now().confirmation() == Confirmation.DECLINED
                && acted.before().now().confirmation() == Confirmation.OPEN) {
            done = clocks.cancel(tx, id, CONFIRMATION, at, "双方不申请司法确认");
        } else if (acted.before().now().confirmation() == Confirmation.OPEN
                && after.now().confirmation() != Confirmation.OPEN) {
            done = clocks.stop(tx, id, CONFIRMATION, at);
        }
        return done.compose(ok -> withDeadlines(tx, after));
    }

    /** What is written down and told of an act that moved a deadline: from when to when, and who wanted it. */
    private static Line told(Mediation.Acted acted, Mediation after) {
        Line line = acted.line();
        Instant was = acted.before().now().due();
        Instant is = after.now().due();
        return switch (line.act()) {
            case EXTEND ->
                was == null || is == null
                        ? line
                        : line.saying("期限由 " + Reminder.day(was) + " 延到 " + Reminder.day(is) + "，" + everybody(after)
                                + "同意。" + line.words());
            case PAUSE -> line.saying("等鉴定，调解期限停止计算。" + line.words());
            case RESUME -> is == null ? line : line.saying("期限接着计算，到 " + Reminder.day(is) + "。" + line.words());
            default -> line;
        };
    }

    private static String everybody(Mediation mediation) {
        return mediation.parties().stream().map(mediation::place).collect(Collectors.joining("、"));
    }

    private Future<Mediation> begin(SqlConnection tx, Mediation opened, Instant at) {
        String rule = opened.now().state() == MediationState.APPLIED
                ? Reminder.ACCEPTANCE
                : opened.facts().source().rule();
        return clocks.start(tx, opened.facts().id(), opened.facts().area(), rule, at)
                .compose(started -> withDeadlines(tx, opened));
    }

    private Future<Mediation> withDeadlines(SqlConnection tx, Mediation after) {
        return clocks.running(tx, after.facts().id()).map(running -> {
            RunningClock nearest = running.stream()
                    .filter(one -> one.pausedAt() == null)
                    .findFirst()
                    .orElse(null);
            Instant court = running.stream()
                    .filter(one -> one.rule().code().equals(CONFIRMATION))
                    .map(RunningClock::due)
                    .findFirst()
                    .orElse(after.now().confirmBy());
            return nearest == null
                    ? after.until(null, null, court)
                    : after.until(nearest.due(), nearest.rule().code(), court);
        });
    }

    /** Says what is due to be said about one mediation, once on whichever node; false when nothing is. */
    Future<Boolean> remindOne() {
        Instant now = now();
        return db.withTransaction(tx -> store.lockDue(tx, now).compose(found -> {
            if (found == null) {
                return Future.succeededFuture(false);
            }
            List<Reminder> due = Reminder.due(found, now);
            if (due.isEmpty()) {
                // It was put off meanwhile: saving it sets when to look again.
                return store.save(tx, found).map(true);
            }
            Mediation.Acted acted = found.reminded(due, now);
            boolean lapsed = acted.line().act() == MediationAct.CONFIRM_LAPSE;
            Future<?> stopped =
                    lapsed ? clocks.stop(tx, found.facts().id(), CONFIRMATION, now) : Future.succeededFuture();
            return stopped.compose(done -> withDeadlines(tx, acted.after()))
                    .compose(after -> store.save(tx, after)
                            .compose(done -> store.addLine(tx, after.facts().id(), acted.line()))
                            .compose(done -> notices.reminders(tx, after, due))
                            .compose(told -> outbox.putAll(tx, told)))
                    .map(true);
        }));
    }

    /** A deadline was reckoned again: the mediation goes by it from now on. False when somebody holds it. */
    Future<Boolean> reckoned(SqlConnection tx, RunningClock clock) {
        return store.lockFree(tx, clock.subject())
                .compose(found -> found == null
                        ? store.isThere(tx, clock.subject()).map(there -> !there)
                        : withDeadlines(tx, found)
                                .compose(after -> store.save(tx, after))
                                .map(true));
    }

    /** Who the parties are, for a purpose that is written down; those who have an account are told. */
    Future<Mediation> identities(Caller.Staff who, UUID id, String purpose) {
        return db.withTransaction(tx -> store.byId(tx, id)
                .map(found -> seen(who, found))
                .compose(found -> {
                    if (!MediationPolicy.mayReadIdentity(who, found)) {
                        throw Refusal.notAllowed("移交单位不查看当事人身份，请找承办的调解组织。");
                    }
                    Instant now = now();
                    return AuditLog.write(
                                    tx,
                                    who,
                                    "mediation.identity",
                                    found.facts().number(),
                                    new JsonObject().put("purpose", purpose),
                                    now)
                            .compose(done -> outbox.putAll(tx, notices.revealed(found, who, purpose, now)))
                            .map(found);
                }));
    }

    Mediation seen(Caller who, Mediation found) {
        if (!MediationPolicy.maySee(who, found)) {
            throw Refusal.notFound("这件调解");
        }
        return found;
    }

    /** What the history of the case says; the resident reads it, and so may others: nobody's name. */
    private static @Nullable String wordsForCase(Mediation.Acted acted) {
        if (acted.after().facts().caseId() == null) {
            return null;
        }
        MediationState was = acted.before().now().state();
        MediationState is = acted.after().now().state();
        if (was == is) {
            return null;
        }
        String number = acted.after().facts().number();
        return switch (is) {
            case PAUSED -> "调解暂停，等鉴定结果，编号 " + number + "。";
            case MEDIATING ->
                was == MediationState.PAUSED ? "鉴定结束，调解继续，编号 " + number + "。" : "双方愿意调解，调解开始，编号 " + number + "。";
            case AGREED -> "双方达成调解协议，编号 " + number + "。";
            case FAILED -> "调解不成，编号 " + number + "，已告知其他解决途径。";
            case WITHDRAWN -> "调解申请已撤回，编号 " + number + "。";
            case REFUSED -> "调解申请没有受理，编号 " + number + "，已说明原因。";
            default -> null;
        };
    }

    /** A line in the case's history, where it can still get one. */
    private Future<@Nullable Moved> note(SqlConnection tx, Mediation mediation, String words) {
        String number = mediation.facts().caseNumber();
        UUID id = mediation.facts().caseId();
        if (number == null || id == null) {
            return Future.succeededFuture();
        }
        return cases.all(tx, List.of(id)).compose(found -> {
            Case c = found.isEmpty() ? null : found.get(0);
            if (c == null || !Move.NOTE.from().contains(c.now().state())) {
                return Future.succeededFuture((Moved) null);
            }
            MoveRequest move = MoveRequest.of(Move.NOTE, c.now().version()).but(request -> request.words = words);
            return cases.make(tx, number, move, Caller.NOBODY).map(moved -> moved);
        });
    }

    private Future<Void> audit(SqlConnection tx, Caller.Staff who, String act, Mediation after, Instant at) {
        return AuditLog.write(
                tx,
                who,
                act,
                after.facts().number(),
                new JsonObject().put("line", after.now().version()),
                at);
    }

    private Future<Void> tell(SqlConnection tx, Mediation.Acted acted) {
        return notices.of(tx, acted).compose(found -> outbox.putAll(tx, found));
    }

    private Future<Mediation> made(Future<Done> done) {
        return done.map(made -> {
            if (made.moved() != null) {
                cases.changed(made.moved());
            }
            return made.after();
        });
    }

    private static UUID id(Caller who) {
        if (who instanceof Caller.Staff staff) {
            return staff.id();
        }
        return ((Caller.Resident) who).id();
    }

    /** E.g. TJ26-000012: on every paper of it. */
    private static String number(Instant now, long nth) {
        return String.format(
                Locale.ROOT, "TJ%02d-%06d", now.atZone(Mediation.ZONE).getYear() % 100, nth);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
