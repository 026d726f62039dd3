package linge.legal;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import linge.cases.CaseActs;
import linge.cases.Move;
import linge.cases.MoveRequest;
import linge.cases.Moved;
import linge.clocks.Clocks;
import linge.db.AuditLog;
import linge.db.Times;
import linge.notify.Audience;
import linge.notify.Notice;
import linge.notify.Outbox;
import linge.residents.Residents;
import linge.shared.Caller;
import linge.shared.Names;
import linge.shared.Refusal;
import linge.staff.Staff;
import org.jspecify.annotations.Nullable;

/**
 * Where applications for legal aid are examined, decided and given to somebody. An application is a case: what is decided moves it, so
 * its clocks, history and notices are the case's; what the case does not say stands beside it.
 */
final class LegalAidDesk {

    static final String OBJECTION = "LEGAL_AID_OBJECTION";
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final int PAPERS_DAYS = 15;

    private static final String FROM = " FROM legal_aid a JOIN cases c ON c.id = a.case_id ";
    private static final String FIND = "SELECT " + AidApplication.COLUMNS + FROM + "WHERE c.number = $1";
    private static final String LOCK_ROW =
            "SELECT a.case_id FROM legal_aid a JOIN cases c ON c.id = a.case_id WHERE c.number = $1 FOR UPDATE OF a";
    private static final String TOLD =
            "UPDATE legal_aid SET told = $2, told_at = $3, told_until = $4 WHERE case_id = $1";
    private static final String SUPPLIED = "UPDATE legal_aid SET supplied_at = $2 WHERE case_id = $1";
    private static final String DECIDED = """
            UPDATE legal_aid SET granted = $2, article = $3, reason = $4, decided_at = $5, decided_by = $6, decided_name = $7
            WHERE case_id = $1""";
    private static final String ASSIGNED = """
            UPDATE legal_aid SET helper = $2, helper_office = $3, helper_phone = $4, assigned_at = $5 WHERE case_id = $1""";
    private static final String OBJECTED = "UPDATE legal_aid SET objection = $2, objected_at = $3 WHERE case_id = $1";
    private static final String ANSWERED = """
            UPDATE legal_aid SET objection_right = $2, objection_answer = $3, objection_by = $4, objection_at = $5, again = $6
            WHERE case_id = $1""";
    private static final String REPORTED = "UPDATE legal_aid SET report = $2, reported_at = $3 WHERE case_id = $1";

    private final Pool db;
    private final Clock clock;
    private final Clocks clocks;
    private final CaseActs acts;
    private final LegalAid aid;
    private final Residents residents;
    private final Staff staff;
    private final Outbox outbox;
    private final Names names;

    LegalAidDesk(LegalHouse.Ground on, LegalAid aid) {
        this.db = on.db();
        this.clock = on.clock();
        this.clocks = on.clocks();
        this.acts = on.acts();
        this.aid = aid;
        this.residents = on.residents();
        this.staff = on.staff();
        this.outbox = on.outbox();
        this.names = on.names();
    }

    /** What somebody sends with an act; most need few of these. */
    record Said(
            @Nullable String words,
            @Nullable String article,
            List<String> papers,
            @Nullable LocalDate until,
            @Nullable String helper,
            @Nullable String office,
            @Nullable String phone,
            @Nullable Boolean yes) {}

    /** Fails with {@code NOT_FOUND} for who may not see it, as for one that is not there. */
    Future<AidApplication> find(SqlClient on, String number, Caller who) {
        return on.preparedQuery(FIND).execute(Tuple.of(number)).map(rows -> {
            AidApplication found =
                    rows.size() == 0 ? null : AidApplication.of(rows.iterator().next());
            if (found == null || !found.maySee(who)) {
                throw Refusal.notFound("这件法律援助申请");
            }
            return found;
        });
    }

    /** One whose case the asker was seen to see. */
    Future<AidApplication> of(String number) {
        return db.preparedQuery(FIND)
                .execute(Tuple.of(number))
                .map(rows -> AidApplication.of(rows.iterator().next()));
    }

    /** One act, by whoever may; the application after it. */
    Future<AidApplication> make(Caller who, String number, AidAct act, Said said) {
        return find(db, number, who)
                .map(found -> allowed(found, who, act))
                .compose(found -> {
                    check(act, said);
                    return act == AidAct.DECIDE_OBJECTION && Boolean.TRUE.equals(said.yes())
                            ? openAgain(found)
                            : Future.succeededFuture((String) null);
                })
                .compose(again -> db.withTransaction(tx -> held(tx, number, who)
                        .map(found -> allowed(found, who, act))
                        .compose(found -> made(tx, found, who, act, said, again))))
                .compose(moved -> {
                    if (moved != null) {
                        acts.changed(moved);
                    }
                    return find(db, number, who);
                });
    }

    private Future<AidApplication> held(SqlConnection tx, String number, Caller who) {
        return find(tx, number, who)
                .compose(found -> acts.hold(tx, found.caseId()))
                .compose(done -> tx.preparedQuery(LOCK_ROW).execute(Tuple.of(number)))
                .compose(done -> find(tx, number, who));
    }

    private static AidApplication allowed(AidApplication found, Caller who, AidAct act) {
        if (!found.mayMake(who, act)) {
            throw Refusal.notAllowed(
                    act == AidAct.DECIDE_OBJECTION
                            ? "异议由司法局没有参与原决定的人处理（法律援助法第四十九条）。"
                            : "您不能对这件申请“" + act.label() + "”。");
        }
        String against = found.against(act);
        if (against != null) {
            throw Refusal.of(Refusal.Kind.OUT_OF_TURN, against);
        }
        return found;
    }

    private void check(AidAct act, Said said) {
        switch (act) {
            case TELL_MISSING -> {
                if (said.papers().isEmpty()) {
                    throw Refusal.notSensible("/papers", "请把缺的材料一次写全。");
                }
                LocalDate until = until(said);
                if (!until.isAfter(today()) || until.isAfter(today().plusDays(58))) {
                    throw Refusal.notSensible("/until", "补正的期限要在今天之后，最多五十八天。");
                }
            }
            case GRANT -> needed(said.article(), "/article", "请写明依据哪一条。");
            case REFUSE -> {
                needed(said.article(), "/article", "请写明依据哪一条。");
                needed(said.words(), "/words", "请写明不予援助的理由。");
            }
            case ASSIGN -> {
                needed(said.helper(), "/helper", "请写明指派给哪位律师或者基层法律服务工作者。");
                needed(said.office(), "/office", "请写明他们的单位。");
            }
            case SUPPLY -> needed(said.words(), "/words", "请写明补交了什么材料。");
            case OBJECT -> needed(said.words(), "/words", "请写明异议的理由。");
            case DECIDE_OBJECTION -> {
                if (said.yes() == null) {
                    throw Refusal.notSensible("/yes", "请选择异议成立还是不成立。");
                }
                needed(said.words(), "/words", "请写明处理意见。");
            }
            case REPORT -> needed(said.words(), "/words", "请写明办理结果。");
        }
    }

    private static void needed(@Nullable String words, String pointer, String otherwise) {
        if (words == null) {
            throw Refusal.notSensible(pointer, otherwise);
        }
    }

    private Future<@Nullable Moved> made(
            SqlConnection tx, AidApplication found, Caller who, AidAct act, Said said, @Nullable String again) {
        Instant now = now();
        UUID id = found.caseId();
        Future<@Nullable Moved> done = switch (act) {
            case TELL_MISSING -> told(tx, found, (Caller.Staff) who, said, now);
            case SUPPLY -> supplied(tx, found, (Caller.Resident) who, said, now);
            case GRANT ->
                decided(tx, id, true, said, (Caller.Staff) who, now)
                        .compose(ok -> move(
                                tx,
                                found,
                                (Caller.Staff) who,
                                Move.ACCEPT,
                                r -> r.words = "决定给予法律援助，依据" + said.article() + "。三日内指派法律援助人员。" + tail(said.words())));
            case REFUSE ->
                decided(tx, id, false, said, (Caller.Staff) who, now)
                        .compose(ok -> move(tx, found, (Caller.Staff) who, Move.DECLINE, r -> {
                            r.words = "决定不予法律援助，依据" + said.article() + "。" + tail(said.words());
                            r.channel = "对决定有异议的，可以在申请页面向司法局提出，五日内审查（法律援助法第四十九条）；也可以打 12348 咨询";
                        }));
            case ASSIGN -> assigned(tx, found, (Caller.Staff) who, said, now);
            case OBJECT -> objected(tx, found, said, now);
            case DECIDE_OBJECTION -> answered(tx, found, (Caller.Staff) who, said, again, now);
            case REPORT ->
                tx.preparedQuery(REPORTED)
                        .execute(Tuple.of(id, said.words(), Times.at(now)))
                        .compose(ok -> move(tx, found, (Caller.Staff) who, Move.REPORT_BACK, r -> {
                            r.words = said.words();
                            r.without = "结案材料存法律援助案卷";
                        }));
        };
        return done.compose(moved -> who instanceof Caller.Staff person
                ? AuditLog.write(
                                tx,
                                person,
                                "legal-aid."
                                        + act.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                                found.number(),
                                new JsonObject(),
                                now)
                        .map(moved)
                : Future.succeededFuture(moved));
    }

    /** The case waits, and its clock with it; where aid has begun already it is only told. */
    private Future<@Nullable Moved> told(
            SqlConnection tx, AidApplication found, Caller.Staff who, Said said, Instant now) {
        LocalDate until = until(said);
        String words = "需要补正的材料（一次告知）：" + String.join("；", said.papers()) + "。请在 " + until + " 前补交；没有按要求补交的，视为撤回申请。"
                + tail(said.words());
        boolean waits = found.stage() == AidStage.EXAMINING;
        return tx.preparedQuery(TOLD)
                .execute(Tuple.tuple()
                        .addValue(found.caseId())
                        .addArrayOfString(said.papers().toArray(String[]::new))
                        .addValue(Times.at(now))
                        .addValue(until))
                .compose(ok -> move(tx, found, who, waits ? Move.SUSPEND : Move.NOTE, r -> {
                    r.words = words;
                    r.until = waits ? until.plusDays(1).atStartOfDay(ZONE).toInstant() : null;
                }));
    }

    private Future<@Nullable Moved> supplied(
            SqlConnection tx, AidApplication found, Caller.Resident who, Said said, Instant now) {
        MoveRequest supplement =
                MoveRequest.of(Move.SUPPLEMENT, found.version()).but(r -> r.words = "补交材料：" + said.words());
        return tx.preparedQuery(SUPPLIED)
                .execute(Tuple.of(found.caseId(), Times.at(now)))
                .compose(ok -> acts.make(tx, found.number(), supplement, who))
                .compose(moved -> found.stage() == AidStage.PAPERS
                        ? acts.make(
                                tx,
                                found.number(),
                                MoveRequest.of(Move.RESUME, moved.after().now().version()),
                                Caller.NOBODY)
                        : Future.succeededFuture(moved))
                .map(moved -> moved);
    }

    private static Future<Void> decided(
            SqlConnection tx, UUID id, boolean granted, Said said, Caller.Staff who, Instant now) {
        return tx.preparedQuery(DECIDED)
                .execute(Tuple.tuple()
                        .addValue(id)
                        .addValue(granted)
                        .addValue(said.article())
                        .addValue(said.words())
                        .addValue(Times.at(now))
                        .addValue(who.id())
                        .addValue(who.name()))
                .mapEmpty();
    }

    private Future<@Nullable Moved> assigned(
            SqlConnection tx, AidApplication found, Caller.Staff who, Said said, Instant now) {
        String phone = said.phone();
        return tx.preparedQuery(ASSIGNED)
                .execute(Tuple.of(found.caseId(), said.helper(), said.office(), phone, Times.at(now)))
                .compose(ok -> move(
                        tx,
                        found,
                        who,
                        Move.HANDLE,
                        r -> r.words = "已指派" + said.office() + said.helper() + "提供法律援助。"
                                + (phone == null ? "" : "联系电话 " + phone + "。") + tail(said.words())));
    }

    private Future<@Nullable Moved> objected(SqlConnection tx, AidApplication found, Said said, Instant now) {
        return tx.preparedQuery(OBJECTED)
                .execute(Tuple.of(found.caseId(), said.words(), Times.at(now)))
                .compose(ok -> clocks.start(tx, found.caseId(), found.area(), OBJECTION, now))
                .compose(ok -> tellJustice(tx, found, "objected", "申请人对不予援助的决定提出异议，请在五日内审查。"))
                .map((Moved) null);
    }

    private Future<@Nullable Moved> answered(
            SqlConnection tx, AidApplication found, Caller.Staff who, Said said, @Nullable String again, Instant now) {
        boolean right = Boolean.TRUE.equals(said.yes());
        String words = right
                ? "异议成立：" + said.words() + " 已重新立件（编号 " + again + "），决定给予法律援助，三日内指派。"
                : "异议不成立：" + said.words() + " 仍然不服的，可以依法申请行政复议或者提起行政诉讼。";
        Future<@Nullable Moved> granted = again == null
                ? Future.succeededFuture()
                : find(tx, again, who)
                        .compose(fresh -> fresh.stage() != AidStage.EXAMINING
                                ? Future.succeededFuture((Moved) null)
                                : decided(
                                                tx,
                                                fresh.caseId(),
                                                true,
                                                new Said(
                                                        said.words(),
                                                        "法律援助法第四十九条",
                                                        List.of(),
                                                        null,
                                                        null,
                                                        null,
                                                        null,
                                                        true),
                                                who,
                                                now)
                                        .compose(ok -> move(
                                                tx,
                                                fresh,
                                                who,
                                                Move.ACCEPT,
                                                r -> r.words = "异议成立，决定给予法律援助，依据法律援助法第四十九条。三日内指派法律援助人员。")));
        return tx.preparedQuery(ANSWERED)
                .execute(Tuple.of(found.caseId(), right, said.words(), who.name(), Times.at(now), again))
                .compose(ok -> clocks.stop(tx, found.caseId(), OBJECTION, now))
                .compose(ok -> residents.profile(tx, found.resident()))
                .compose(profile -> outbox.put(
                        tx,
                        Notice.of(
                                "legal-aid:" + found.caseId() + ":objection",
                                "case-noted",
                                Audience.resident(found.resident().toString(), profile.phone()),
                                found.number(),
                                new JsonObject()
                                        .put("number", found.number())
                                        .put("words", words)
                                        .put("who", names.office(found.area(), AidApplication.JUSTICE)))))
                .compose(ok -> granted);
    }

    /** The same application once more, as the one refused has ended; asked for again it is the one opened before. */
    private Future<String> openAgain(AidApplication found) {
        return residents
                .profile(found.resident())
                .compose(profile -> aid.again(
                        new Caller.Resident(
                                profile.id(), profile.phone() == null ? "" : profile.phone(), profile.name()),
                        found,
                        names.area(found.area())));
    }

    /** A card of the clock of an objection, said once; false never, as nothing else is held. */
    Future<Boolean> card(SqlConnection tx, Clocks.Card card) {
        if (!card.clock().rule().code().equals(OBJECTION)) {
            return Future.succeededFuture(true);
        }
        String words = card.colour() == linge.clocks.RunningClock.Colour.RED ? "异议审查的五日期限已过。" : "异议审查的五日期限快到了。";
        return acts.all(tx, List.of(card.clock().subject()))
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(true)
                        : tellJustice(
                                        tx,
                                        found.get(0).facts().id(),
                                        found.get(0).facts().number(),
                                        card.clock().area(),
                                        card.colour().name(),
                                        words)
                                .map(true));
    }

    private Future<Void> tellJustice(SqlConnection tx, AidApplication found, String cause, String words) {
        return tellJustice(tx, found.caseId(), found.number(), found.area(), cause, words);
    }

    private Future<Void> tellJustice(
            SqlConnection tx, UUID id, String number, String area, String cause, String words) {
        return staff.office(tx, area, AidApplication.JUSTICE)
                .compose(ears -> outbox.putAll(
                        tx,
                        ears.stream()
                                .map(ear -> Notice.of(
                                        "legal-aid:" + id + ":" + cause + ":" + ear,
                                        "staff-noted",
                                        Audience.staff(ear.toString()),
                                        "legal-aid:" + number,
                                        new JsonObject().put("number", number).put("words", words)))
                                .toList()));
    }

    private Future<@Nullable Moved> move(
            SqlConnection tx, AidApplication found, Caller.Staff who, Move move, Consumer<MoveRequest.Draft> change) {
        MoveRequest request = MoveRequest.of(move, found.version()).but(change);
        return acts.makeAtCentre(tx, found.number(), request, who, found.area()).map(moved -> moved);
    }

    private static String tail(@Nullable String words) {
        return words == null ? "" : words;
    }

    private LocalDate until(Said said) {
        LocalDate until = said.until();
        return until == null ? today().plusDays(PAPERS_DAYS) : until;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZONE);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
