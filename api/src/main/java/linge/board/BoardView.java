package linge.board;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import linge.bot.place.Gazetteer;
import linge.bot.place.Place;
import linge.bot.triage.Categories;
import linge.bot.triage.Category;
import linge.cases.CaseState;
import linge.grids.Grid;
import linge.grids.Grids;
import linge.shared.AreaLevel;
import linge.shared.Names;
import linge.shared.Words;
import org.jspecify.annotations.Nullable;

/** The board as the contract shows it. */
final class BoardView {

    private final Grids grids;
    private final Names names;
    private final Map<String, String> firstLevels = new HashMap<>();

    BoardView(Grids grids, Names names) {
        this.grids = grids;
        this.names = names;
        for (Category category : Categories.shipped().all()) {
            firstLevels.putIfAbsent(
                    category.code().split("\\.", 2)[0], category.path().get(0));
        }
    }

    /** Schema {@code Board}. */
    JsonObject whole(Scope scope, Board.Counts now, Map<Figure, Count> before) {
        JsonArray figures = new JsonArray();
        for (Figure figure : Figure.values()) {
            Count count = now.total().getOrDefault(figure, Count.NONE);
            Count then = before.getOrDefault(figure, Count.NONE);
            figures.add(new JsonObject()
                    .put("figure", figure.name())
                    .put("name", figure.label())
                    .put("definition", figure.definition())
                    .put("share", figure.isShare())
                    .put("moreIsBetter", figure.moreIsBetter())
                    .put("base", count.base())
                    .put("hit", count.hit())
                    .put("before", new JsonObject().put("base", then.base()).put("hit", then.hit())));
        }
        return new JsonObject()
                .put("from", scope.period().first().toString())
                .put("to", scope.period().last().toString())
                .put("until", scope.until().toString())
                .put("area", place(scope.area()))
                .put("path", path(scope.area()))
                .put("figures", figures)
                .put("areas", areas(scope, now.areas()))
                .put("categories", lines(now.categories(), this::category))
                .put("departments", lines(now.departments(), this::department));
    }

    /** Schema {@code BoardStep}. */
    JsonArray steps(List<Board.Step> steps) {
        JsonArray shown = new JsonArray();
        steps.forEach(step ->
                shown.add(new JsonObject().put("day", step.day().toString()).put("counts", counts(step.counts()))));
        return shown;
    }

    /** Schema {@code BoardCase}; without words and score for who sees figures only. */
    JsonObject listed(Board.Listed one, boolean reads) {
        Round round = one.round();
        return new JsonObject()
                .put("number", one.number())
                .put("nth", round.nth())
                .put("text", reads ? shortened(one.text()) : null)
                .put("mayOpen", reads)
                .put("category", names.category(one.category()))
                .put("department", names.department(one.department()))
                .put("place", place(one.area()))
                .put("state", one.state())
                .put("stateName", CaseState.valueOf(one.state()).label())
                .put("urgency", one.urgency())
                .put("openedAt", round.openedAt().toString())
                .put("acceptDue", text(round.acceptDue()))
                .put("acceptedAt", text(round.acceptedAt()))
                .put("due", text(round.due()))
                .put("closedAt", text(round.closedAt()))
                .put("outcome", round.outcome() == null ? null : round.outcome().name())
                .put("score", one.score())
                .put("satisfied", round.satisfied())
                .put("demo", one.demo());
    }

    JsonObject place(String code) {
        return new JsonObject()
                .put("code", code)
                .put("name", shortName(code))
                .put("level", AreaLevel.of(code).name())
                .put("fullName", fullName(code));
    }

    String fullName(String code) {
        return AreaLevel.of(code) == AreaLevel.GRID
                ? grids.gazetteer().fullName(code.substring(0, AreaLevel.VILLAGE.digits())) + shortName(code)
                : names.area(code);
    }

    String categoryName(@Nullable String code) {
        return code == null ? "未分类" : String.join("·", path(names.category(code)));
    }

    String departmentName(@Nullable String code) {
        JsonObject named = names.department(code);
        return named == null ? "无" : named.getString("name");
    }

    private static List<String> path(@Nullable JsonObject category) {
        return category == null
                ? List.of()
                : category.getJsonArray("path").stream().map(String::valueOf).toList();
    }

    private JsonArray path(String area) {
        JsonArray path = new JsonArray();
        if (AreaLevel.of(area) != AreaLevel.CITY) {
            path.addAll(path(AreaLevel.above(area)));
        }
        return path.add(place(area));
    }

    /** Every part of the area, also where nothing was counted; and what is known no closer than the area itself. */
    private JsonArray areas(Scope scope, List<Board.Line> lines) {
        Map<String, Map<Figure, Count>> counted = new HashMap<>();
        lines.forEach(line -> counted.put(line.key(), line.counts()));
        JsonArray shown = new JsonArray();
        for (String code : parts(scope.area())) {
            Map<Figure, Count> counts = counted.remove(code);
            shown.add(line(code, shortName(code), counts == null ? Map.of() : counts)
                    .put("own", false));
        }
        // Older grids than those in force, and cases that nobody placed more closely.
        counted.forEach((code, counts) ->
                shown.add(line(code, code.equals(scope.area()) ? "未定位到下级" : shortName(code), counts)
                        .put("own", code.equals(scope.area()))));
        return shown;
    }

    List<String> parts(String area) {
        Gazetteer gazetteer = grids.gazetteer();
        return switch (AreaLevel.of(area)) {
            case VILLAGE ->
                grids.index().ofVillage(area).stream().map(Grid::code).toList();
            case GRID -> List.of();
            default -> gazetteer.children(area).stream().map(Place::code).toList();
        };
    }

    private JsonArray lines(List<Board.Line> lines, java.util.function.UnaryOperator<String> name) {
        JsonArray shown = new JsonArray();
        lines.stream()
                .sorted(Comparator.comparingLong((Board.Line line) -> line.counts()
                                .getOrDefault(Figure.FILED, Count.NONE)
                                .base())
                        .reversed()
                        .thenComparing(Board.Line::key))
                .forEach(line -> shown.add(line(line.key(), name.apply(line.key()), line.counts())));
        return shown;
    }

    private static JsonObject line(String code, String name, Map<Figure, Count> counts) {
        return new JsonObject().put("code", code).put("name", name).put("counts", counts(counts));
    }

    private static JsonArray counts(Map<Figure, Count> counts) {
        JsonArray shown = new JsonArray();
        counts.forEach((figure, count) -> shown.add(new JsonObject()
                .put("figure", figure.name())
                .put("base", count.base())
                .put("hit", count.hit())));
        return shown;
    }

    private String shortName(String code) {
        return AreaLevel.of(code) == AreaLevel.GRID
                ? names.area(code)
                : grids.gazetteer().get(code).map(Place::name).orElse(code);
    }

    private String category(String code) {
        if (code.isEmpty()) {
            return "未分类";
        }
        return code.contains(".") ? categoryName(code) : firstLevels.getOrDefault(code, code);
    }

    private String department(String code) {
        return code.isEmpty() ? "无主管部门" : departmentName(code);
    }

    private static String shortened(String text) {
        String plain = Words.withoutNumbers(text).replace('\n', ' ');
        return plain.codePointCount(0, plain.length()) <= 160
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, 160)) + "…";
    }

    static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
