package linge.mediation;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import linge.cases.OwnCases;
import linge.clocks.Clocks;
import linge.db.RateLimits;
import linge.grids.Grids;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.residents.Residents;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Role;
import linge.shared.Words;
import org.jspecify.annotations.Nullable;

/** The operations on mediations: applying, handing over, every act, and the committees. */
final class MediationApi {

    private static final int PAGE = 50;
    private static final int APPLIED_A_DAY = 5;
    /** How much longer is usually asked for, beside all that is left. */
    private static final List<Integer> MORE_DAYS = List.of(7, 15, 30);

    private final Pool db;
    private final Clock clock;
    private final Clocks clocks;
    private final Residents residents;
    private final Grids grids;
    private final RateLimits limits;
    private final Mediations mediations;
    private final MediationStore store;
    private final MediationLists lists;
    private final MediationView view;
    private final Committees committees;
    private final OwnCases cases;

    MediationApi(
            MediationHouse.Ground on,
            Mediations mediations,
            MediationStore store,
            Committees committees,
            OwnCases cases) {
        this.db = on.db();
        this.clock = on.clock();
        this.clocks = on.clocks();
        this.residents = on.residents();
        this.grids = on.grids();
        this.limits = on.limits();
        this.mediations = mediations;
        this.store = store;
        this.lists = new MediationLists(on.db(), store);
        this.view = new MediationView(on.names(), on.clock());
        this.committees = committees;
        this.cases = cases;
    }

    void mount(Contract contract) {
        contract.on("applyForMediation", this::apply)
                .on("listMyMediations", this::mine)
                .on("openMediation", this::open)
                .on("listMediations", this::list)
                .on("getMediation", call -> shown(call.caller(), id(call)).map(Answer::ok))
                .on("actOnMediation", this::act)
                .on("readMediationIdentities", this::identities)
                .on("listMediationCommittees", this::offices)
                .on("keepMediationCommittee", this::keep);
    }

    /** A resident asks for mediation: for a case of theirs, or where they live. */
    private Future<Answer> apply(Call call) {
        Caller.Resident who = call.resident();
        JsonObject body = call.body();
        String key = key(call);
        return store.byKey(db, who.id(), key)
                .compose(known -> known != null
                        ? Future.succeededFuture(known)
                        : limits.take("mediation:" + who.id(), APPLIED_A_DAY, Duration.ofDays(1))
                                .compose(ok -> residents.profile(who.id()))
                                .compose(profile -> {
                                    JsonObject own = new JsonObject()
                                            .put("name", otherwise(body.getString("name"), profile.name()))
                                            .put(
                                                    "address",
                                                    otherwise(body.getString("address"), profile.homeAddress()));
                                    Party.Person applicant = Sent.person(own, true, "", who.id());
                                    Party.Person other =
                                            Sent.person(body.getJsonObject("other"), false, "/other", null);
                                    List<Party.Person> people = List.of(
                                            new Party.Person(
                                                    true,
                                                    applicant.name(),
                                                    profile.phone(),
                                                    applicant.address(),
                                                    who.id()),
                                            other);
                                    String number = body.getString("case");
                                    String grid = body.getString("grid") == null
                                            ? profile.homeGrid()
                                            : body.getString("grid");
                                    return (number == null
                                                    ? Future.succeededFuture((String) null)
                                                    : cases.find(number, who)
                                                            .map(c -> c.facts().number()))
                                            .compose(found -> mediations.open(
                                                    who,
                                                    new Mediations.Wanted(
                                                            key,
                                                            found == null ? ground(grid) : "",
                                                            MediationKind.valueOf(body.getString("kind")),
                                                            MediationSource.RESIDENT,
                                                            found,
                                                            facts(body),
                                                            Words.of(body.getString("wish")),
                                                            people)));
                                }))
                .compose(opened -> shown(who, opened.facts().id()))
                .map(MediationApi::created);
    }

    private static @Nullable String otherwise(@Nullable String said, @Nullable String known) {
        return said == null ? known : said;
    }

    private String ground(@Nullable String grid) {
        if (grid == null || grids.index().get(grid).isEmpty()) {
            throw Refusal.notSensible("/grid", "请选择纠纷发生在哪里，好交给当地的调解委员会。");
        }
        return grid;
    }

    private static String facts(JsonObject body) {
        String facts = Words.of(body.getString("facts"));
        if (facts == null) {
            throw Refusal.notSensible("/facts", "请写明是什么纠纷。");
        }
        return facts;
    }

    private Future<Answer> mine(Call call) {
        Caller.Resident who = call.resident();
        return lists.of(who).map(found -> {
            JsonArray items = new JsonArray();
            found.forEach(one -> items.add(view.summary(one, who)));
            return Answer.ok(new JsonObject().put("items", items));
        });
    }

    /** The desk writes a dispute down, or an officer hands one over. */
    private Future<Answer> open(Call call) {
        Caller.Staff who = call.staff();
        JsonObject body = call.body();
        MediationSource source = MediationSource.valueOf(body.getString("source"));
        if (source == MediationSource.RESIDENT) {
            // Somebody who came to the desk: it writes their application down.
            source = MediationSource.DESK;
        }
        MediationSource from = source;
        String number = body.getString("case");
        String area = Objects.requireNonNullElse(body.getString("area"), who.area());
        if (number == null && (!AreaLevel.isCode(area) || area.length() < AreaLevel.COUNTY.digits())) {
            throw Refusal.notSensible("/area", "请选择纠纷在哪个县（区）、乡镇或者村。");
        }
        if (number == null && !MediationPolicy.mayOpen(who, area, from)) {
            throw Refusal.notAllowed("调解由综治中心的分流员、督办员和司法局登记；其他部门可以移交纠纷。");
        }
        String facts = facts(body);
        List<Party.Person> parties = Sent.parties(body.getJsonArray("parties"));
        String kind = body.getString("kind");
        return (number == null
                        ? Future.succeededFuture((linge.cases.Case) null)
                        : cases.find(number, who).map(c -> c))
                .compose(found -> mediations.open(
                        who,
                        new Mediations.Wanted(
                                key(call),
                                area,
                                kind == null
                                        ? MediationKind.ofCategory(
                                                found == null
                                                        ? null
                                                        : found.facts().category())
                                        : MediationKind.valueOf(kind),
                                from,
                                found == null ? null : found.facts().number(),
                                facts,
                                Words.of(body.getString("wish")),
                                parties)))
                .compose(opened -> shown(who, opened.facts().id()))
                .map(MediationApi::created);
    }

    private static Answer created(JsonObject shown) {
        return Answer.created(shown).with("location", "/api/mediations/" + shown.getString("id"));
    }

    private Future<Answer> list(Call call) {
        Caller.Staff who = call.staff();
        refuseAdministrators(who);
        boolean open = !"ended".equals(call.query("view"));
        String kind = call.query("kind");
        String state = call.query("state");
        return lists.page(
                        who,
                        open,
                        kind == null ? null : MediationKind.valueOf(kind),
                        state == null ? null : MediationState.valueOf(state),
                        Words.of(call.query("number")),
                        call.query("after"),
                        call.integer("limit", PAGE))
                .compose(page -> lists.counts(who, clock.instant())
                        .compose(counts -> committees.hasOn(who).map(mediator -> {
                            JsonArray items = new JsonArray();
                            page.items().forEach(one -> items.add(view.summary(one, who)));
                            return Answer.ok(new JsonObject()
                                    .put("items", items)
                                    .put("next", page.next())
                                    .put("mediator", mediator)
                                    .put("counts", counts));
                        })));
    }

    /** Administrators look after committees and see no disputes. */
    private static void refuseAdministrators(Caller.Staff who) {
        if (who.role() == Role.ADMINISTRATOR) {
            throw Refusal.notAllowed("管理员维护调解委员会，不查看纠纷。");
        }
    }

    private Future<Answer> act(Call call) {
        Caller who = person(call);
        JsonObject body = call.body();
        MediationAct act = MediationAct.valueOf(body.getString("act"));
        UUID committee =
                body.getString("committee") == null ? null : Sent.uuid(body.getString("committee"), "/committee");
        List<String> names = new ArrayList<>();
        if (body.getJsonArray("mediators") != null) {
            body.getJsonArray("mediators").forEach(one -> names.add(String.valueOf(one)));
        }
        UUID id = id(call);
        return store.byId(db, id)
                .map(found -> mediations.seen(who, found))
                .compose(found -> chosen(found, committee, names))
                .compose(mediators -> mediations.make(
                        who,
                        id,
                        act,
                        new Mediation.Said(
                                body.getInteger("version"),
                                Words.of(body.getString("words")),
                                body.getString("party") == null ? null : Sent.uuid(body.getString("party"), "/party"),
                                body.getBoolean("yes"),
                                committee,
                                mediators,
                                Sent.moment(body.getString("at"), "/at"),
                                Words.of(body.getString("place")),
                                Sent.uuids(body.getJsonArray("came"), "/came"),
                                Sent.agreement(body.getJsonObject("agreement")),
                                body.getInteger("item"),
                                body.getInteger("days"),
                                Sent.uuids(body.getJsonArray("agreed"), "/agreed"))))
                .compose(done -> shown(who, id))
                .map(Answer::ok);
    }

    /** Mediators of the committee by name, with their accounts. */
    private Future<List<Mediator>> chosen(Mediation found, @Nullable UUID committee, List<String> wanted) {
        if (committee == null) {
            return Future.succeededFuture(List.of());
        }
        return committees.find(committee).map(office -> {
            if (office == null
                    || !office.active()
                    || !AreaLevel.covers(office.area(), found.facts().area())) {
                throw Refusal.notSensible("/committee", "这个调解委员会不在本区域，请重新选择。");
            }
            return wanted.stream()
                    .distinct()
                    .map(name -> office.mediators().stream()
                            .filter(one -> one.name().equals(name))
                            .findFirst()
                            .orElseThrow(() -> Refusal.notSensible("/mediators", "这个调解委员会没有这位调解员。")))
                    .toList();
        });
    }

    private Future<Answer> identities(Call call) {
        Caller.Staff who = call.staff();
        String purpose = Words.of(call.body().getString("purpose"));
        if (purpose == null || purpose.length() < 4) {
            throw Refusal.notSensible("/purpose", "请写明为什么要查看当事人身份。");
        }
        return mediations
                .identities(who, id(call), purpose)
                .map(found -> Answer.ok(new JsonObject().put("items", MediationView.identities(found))));
    }

    private Future<Answer> offices(Call call) {
        Caller.Staff who = call.staff();
        String kind = call.query("kind");
        String area = Objects.requireNonNullElse(call.query("area"), who.area());
        if (!AreaLevel.covers(who.area(), area) && !AreaLevel.covers(area, who.area())) {
            throw Refusal.notAllowed("只能查看本区域的调解委员会。");
        }
        return committees
                .list(area, kind == null ? null : MediationKind.valueOf(kind), who.role() == Role.ADMINISTRATOR)
                .map(items -> Answer.ok(new JsonObject().put("items", items)));
    }

    private Future<Answer> keep(Call call) {
        Caller.Staff who = call.staff();
        JsonObject body = call.body();
        String name = Words.of(body.getString("name"));
        String area = body.getString("area");
        if (name == null || name.length() < 2 || name.codePointCount(0, name.length()) > 60) {
            throw Refusal.notSensible("/name", "请写明调解委员会的名称。");
        }
        if (!AreaLevel.isCode(area)) {
            throw Refusal.notSensible("/area", "请选择区域。");
        }
        List<Mediator> mediators =
                Papers.objects(Objects.requireNonNullElse(body.getJsonArray("mediators"), new JsonArray())).stream()
                        .map(one -> {
                            String person = Words.of(one.getString("name"));
                            if (person == null || person.length() > 60) {
                                throw Refusal.notSensible("/mediators", "请写明调解员姓名，最多六十个字。");
                            }
                            return new Mediator(person, Words.of(one.getString("user")));
                        })
                        .toList();
        if (mediators.stream().map(Mediator::name).distinct().count() < mediators.size()) {
            throw Refusal.notSensible("/mediators", "调解员不能重名，请加以区分。");
        }
        List<MediationKind> kinds = new ArrayList<>();
        if (body.getJsonArray("kinds") != null) {
            body.getJsonArray("kinds").forEach(one -> kinds.add(MediationKind.valueOf(String.valueOf(one))));
        }
        UUID id = body.getString("id") == null ? null : Sent.uuid(body.getString("id"), "/id");
        return committees
                .keep(
                        who,
                        id,
                        Objects.requireNonNullElse(body.getInteger("version"), 0),
                        new Committees.Committee(
                                id == null ? UUID.randomUUID() : id,
                                0,
                                name,
                                area,
                                kinds.stream().distinct().toList(),
                                Words.of(body.getString("phone")),
                                Words.of(body.getString("address")),
                                mediators,
                                !Boolean.FALSE.equals(body.getBoolean("active"))))
                .map(Answer::ok);
    }

    private Future<JsonObject> shown(Caller who, UUID id) {
        if (who instanceof Caller.Nobody) {
            throw Refusal.of(Refusal.Kind.NOT_SIGNED_IN, "请先登录。");
        }
        return store.byId(db, id).map(found -> mediations.seen(who, found)).compose(found -> {
            UUID office = found.now().committee();
            Future<Committees.@Nullable Committee> committee =
                    office == null ? Future.succeededFuture() : committees.find(office);
            return committee.compose(known -> store.lines(db, id)
                    .compose(lines -> timed(found).map(timed -> view.whole(found, known, lines, timed, who))));
        });
    }

    private Future<MediationView.Timed> timed(Mediation found) {
        UUID id = found.facts().id();
        return clocks.all(db, id)
                .compose(all -> clocks.stories(db, id)
                        .compose(stories -> clocks.moreTime(
                                        db, id, found.facts().source().rule(), MORE_DAYS, clock.instant())
                                .map(more -> new MediationView.Timed(all, stories, more))));
    }

    private static Caller person(Call call) {
        if (call.caller() instanceof Caller.Nobody) {
            throw Refusal.of(Refusal.Kind.NOT_SIGNED_IN, "请先登录。");
        }
        return call.caller();
    }

    private static String key(Call call) {
        return Objects.requireNonNull(call.header("Idempotency-Key"));
    }

    private static UUID id(Call call) {
        return UUID.fromString(call.path("id"));
    }
}
