package linge.clocks;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import linge.db.Times;
import linge.shared.Names;
import org.jspecify.annotations.Nullable;

/** Profiles and rules as administrators read them: what is in force in an area, where it was set, and all versions. */
final class ClockRules {

    private static final String PROFILES = "SELECT code, label FROM clock_profiles ORDER BY position";
    private static final String RULES = """
            SELECT DISTINCT ON (r.code, r.area) r.*, r.unit::text AS counted, c.at, c.who, c.why,
                   min(r.id) OVER (PARTITION BY r.code) AS place
            FROM clock_rules r JOIN clock_changes c ON c.id = r.change
            WHERE r.area = ANY($1) ORDER BY r.code, r.area, r.change DESC""";
    private static final String HOURS = """
            SELECT DISTINCT ON (h.profile, h.area) h.*, c.at, c.who, c.why
            FROM clock_hours h JOIN clock_changes c ON c.id = h.change
            WHERE h.area = ANY($1) ORDER BY h.profile, h.area, h.change DESC""";
    private static final String VERSIONS = """
            SELECT r.*, r.unit::text AS counted, c.at, c.who, c.why FROM clock_rules r JOIN clock_changes c ON c.id = r.change
            WHERE r.code = $1 AND r.area = ANY($2) ORDER BY r.change DESC LIMIT 100""";

    private final Pool db;
    private final Names names;

    ClockRules(Pool db, Names names) {
        this.db = db;
        this.names = names;
    }

    /** {@code {"area", "areaName", "profiles"}} as the contract's {@code ClockProfiles}. */
    Future<JsonObject> shown(String area) {
        Tuple around = Tuple.tuple().addArrayOfString(around(area));
        return db.query(PROFILES)
                .execute()
                .compose(profiles -> db.preparedQuery(RULES)
                        .execute(around)
                        .compose(rules -> db.preparedQuery(HOURS)
                                .execute(around)
                                .map(hours -> new JsonObject()
                                        .put("area", area)
                                        .put("areaName", names.area(area))
                                        .put("profiles", profiles(profiles, rules, hours, area)))));
    }

    /** Newest first, of the area and those around it. */
    Future<JsonObject> versions(String code, String area) {
        return db.preparedQuery(VERSIONS)
                .execute(Tuple.tuple().addString(code).addArrayOfString(around(area)))
                .map(rows -> {
                    JsonArray items = new JsonArray();
                    rows.forEach(row -> items.add(rule(row, area).put("inherits", row.getBoolean("inherits"))));
                    return new JsonObject().put("items", items);
                });
    }

    private JsonArray profiles(Iterable<Row> profiles, Iterable<Row> rules, Iterable<Row> hours, String area) {
        Map<String, Map<String, Row>> hoursOf = byArea(hours, "profile", row -> row.getJsonObject("hours") != null);
        Map<String, Map<String, Row>> rulesOf = byArea(rules, "code", row -> !row.getBoolean("inherits"));
        List<Row> inForce = new ArrayList<>();
        rulesOf.values().forEach(set -> {
            Row found = ClockBook.inForce(set, area);
            if (found != null) {
                inForce.add(found);
            }
        });
        inForce.sort(java.util.Comparator.comparing(row -> row.getLong("place")));
        JsonArray list = new JsonArray();
        profiles.forEach(profile -> {
            String code = profile.getString("code");
            Row set = Objects.requireNonNull(ClockBook.inForce(hoursOf.getOrDefault(code, Map.of()), area));
            JsonArray own = new JsonArray();
            inForce.stream()
                    .filter(row -> code.equals(row.getString("profile")))
                    .forEach(row -> own.add(rule(row, area)));
            list.add(whence(set, area)
                    .put("code", code)
                    .put("label", profile.getString("label"))
                    .put("hours", set.getJsonObject("hours"))
                    .put("rules", own));
        });
        return list;
    }

    private static Map<String, Map<String, Row>> byArea(
            Iterable<Row> rows, String key, java.util.function.Predicate<Row> sets) {
        Map<String, Map<String, Row>> all = new LinkedHashMap<>();
        rows.forEach(row -> {
            if (sets.test(row)) {
                all.computeIfAbsent(row.getString(key), fresh -> new TreeMap<>())
                        .put(row.getString("area"), row);
            }
        });
        return all;
    }

    private JsonObject rule(Row row, String area) {
        ClockRule rule = ClockBooks.rule(row);
        return whence(row, area)
                .put("id", rule.id())
                .put("profile", rule.profile())
                .put("code", rule.code())
                .put("label", rule.label())
                .put("article", rule.article())
                .put("countsFrom", rule.countsFrom())
                .put("amount", rule.amount())
                .put("unit", rule.unit().name())
                .put("dayEnd", rule.dayEnd())
                .put("pauses", rule.pauses())
                .put("maxExtension", rule.maxExtension())
                .put("yellow", rule.yellow());
    }

    /** Where, when, by whom and why it was set. */
    private JsonObject whence(Row row, String area) {
        String set = row.getString("area");
        return new JsonObject()
                .put("setFor", set.isEmpty() ? null : set)
                .put("setForName", set.isEmpty() ? null : names.area(set))
                .put("own", set.equals(area))
                .put("setAt", Times.of(row, "at").toString())
                .put("setBy", row.getString("who"))
                .put("why", row.getString("why"));
    }

    /** The area and all around it, the last one everywhere. */
    private static String[] around(@Nullable String area) {
        List<String> codes = new ArrayList<>();
        for (int digits : new int[] {15, 12, 9, 6, 4, 0}) {
            if (area != null && digits <= area.length()) {
                codes.add(area.substring(0, digits));
            }
        }
        return codes.toArray(String[]::new);
    }
}
