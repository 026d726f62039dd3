package linge.twins;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import linge.bot.twins.Likeness;
import linge.bot.twins.Report;
import linge.bot.twins.Twins;
import linge.cases.Case;
import linge.cases.CaseActs;
import linge.cases.CasePolicy;
import linge.cases.CaseState;
import linge.cases.Move;
import linge.grids.GeoPoint;
import linge.http.Answer;
import linge.http.Brake;
import linge.http.Call;
import linge.http.Contract;
import linge.media.MediaItem;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Words;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Coordinate;

/** {@code listTwins}, {@code mergeCases}, {@code splitCase}, {@code twinsWhileFiling}, {@code joinTwins}. */
final class TwinsApi {

    private static final int LEAST_REASON = 4;
    private static final int ASKED_AN_HOUR = 120;
    /** Beyond this nobody is told how many exactly. */
    private static final int[] STEPS = {1, 2, 3, 5, 10, 20, 50};

    private final TwinsHouse.Ground on;
    private final Finding finding;
    private final Merging merging;
    private final TwinStore store;
    private final Brake brake;

    TwinsApi(TwinsHouse.Ground on, Finding finding, Merging merging, TwinStore store, Brake brake) {
        this.on = on;
        this.finding = finding;
        this.merging = merging;
        this.store = store;
        this.brake = brake;
    }

    void mount(Contract contract) {
        contract.on("listTwins", this::list)
                .on("mergeCases", this::merge)
                .on("splitCase", this::split)
                .on("twinsWhileFiling", this::whileFiling)
                .on("joinTwins", this::join);
    }

    private Future<Answer> list(Call call) {
        Caller.Staff who = call.staff();
        return on.cases()
                .find(call.path("number"), who)
                .compose(found -> twins(found, who))
                .map(Answer::ok);
    }

    private Future<JsonObject> twins(Case c, Caller.Staff who) {
        UUID lead = c.now().mergedInto();
        return finding.of(c, who)
                .compose(found -> store.followers(on.db(), c.facts().id())
                        .compose(followers -> finding.byId(followers)
                                .compose(following -> finding.byId(lead == null ? List.of() : List.of(lead))
                                        .compose(leads -> shown(c, who, found, following, leads)))));
    }

    private Future<JsonObject> shown(
            Case c, Caller.Staff who, List<Finding.Found> found, Map<UUID, Case> following, Map<UUID, Case> leads) {
        List<UUID> ids = found.stream().map(one -> one.found().facts().id()).toList();
        return on.media().firstOf(on.db(), ids).map(photos -> {
            JsonArray candidates = new JsonArray();
            found.forEach(one -> candidates.add(candidate(c, one, who, photos)));
            JsonArray followers = new JsonArray();
            following.values().stream()
                    .filter(one -> CasePolicy.maySee(who, one))
                    .sorted((a, b) -> a.facts().number().compareTo(b.facts().number()))
                    .forEach(one -> followers.add(on.cases().brief(one)));
            JsonObject lead = leads.values().stream()
                    .filter(one -> CasePolicy.maySee(who, one))
                    .findFirst()
                    .map(one -> on.cases().brief(one))
                    .orElse(null);
            return new JsonObject()
                    .put("merged", c.now().mergedInto() != null)
                    .put("lead", lead)
                    .put("followers", followers)
                    .put("hidden", following.size() - followers.size())
                    .put("candidates", candidates);
        });
    }

    private JsonObject candidate(Case c, Finding.Found one, Caller.Staff who, Map<UUID, MediaItem> photos) {
        Case other = one.found();
        Likeness likeness = one.likeness();
        JsonArray reasons = new JsonArray();
        likeness.reasons()
                .forEach(reason -> reasons.add(new JsonObject()
                        .put("clue", reason.clue().name())
                        .put("speaksFor", reason.speaksFor())
                        .put("words", reason.words())));
        MediaItem photo = photos.get(other.facts().id());
        JsonObject brief = on.cases()
                .brief(other)
                .put("thumbnail", photo == null ? null : photo.toJson().getString("thumbnail"));
        String leading = CaseActs.againstMerging(c, other, who);
        String following = CaseActs.againstMerging(other, c, who);
        return new JsonObject()
                .put("case", brief)
                .put("score", Math.round(likeness.score() * 100) / 100.0)
                .put("likely", likeness.score() >= Twins.LIKELY)
                .put("reasons", reasons)
                .put("metres", metres(c, other))
                .put("claimed", one.claimed())
                .put("mayLead", leading == null)
                .put("mayFollow", following == null)
                .put("whyNot", leading != null && following != null ? following : null);
    }

    private static @Nullable Long metres(Case one, Case other) {
        Report.Point here = Reports.point(one.facts().lon(), one.facts().lat());
        Report.Point there = Reports.point(other.facts().lon(), other.facts().lat());
        return here == null || there == null ? null : Math.round(here.metresTo(there));
    }

    /** Each by itself: what cannot be merged is told with its reason and keeps nothing else from being merged. */
    private Future<Answer> merge(Call call) {
        Caller.Staff who = call.staff();
        if (!Move.MERGE.by().contains(who.role())) {
            throw Refusal.notAllowed(who.role().label() + "不能合并诉求，请找所在中心的分流员。");
        }
        JsonArray wanted = call.body().getJsonArray("cases");
        return on.cases().find(call.path("number"), who).compose(lead -> {
            JsonArray merged = new JsonArray();
            JsonArray refused = new JsonArray();
            Future<Void> done = Future.succeededFuture();
            for (int i = 0; i < wanted.size(); i++) {
                JsonObject one = wanted.getJsonObject(i);
                done = done.compose(ok -> mergeOne(lead, one, who))
                        .<Void>map(after -> {
                            merged.add(on.cases().brief(after));
                            return null;
                        })
                        .recover(failure -> {
                            if (!(failure instanceof Refusal refusal)) {
                                return Future.failedFuture(failure);
                            }
                            refused.add(new JsonObject()
                                    .put("number", one.getString("number"))
                                    .put("kind", refusal.kind().type())
                                    .put("detail", refusal.detail()));
                            return Future.succeededFuture();
                        });
            }
            return done.map(
                    ok -> Answer.ok(new JsonObject().put("merged", merged).put("refused", refused)));
        });
    }

    private Future<Case> mergeOne(Case lead, JsonObject one, Caller.Staff who) {
        return on.cases()
                .find(one.getString("number"), who)
                .compose(found ->
                        merging.merge(lead.facts().number(), found.facts().number(), one.getInteger("version"), who));
    }

    private Future<Answer> split(Call call) {
        Caller.Staff who = call.staff();
        String words = Objects.requireNonNullElse(Words.of(call.body().getString("words")), "");
        if (words.length() < LEAST_REASON) {
            throw Refusal.notSensible("/words", "请写明为什么拆开（至少 " + LEAST_REASON + " 个字），居民会看到。");
        }
        return on.cases()
                .find(call.path("number"), who)
                .compose(found ->
                        merging.split(found.facts().number(), call.body().getInteger("version"), words, who))
                .compose(after -> on.cases().shown(after, who))
                .map(Answer::ok);
    }

    private Future<Answer> whileFiling(Call call) {
        brake.take(call.address());
        JsonObject body = call.body();
        GeoPoint point = GeoPoint.of(body.getJsonObject("point"), "/point");
        Coordinate there = point == null ? null : point.wgs84();
        String area = body.getString("area");
        Report report = new Report(
                Objects.requireNonNullElse(Words.of(body.getString("text")), ""),
                Words.of(body.getString("address")),
                area,
                there == null ? null : Reports.point(there.x, there.y),
                body.getString("category"),
                on.clock().instant());
        return counted(call)
                .compose(ok -> finding.heard(report, call.caller()))
                .map(heard -> Answer.ok(told(report, heard)));
    }

    private Future<Void> counted(Call call) {
        return call.caller() instanceof Caller.Resident resident
                ? on.limits().take("twins:" + resident.id(), ASKED_AN_HOUR, Duration.ofHours(1))
                : Future.succeededFuture();
    }

    private JsonObject told(Report report, Finding.@Nullable Heard heard) {
        if (heard == null) {
            return new JsonObject()
                    .put("people", 0)
                    .put("more", false)
                    .put("stage", null)
                    .put("own", new JsonArray());
        }
        int people = 0;
        for (int step : STEPS) {
            people = step <= heard.people() ? step : people;
        }
        return new JsonObject()
                .put("people", people)
                .put("more", people < heard.people())
                .put("stage", heard.people() == 0 ? null : stage(heard.furthest()))
                .put("category", on.names().category(report.category()))
                .put("own", new JsonArray(heard.own()));
    }

    /** No finer: who handles it and how is between them and who reported it. */
    private static String stage(CaseState state) {
        return switch (state) {
            case SUBMITTED -> "RECEIVED";
            case ACCEPTED, DISPATCHED, HANDLING, SUSPENDED, RESOLVED -> "HANDLED";
            default -> "DONE";
        };
    }

    /** The resident says that theirs is one of several: the desk sees it, nothing is merged by that. */
    private Future<Answer> join(Call call) {
        Caller.Resident resident = call.resident();
        Instant at = on.clock().instant();
        return on.cases()
                .find(call.path("number"), resident)
                .compose(found -> store.claim(on.db(), found.facts().id(), at))
                .map(done -> Answer.nothing());
    }
}
