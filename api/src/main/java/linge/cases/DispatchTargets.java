package linge.cases;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;
import linge.bot.place.Place;
import linge.grids.Grid;
import linge.grids.Grids;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Names;
import linge.staff.Staff;

/** Where a dispatcher may send a case, the likeliest first. */
final class DispatchTargets {

    private static final int MOST_NEIGHBOURS = 100;

    private final Staff staff;
    private final Grids grids;
    private final Names names;

    DispatchTargets(Staff staff, Grids grids, Names names) {
        this.staff = staff;
        this.grids = grids;
        this.names = names;
    }

    /** Departments with an officer at this centre, then grids and centres around the place; as the contract's {@code targets}. */
    Future<JsonArray> of(Caller.Staff who, Case c) {
        return staff.departmentsAt(who.area()).map(departments -> {
            JsonArray targets = new JsonArray();
            departments.stream()
                    .sorted((a, b) -> Boolean.compare(
                            b.equals(c.facts().department()), a.equals(c.facts().department())))
                    .forEach(code -> {
                        JsonObject named = names.department(code);
                        targets.add(new JsonObject()
                                .put("department", code)
                                .put("to", who.area())
                                .put("name", named == null ? code : named.getString("name"))
                                .put("suggested", code.equals(c.facts().department())));
                    });
            String place = c.facts().area();
            for (String area = place;
                    AreaLevel.covers(who.area(), area)
                            && area.length() > who.area().length();
                    area = AreaLevel.above(area)) {
                targets.add(target(area, c));
            }
            if (AreaLevel.of(place) == AreaLevel.VILLAGE) {
                grids.index().ofVillage(place).forEach(grid -> targets.add(target(grid.code(), c)));
            } else if (AreaLevel.of(place) != AreaLevel.GRID) {
                grids.gazetteer().children(place).forEach(child -> targets.add(target(child.code(), c)));
            }
            return targets;
        });
    }

    /** The grids of the same village, then those of the rest of the town, without the one that has the case. */
    JsonArray neighbours(Case c) {
        JsonArray targets = new JsonArray();
        String own = c.now().holder().area();
        if (AreaLevel.of(own) != AreaLevel.GRID) {
            return targets;
        }
        String village = AreaLevel.above(own);
        Consumer<String> add = from -> grids.index().ofVillage(from).stream()
                .map(Grid::code)
                .filter(code -> !code.equals(own)
                        && !c.now().returnedBy().contains(Holder.of(code))
                        && targets.size() < MOST_NEIGHBOURS)
                .forEach(code -> targets.add(target(code, c)));
        add.accept(village);
        grids.gazetteer().children(AreaLevel.above(village)).stream()
                .map(Place::code)
                .filter(code -> !code.equals(village))
                .forEach(add);
        return targets;
    }

    private JsonObject target(String area, Case c) {
        return new JsonObject()
                .put("to", area)
                .put("name", names.office(area, null))
                .put("suggested", area.equals(c.facts().area()) && c.facts().department() == null);
    }
}
