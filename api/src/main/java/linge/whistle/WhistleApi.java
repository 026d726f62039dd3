package linge.whistle;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import linge.cases.Case;
import linge.cases.OwnCases;
import linge.grids.GeoPoint;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.media.Media;
import linge.shared.Caller;
import linge.shared.Names;
import linge.shared.Refusal;
import linge.shared.Words;
import linge.staff.Staff;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;

/** The operations on whistles: blowing, reporting in, concluding, closing, and reading. */
final class WhistleApi {

    private static final int PAGE = 50;

    private final Pool db;
    private final Clock clock;
    private final Whistles whistles;
    private final ReportInClocks reportIn;
    private final WhistleStore store;
    private final WhistleLists lists;
    private final WhistleView view;
    private final OwnCases cases;
    private final Staff staff;
    private final Media media;
    private final Names names;

    WhistleApi(WhistleHouse.Ground on, Whistles whistles, ReportInClocks reportIn, WhistleStore store, OwnCases cases) {
        this.reportIn = reportIn;
        this.db = on.db();
        this.clock = on.clock();
        this.whistles = whistles;
        this.store = store;
        this.lists = new WhistleLists(on.db(), store);
        this.view = new WhistleView(on.names(), on.clock());
        this.cases = cases;
        this.staff = on.staff();
        this.media = on.media();
        this.names = on.names();
    }

    void mount(Contract contract) {
        contract.on("prepareWhistle", this::prepare)
                .on("blowWhistle", this::blow)
                .on("listWhistles", this::list)
                .on("getWhistle", call -> shown(call, id(call)))
                .on("reportIn", this::reportIn)
                .on("addWhistleNote", this::note)
                .on("concludeWhistle", this::conclude)
                .on("countersign", this::countersign)
                .on("excuse", this::excuse)
                .on("closeWhistle", this::close);
    }

    /** Whom a whistle on this case could call, the case's own department first, and until when they would have to come. */
    private Future<Answer> prepare(Call call) {
        Caller.Staff who = call.staff();
        return cases.find(call.path("number"), who).compose(found -> {
            Case.Facts facts = found.facts();
            refuseUnlessBlower(who, facts.area());
            return Future.all(rule(facts.area(), false), rule(facts.area(), true))
                    .compose(rules -> staff.departmentsAt(Whistles.county(facts.area()))
                            .map(codes -> {
                                JsonArray departments = new JsonArray();
                                codes.stream()
                                        .sorted((a, b) -> Boolean.compare(
                                                b.equals(facts.department()), a.equals(facts.department())))
                                        .forEach(code -> departments.add(Objects.requireNonNullElseGet(
                                                        names.department(code),
                                                        () -> new JsonObject()
                                                                .put("code", code)
                                                                .put("name", code))
                                                .copy()
                                                .put("suggested", code.equals(facts.department()))));
                                return Answer.ok(new JsonObject()
                                        .put("departments", departments)
                                        .put("place", facts.address())
                                        .put("located", facts.lon() != null)
                                        .put("rules", new JsonArray(rules.list())));
                            }));
        });
    }

    /** As it is in force in an area, with how long it would be from now. */
    private Future<JsonObject> rule(String area, boolean emergency) {
        Instant now = clock.instant();
        return reportIn.promise(db, area, emergency, now)
                .map(promise -> new JsonObject()
                        .put("emergency", emergency)
                        .put("minutes", Duration.between(now, promise.due()).toMinutes())
                        .put("rule", promise.rule().label())
                        .put("article", promise.rule().article()));
    }

    private Future<Answer> blow(Call call) {
        Caller.Staff who = call.staff();
        JsonObject body = call.body();
        String reason = Words.of(body.getString("reason"));
        if (reason == null) {
            throw Refusal.notSensible("/reason", "请写明为什么要请部门到场。");
        }
        Whistle.Wanted wanted = new Whistle.Wanted(
                reason,
                body.getString("lead"),
                strings(body.getJsonArray("assisting")),
                Boolean.TRUE.equals(body.getBoolean("emergency")),
                meeting(body.getJsonObject("meeting")));
        return cases.find(call.path("number"), who)
                .compose(found -> whistles.blow(who, found.facts().number(), wanted, key(call)))
                .compose(blown -> shown(who, blown.facts().id()))
                .map(shown -> Answer.created(shown).with("location", "/api/whistles/" + shown.getString("id")));
    }

    private Future<Answer> list(Call call) {
        Caller.Staff who = call.staff();
        boolean open = !"closed".equals(call.query("view"));
        String number = call.query("case");
        return lists.page(who, open, number, call.query("after"), call.integer("limit", PAGE))
                .compose(page -> lists.counts(who, clock.instant()).map(counts -> {
                    JsonArray items = new JsonArray();
                    page.items().forEach(shown -> items.add(view.summary(shown, who)));
                    return Answer.ok(new JsonObject()
                            .put("items", items)
                            .put("next", page.next())
                            .put("counts", counts));
                }));
    }

    private Future<Answer> reportIn(Call call) {
        Caller.Staff who = call.staff();
        JsonObject body = call.body();
        Whistles.Sent sent = new Whistles.Sent(
                people(body.getJsonArray("people"), who),
                CheckIn.Spot.of(GeoPoint.of(body.getJsonObject("point"), "/point")),
                Words.of(body.getString("words")),
                uuids(body.getJsonArray("media")));
        return whistles.reportIn(who, id(call), sent, key(call))
                .compose(done -> shown(call, done.facts().id()));
    }

    private Future<Answer> note(Call call) {
        return whistles.note(call.staff(), id(call), Words.of(call.body().getString("words")), key(call))
                .compose(done -> shown(call, done.facts().id()));
    }

    private Future<Answer> conclude(Call call) {
        JsonObject body = call.body();
        return whistles.conclude(call.staff(), id(call), version(body), Words.of(body.getString("words")))
                .compose(done -> shown(call, done.facts().id()));
    }

    private Future<Answer> countersign(Call call) {
        JsonObject body = call.body();
        return whistles.countersign(
                        call.staff(),
                        id(call),
                        version(body),
                        body.getBoolean("agreed"),
                        Words.of(body.getString("words")))
                .compose(done -> shown(call, done.facts().id()));
    }

    private Future<Answer> excuse(Call call) {
        JsonObject body = call.body();
        return whistles.excuse(
                        call.staff(),
                        id(call),
                        version(body),
                        body.getString("department"),
                        Words.of(body.getString("words")))
                .compose(done -> shown(call, done.facts().id()));
    }

    private Future<Answer> close(Call call) {
        JsonObject body = call.body();
        boolean callOff = Boolean.TRUE.equals(body.getBoolean("callOff"));
        return whistles.close(call.staff(), id(call), version(body), callOff, Words.of(body.getString("words")))
                .compose(done -> shown(call, done.facts().id()));
    }

    private Future<Answer> shown(Call call, UUID id) {
        return shown(call.staff(), id).map(Answer::ok);
    }

    private Future<JsonObject> shown(Caller.Staff who, UUID id) {
        return lists.find(who, id)
                .compose(found -> store.lines(db, id)
                        .compose(lines -> media.ofCase(
                                        db, found.whistle().facts().caseId())
                                .map(photos -> view.whole(found, lines, photos, who))));
    }

    private static void refuseUnlessBlower(Caller.Staff who, String area) {
        if (!WhistlePolicy.mayBlow(who, area)) {
            throw Refusal.notAllowed("只有乡镇（街道）和县（区）综治中心的分流员、督办员可以对本区域的诉求吹哨。");
        }
    }

    private static Meeting meeting(@Nullable JsonObject sent) {
        if (sent == null) {
            return new Meeting(null, false, null, null, null);
        }
        GeoPoint point = GeoPoint.of(sent.getJsonObject("point"), "/meeting/point");
        Coordinate at = point == null ? null : point.wgs84();
        return new Meeting(
                Words.of(sent.getString("place")),
                Boolean.TRUE.equals(sent.getBoolean("elsewhere")),
                at == null ? null : (Double) at.x,
                at == null ? null : (Double) at.y,
                moment(sent.getString("at")));
    }

    private static @Nullable Instant moment(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw Refusal.badInput("/meeting/at", "会商时间不对，请重新选择。");
        }
    }

    /** Who came; the one who sends it where nobody was named. */
    private static List<String> people(@Nullable JsonArray given, Caller.Staff who) {
        List<String> people = strings(given).stream()
                .map(Words::of)
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .distinct()
                .toList();
        return people.isEmpty() ? List.of(who.name()) : people;
    }

    private static List<String> strings(@Nullable JsonArray given) {
        return given == null ? List.of() : given.stream().map(String::valueOf).toList();
    }

    private static List<UUID> uuids(@Nullable JsonArray given) {
        List<UUID> ids = new ArrayList<>();
        if (given != null) {
            for (int i = 0; i < given.size(); i++) {
                try {
                    ids.add(UUID.fromString(given.getString(i)));
                } catch (IllegalArgumentException e) {
                    throw Refusal.badInput("/media/" + i, "附件编号不对，请重新上传。");
                }
            }
        }
        return ids;
    }

    private static int version(JsonObject body) {
        return body.getInteger("version");
    }

    private static String key(Call call) {
        return Objects.requireNonNull(call.header("Idempotency-Key"));
    }

    private static UUID id(Call call) {
        return UUID.fromString(call.path("id"));
    }
}
