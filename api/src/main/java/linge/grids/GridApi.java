package linge.grids;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import linge.bot.place.Gazetteer;
import linge.bot.place.Level;
import linge.bot.place.Place;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.shared.AreaLevel;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Envelope;

/** Places and grids over HTTP. */
public final class GridApi {
    /** Outlines in one answer at most. */
    private static final int MOST_OUTLINES = 300;

    private final Grids grids;
    private final Teams teams;
    private final Homes homes;

    public GridApi(Grids grids, Teams teams, Homes homes) {
        this.grids = grids;
        this.teams = teams;
        this.homes = homes;
    }

    /** Takes on the operations of the contract. */
    public void mount(Contract contract) {
        contract.on("listPlaces", call -> Future.succeededFuture(places(call.query("parent"))))
                .on("findGridAt", call -> Future.succeededFuture(at(call)))
                .on("findGridByWords", this::byWords)
                .on("listGridOutlines", call -> Future.succeededFuture(outlines(call)))
                .on("getGrid", call -> grid(call.path("code")));
    }

    private Answer places(@Nullable String parent) {
        Gazetteer gazetteer = grids.gazetteer();
        if (parent != null && gazetteer.get(parent).isEmpty()) {
            throw Refusal.notFound("这个地方");
        }
        List<Place> places = parent == null ? gazetteer.all(Level.COUNTY) : gazetteer.children(parent);
        var items = new JsonArray();
        places.forEach(place -> items.add(place(place.code())));
        var body = new JsonObject().put("items", items);
        if (parent != null && AreaLevel.of(parent) == AreaLevel.VILLAGE) {
            GridIndex index = grids.index();
            var own = new JsonArray();
            index.ofVillage(parent).forEach(grid -> own.add(reference(grid, index.version())));
            body.put("grids", own);
        }
        return Answer.ok(body);
    }

    private Answer at(Call call) {
        Crs crs = Crs.of(call.query("crs"))
                .orElseThrow(() -> Refusal.badInput("/crs", "坐标系只能是 wgs84、gcj02 或 bd09。"));
        var point = new GeoPoint(call.number("lon", 0), call.number("lat", 0), crs, 0);
        return Answer.ok(grids.index().at(point).toJson());
    }

    private Future<Answer> byWords(Call call) {
        String words = call.query("q");
        if (words == null || words.isBlank()) {
            throw Refusal.badInput("/q", "请写明地点，例如“潞州区东街街道东关社区”。");
        }
        return homes.homeOf(call.caller())
                .map(home -> Answer.ok(
                        grids.index().find(words, home.orElse(null)).toJson()));
    }

    private Answer outlines(Call call) {
        double west = call.number("west", 0);
        double south = call.number("south", 0);
        double east = call.number("east", 0);
        double north = call.number("north", 0);
        if (west > east || south > north) {
            throw Refusal.notSensible(west > east ? "/west" : "/south", "范围的西、南边界应小于东、北边界。");
        }
        GridIndex index = grids.index();
        List<Grid> found = index.touching(new Envelope(west, east, south, north), MOST_OUTLINES + 1);
        boolean truncated = found.size() > MOST_OUTLINES;
        List<Grid> shown = truncated ? found.subList(0, MOST_OUTLINES) : found;
        return Answer.ok(Outlines.collection(shown, index.version().demo(), truncated));
    }

    private Future<Answer> grid(String code) {
        GridIndex index = grids.index();
        Grid grid = index.get(code).orElseThrow(() -> Refusal.notFound("这个网格"));
        return teams.teamOf(code).map(team -> {
            GridUse use = grid.use();
            return Answer.ok(reference(grid, index.version())
                    .put("use", use == null ? null : use.name())
                    .put("households", grid.households())
                    .put("place", place(grid.village()))
                    .put("outline", Outlines.geometry(grid.outline()))
                    .put("effectiveFrom", index.version().effectiveFrom().toString())
                    .put("team", team)
                    .put("chain", chain(code)));
        });
    }

    /** Who a case climbs to: the centres of village, town, county and city. */
    JsonArray chain(String grid) {
        var chain = new JsonArray();
        String area = grid;
        while (AreaLevel.of(area) != AreaLevel.CITY) {
            area = AreaLevel.above(area);
            AreaLevel level = AreaLevel.of(area);
            chain.add(new JsonObject()
                    .put("level", level.name())
                    .put("code", area)
                    .put("name", centre(area)));
        }
        return chain;
    }

    private String centre(String area) {
        return grids.gazetteer().get(area).map(Place::name).orElse(area) + "综治中心";
    }

    private JsonObject place(String code) {
        Gazetteer gazetteer = grids.gazetteer();
        return new JsonObject()
                .put("code", code)
                .put("name", gazetteer.get(code).map(Place::name).orElse(code))
                .put("level", AreaLevel.of(code).name())
                .put("fullName", gazetteer.fullName(code));
    }

    private static JsonObject reference(Grid grid, GridVersion version) {
        return new JsonObject()
                .put("code", grid.code())
                .put("name", grid.name())
                .put("kind", grid.kind().name())
                .put("demo", version.demo());
    }
}
