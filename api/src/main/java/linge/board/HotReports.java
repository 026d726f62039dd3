package linge.board;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import linge.grids.Crs;
import linge.grids.GeoPoint;
import linge.grids.Grids;
import linge.shared.Names;
import linge.shared.Words;
import org.jspecify.annotations.Nullable;

/** What many speak of and where many reports lie, of the newest reports of a period; the comparing is done on a worker. */
final class HotReports {

    /** Newest reports that are read of a period; of a longer list the older ones are left out, and that is said. */
    static final int READ = 4_000;

    private static final int SHOWN = 12;
    private static final int EXAMPLE = 120;

    private static final String FILED =
            """
            SELECT c.id, c.number, c.category, c.text, c.lon, c.lat
            FROM case_rounds r JOIN cases c ON c.id = r.case_id
            WHERE r.nth = 0 AND r.opened_at >= $1 AND r.opened_at < $2 AND """ + " " + Scope.CONDITION + " " + "ORDER BY r.opened_at DESC, c.id LIMIT " + (READ + 1);

    private record Filed(
            Topics.Report report,
            @Nullable Double lon,
            @Nullable Double lat) {}

    private final Pool db;
    private final Grids grids;
    private final Names names;
    private final WorkerExecutor worker;

    HotReports(Vertx vertx, Pool db, Grids grids, Names names) {
        this.db = db;
        this.grids = grids;
        this.names = names;
        this.worker = vertx.createSharedWorkerExecutor("linge-board", 1);
    }

    /** @param reads whether the asker may read what residents wrote */
    Future<JsonObject> shown(Scope scope, boolean reads) {
        return filed(scope)
                .compose(now -> filed(scope.during(scope.period().before()))
                        .compose(before -> worker.executeBlocking(() -> shown(now, before, reads), false)));
    }

    private Future<List<Filed>> filed(Scope scope) {
        return db.preparedQuery(FILED).execute(scope.values()).map(rows -> {
            List<Filed> found = new ArrayList<>();
            for (Row row : rows) {
                found.add(new Filed(
                        new Topics.Report(
                                row.getUUID("id"),
                                row.getString("number"),
                                row.getString("category"),
                                row.getString("text")),
                        row.getDouble("lon"),
                        row.getDouble("lat")));
            }
            return found;
        });
    }

    private JsonObject shown(List<Filed> now, List<Filed> before, boolean reads) {
        boolean truncated = now.size() > READ || before.size() > READ;
        List<Topics.Topic> topics = Topics.of(reports(now), reports(before), SHOWN);
        JsonArray shown = new JsonArray();
        topics.forEach(topic -> shown.add(new JsonObject()
                .put("category", names.category(topic.category()))
                .put("words", reads ? topic.words() : "")
                .put("count", topic.count())
                .put("before", topic.before())
                .put("examples", examples(topic.examples(), reads))));
        return new JsonObject()
                .put("topics", shown)
                .put("spots", spots(now, reads))
                .put("read", Math.min(now.size(), READ))
                .put("truncated", truncated);
    }

    private JsonArray spots(List<Filed> now, boolean reads) {
        Map<UUID, Topics.Report> byId = new HashMap<>();
        List<Spots.Point> points = new ArrayList<>();
        for (Filed one : now.subList(0, Math.min(now.size(), READ))) {
            byId.put(one.report().id(), one.report());
            Double lon = one.lon();
            Double lat = one.lat();
            if (lon != null && lat != null) {
                points.add(new Spots.Point(one.report().id(), lon, lat));
            }
        }
        JsonArray shown = new JsonArray();
        Spots.of(points, SHOWN).forEach(spot -> {
            List<Topics.Report> there = spot.points().stream()
                    .map(point -> java.util.Objects.requireNonNull(byId.get(point.id())))
                    .toList();
            var ground = grids.index().at(new GeoPoint(spot.lon(), spot.lat(), Crs.WGS84, 0));
            var grid = ground.grid();
            shown.add(new JsonObject()
                    .put("lon", spot.lon())
                    .put("lat", spot.lat())
                    .put("count", there.size())
                    .put("place", grid == null ? null : names.area(grid.code().substring(0, 12)))
                    .put("grid", grid == null ? null : grid.code())
                    .put("category", names.category(mostOften(there)))
                    .put("examples", examples(there.subList(0, Math.min(3, there.size())), reads)));
        });
        return shown;
    }

    private static @Nullable String mostOften(List<Topics.Report> reports) {
        Map<String, Integer> times = new HashMap<>();
        reports.forEach(report -> {
            String category = report.category();
            if (category != null) {
                times.merge(category, 1, Integer::sum);
            }
        });
        return times.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    private static JsonArray examples(List<Topics.Report> reports, boolean reads) {
        JsonArray shown = new JsonArray();
        if (reads) {
            reports.forEach(report ->
                    shown.add(new JsonObject().put("number", report.number()).put("text", shortened(report.text()))));
        }
        return shown;
    }

    private static String shortened(String text) {
        String plain = Words.withoutNumbers(text).replace('\n', ' ');
        return plain.codePointCount(0, plain.length()) <= EXAMPLE
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, EXAMPLE)) + "…";
    }

    private static List<Topics.Report> reports(List<Filed> filed) {
        return filed.stream().limit(READ).map(Filed::report).toList();
    }
}
