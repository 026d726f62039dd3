package linge.desk;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import linge.bot.triage.Category;
import linge.bot.triage.Triaged;
import linge.cases.Case;
import linge.cases.StaffCases;
import linge.desk.Scoring.Place;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Names;
import linge.triage.Understanding;
import org.jspecify.annotations.Nullable;

/** Suggests where a dispatcher may send a case: what the case is about, what was done before, and what lies where. */
final class Advice {

    private static final int MOST = 3;

    private final StaffCases cases;
    private final Practice practice;
    private final Understanding understanding;
    private final Names names;
    private final Function<Case, Future<@Nullable String>> admitted;

    Advice(
            StaffCases cases,
            Practice practice,
            Understanding understanding,
            Names names,
            Function<Case, Future<@Nullable String>> admitted) {
        this.cases = cases;
        this.practice = practice;
        this.understanding = understanding;
        this.names = names;
        this.admitted = admitted;
    }

    /** The contract's {@code Suggestions}, none for who may not dispatch it; fails with {@code NOT_FOUND}. */
    Future<JsonObject> on(String number, Caller.Staff staff) {
        return cases.find(number, staff)
                .compose(c -> cases.targets(c, staff).compose(targets -> {
                    List<Place> places = places(targets, c);
                    if (places.isEmpty()) {
                        return Future.succeededFuture(shown(List.of(), null));
                    }
                    Future<Scoring.About> about = understanding
                            .of(c.facts().text(), null, null, null)
                            .map(understood -> about(c, understood.triaged()));
                    return Future.all(
                                    about, practice.habits(c, staff, places), practice.loads(places), admitted.apply(c))
                            .map(known -> shown(
                                    Scoring.rank(known.resultAt(0), places, known.resultAt(1), known.resultAt(2), MOST),
                                    known.resultAt(3)));
                }));
    }

    /** Everywhere it may go but where it is. */
    private static List<Place> places(JsonArray targets, Case c) {
        List<Place> places = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            JsonObject target = targets.getJsonObject(i);
            String department = target.getString("department");
            boolean there = target.getString("to").equals(c.now().holder().area())
                    && java.util.Objects.equals(department, c.now().holder().department());
            if (!there) {
                places.add(new Place(target.getString("to"), department, target.getString("name")));
            }
        }
        return places;
    }

    private Scoring.About about(Case c, Triaged triaged) {
        JsonObject category = names.category(c.facts().category());
        String name = category == null
                ? null
                : category.getJsonArray("path")
                        .getString(category.getJsonArray("path").size() - 1);
        return new Scoring.About(
                name,
                c.facts().department(),
                confidence(c.facts().category(), triaged),
                c.facts().area());
    }

    /** How sure the bot is of the category the case has; null when it has another one, which a person chose. */
    private static @Nullable Double confidence(@Nullable String category, Triaged triaged) {
        Category heard = triaged.category();
        return heard != null && heard.code().equals(category) ? triaged.confidence() : null;
    }

    /** @param admitted what speaks for a grid beside the figures */
    private static JsonObject shown(List<Scoring.Suggested> all, @Nullable String admitted) {
        JsonArray items = new JsonArray();
        all.forEach(one -> items.add(new JsonObject()
                .put("to", one.place().to())
                .put("department", one.place().department())
                .put("name", one.place().name())
                .put("score", Math.round(one.score() * 1000) / 1000.0)
                .put("reasons", reasons(one, admitted))));
        return new JsonObject().put("items", items);
    }

    private static JsonArray reasons(Scoring.Suggested one, @Nullable String admitted) {
        JsonArray reasons = new JsonArray();
        boolean grid =
                one.place().department() == null && AreaLevel.of(one.place().to()) == AreaLevel.GRID;
        if (grid && admitted != null) {
            reasons.add(admitted);
        }
        one.reasons().forEach(reasons::add);
        return reasons;
    }
}
