package linge.evaluation;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.shared.Caller;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** Scores, their evidence, ranking and periods over HTTP. */
final class ScoreApi {

    private static final int PAGE = 30;
    /** Quarters shown to choose from, beside the years they lie in. */
    private static final int QUARTERS_BACK = 8;

    private final Pool db;
    private final Clock clock;
    private final Scores scores;
    private final People people;
    private final Periods periods;
    private final Objections objections;
    private final EvaluationView view;

    ScoreApi(
            Pool db,
            Clock clock,
            Scores scores,
            People people,
            Periods periods,
            Objections objections,
            EvaluationView view) {
        this.db = db;
        this.clock = clock;
        this.scores = scores;
        this.people = people;
        this.periods = periods;
        this.objections = objections;
        this.view = view;
    }

    void mount(Contract contract) {
        contract.on("getEvaluationScore", this::score)
                .on("listEvaluationLines", this::lines)
                .on("rankEvaluation", this::ranking)
                .on("listEvaluationPeriods", this::listPeriods)
                .on("publishEvaluation", this::publish)
                .on("finaliseEvaluation", this::makeFinal);
    }

    private Future<Answer> score(Call call) {
        Caller.Staff who = call.staff();
        Term term = term(call);
        return person(call)
                .compose(asked -> scores.person(db, asked, term)
                        .compose(found -> objections
                                .ofPerson(db, asked.id(), term)
                                .compose(own -> ranks(found, term).map(ranks -> shown(who, found, own, ranks)))));
    }

    /** Rank and how many are ranked, in the county and in the town; all null where nobody is told. */
    private record Ranks(
            @Nullable Integer rank,
            @Nullable Integer of,
            @Nullable Integer townRank,
            @Nullable Integer townOf) {
        static final Ranks NONE = new Ranks(null, null, null, null);
    }

    /** Ranks are told once a period is published: what changes every hour is no verdict. */
    private Future<Ranks> ranks(Scores.Person found, Term term) {
        Published published = found.published();
        if (published == null || !found.book().ranking() || found.standing().unranked() != null) {
            return Future.succeededFuture(Ranks.NONE);
        }
        String town = found.standing().who().area().substring(0, 9);
        return scores.whole(db, published.area(), term).map(whole -> {
            List<Standing> all = whole.standings();
            List<Standing> near = all.stream()
                    .filter(one -> one.who().area().startsWith(town))
                    .toList();
            return new Ranks(rank(all, found), ranked(all), rank(near, found), ranked(near));
        });
    }

    private static @Nullable Integer rank(List<Standing> all, Scores.Person found) {
        return Standing.order(all).stream()
                .filter(one ->
                        one.standing().who().id().equals(found.standing().who().id()))
                .findFirst()
                .map(Standing.Ranked::rank)
                .orElse(null);
    }

    private static int ranked(List<Standing> all) {
        return (int) all.stream().filter(one -> one.unranked() == null).count();
    }

    private Answer shown(Caller.Staff who, Scores.Person found, List<Objections.Objection> own, Ranks ranks) {
        Instant now = clock.instant();
        JsonArray sums = new JsonArray();
        Scores.sums(found.lines())
                .forEach(sum ->
                        sums.add(EvaluationView.sum(sum, found.book().rules().get(sum.counted()))));
        JsonArray objected = new JsonArray();
        own.forEach(one -> objected.add(view.objection(one, who)));
        Published published = found.published();
        boolean mine = who.id().equals(found.standing().who().id());
        boolean corrected = own.stream().anyMatch(one -> one.correction() != null);
        return Answer.ok(new JsonObject()
                .put("period", EvaluationView.period(found.term(), published, now))
                .put("ranking", found.book().ranking())
                .put("standing", view.standing(found.standing(), ranks.rank(), corrected))
                .put("of", ranks.of())
                .put("townRank", ranks.townRank())
                .put("townOf", ranks.townOf())
                .put("sums", sums)
                .put("objections", objected)
                .put(
                        "mayObject",
                        mine
                                && published != null
                                && published.finalAt() == null
                                && now.isBefore(published.objectionsUntil())));
    }

    private Future<Answer> lines(Call call) {
        Term term = term(call);
        Predicate<Scores.Numbered> wanted = counted(call.query("counted"));
        int after = call.integer("after", Integer.MAX_VALUE);
        int limit = call.integer("limit", PAGE);
        return person(call)
                .compose(asked -> scores.person(db, asked, term)
                        .compose(found -> objections
                                .ofPerson(db, asked.id(), term)
                                .map(own -> {
                                    List<Scores.Numbered> rest = found.lines().stream()
                                            .filter(wanted.and(one -> one.nth() < after))
                                            .sorted(Comparator.comparingInt(Scores.Numbered::nth)
                                                    .reversed())
                                            .limit(limit + 1L)
                                            .toList();
                                    Map<Integer, Integer> corrections = corrections(own);
                                    JsonArray items = new JsonArray();
                                    rest.stream()
                                            .limit(limit)
                                            .forEach(one -> items.add(
                                                    EvaluationView.line(one, corrections.getOrDefault(one.nth(), 0))));
                                    return Answer.ok(new JsonObject()
                                            .put("items", items)
                                            .put(
                                                    "next",
                                                    rest.size() > limit
                                                            ? rest.get(limit - 1)
                                                                    .nth()
                                                            : null));
                                })));
    }

    private static Map<Integer, Integer> corrections(List<Objections.Objection> own) {
        Map<Integer, Integer> corrections = new HashMap<>();
        own.forEach(one -> {
            Integer nth = one.nth();
            Integer correction = one.correction();
            if (nth != null && correction != null) {
                corrections.put(nth, correction);
            }
        });
        return corrections;
    }

    private static Predicate<Scores.Numbered> counted(@Nullable String name) {
        if (name == null) {
            return one -> true;
        }
        for (Counted counted : Counted.values()) {
            if (counted.name().equals(name)) {
                return one -> one.line().deed().counted() == counted;
            }
        }
        throw Refusal.badInput("/counted", "没有这一项计分内容。");
    }

    private Future<Answer> ranking(Call call) {
        Caller.Staff who = call.staff();
        String area = EvaluationPolicy.area(who, call.query("area"));
        Term term = term(call);
        boolean teams = "teams".equals(call.query("by"));
        int from = call.integer("after", 0);
        int limit = call.integer("limit", PAGE);
        return scores.whole(db, area, term).map(whole -> {
            boolean ranking = whole.book().ranking();
            JsonArray shownPeople = new JsonArray();
            JsonArray shownTeams = new JsonArray();
            int total;
            if (teams) {
                List<Standing.RankedTeam> all = Standing.teams(whole.standings(), ranking);
                total = all.size();
                all.stream().skip(from).limit(limit).forEach(one -> shownTeams.add(view.team(one)));
            } else {
                List<Standing.Ranked> all =
                        ranking ? Standing.order(whole.standings()) : Standing.unordered(whole.standings());
                total = all.size();
                all.stream()
                        .skip(from)
                        .limit(limit)
                        .forEach(one -> shownPeople.add(view.standing(one.standing(), one.rank(), false)));
            }
            int shown = from + limit;
            return Answer.ok(new JsonObject()
                    .put("period", EvaluationView.period(term, whole.published(), clock.instant()))
                    .put("area", area)
                    .put("areaName", view.area(area))
                    .put("ranking", ranking)
                    .put("people", shownPeople)
                    .put("teams", shownTeams)
                    .put("total", total)
                    .put("next", shown < total ? shown : null)
                    .put("mayManage", EvaluationPolicy.mayManage(who, Scores.county(area))));
        });
    }

    private Future<Answer> listPeriods(Call call) {
        Caller.Staff who = call.staff();
        String area = who.role().inGrid() ? who.area() : EvaluationPolicy.area(who, call.query("area"));
        Instant now = clock.instant();
        return periods.of(Scores.county(area)).map(published -> {
            Map<Term, Published> known = new HashMap<>();
            published.forEach(one -> known.put(one.term(), one));
            JsonArray items = new JsonArray();
            choices(now).forEach(term -> items.add(EvaluationView.period(term, known.get(term), now)));
            return Answer.ok(new JsonObject().put("items", items));
        });
    }

    /** This quarter and those before, and the years they lie in, the newest first. */
    private static List<Term> choices(Instant now) {
        List<Term> all = new ArrayList<>();
        Term term = Term.quarterOf(now);
        for (int i = 0; i < QUARTERS_BACK; i++) {
            Term year = new Term(term.year(), 0);
            if (!all.contains(year)) {
                all.add(year);
            }
            all.add(term);
            term = Term.quarterOf(term.from().minusSeconds(1));
        }
        return all;
    }

    private Future<Answer> publish(Call call) {
        Term term = Term.of(call.body().getString("period"), clock.instant());
        String county = county(call);
        return periods.publish(call.staff(), county, term)
                .map(done -> Answer.created(EvaluationView.period(term, done, clock.instant())));
    }

    private Future<Answer> makeFinal(Call call) {
        Term term = Term.of(call.body().getString("period"), clock.instant());
        String county = county(call);
        return periods.makeFinal(call.staff(), county, term)
                .map(done -> Answer.ok(EvaluationView.period(term, done, clock.instant())));
    }

    private static String county(Call call) {
        String area = EvaluationPolicy.manages(
                call.staff(), Objects.requireNonNullElse(call.body().getString("area"), ""));
        if (area.length() != 6) {
            throw Refusal.notSensible("/area", "考核按县（区）公示，请选择县（区）。");
        }
        return area;
    }

    /** Whose score is asked for: one's own, or somebody's in the area. */
    private Future<Standing.Who> person(Call call) {
        Caller.Staff who = call.staff();
        String user = call.query("user");
        if (user == null || user.equals(who.user())) {
            return people.byId(db, EvaluationPolicy.worker(who).id());
        }
        return people.byUser(db, user).map(found -> {
            EvaluationPolicy.reads(who, found.id(), found.area());
            return found;
        });
    }

    private Term term(Call call) {
        return Term.of(call.query("period"), clock.instant());
    }
}
