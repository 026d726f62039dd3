package linge.admin;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import linge.db.Times;
import linge.grids.GridVersion;
import linge.grids.Grids;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.shared.Caller;

/** What an administrator sees first: what there is of each thing, and what is missing. */
final class HomeApi {

    /** The State Council says in November what next year's holidays are. */
    private static final int NOTICE_MONTH = 11;

    private static final String OTHERS = """
            SELECT (SELECT count(*) FROM staff WHERE active AND area LIKE $1 || '%') AS staff,
              (SELECT count(*) FROM grid_imports WHERE version IS NOT NULL AND cancelled_at IS NULL
                AND (SELECT effective_from FROM grid_versions WHERE id = version) IS NULL) AS waiting,
              (SELECT count(*) FROM audit_log WHERE area LIKE $1 || '%' AND at >= $3) AS acts,
              (SELECT array_agg(DISTINCT year) FROM calendar_notices) AS years,
              (SELECT min(effective_from) FROM grid_versions WHERE effective_from > $2) AS coming""";

    private final Pool db;
    private final Clock clock;
    private final AreaCounts counts;
    private final Grids grids;

    HomeApi(Pool db, Clock clock, AreaCounts counts, Grids grids) {
        this.db = db;
        this.clock = clock;
        this.counts = counts;
        this.grids = grids;
    }

    void mount(Contract contract) {
        contract.on("getAdminHome", this::home);
    }

    private Future<Answer> home(Call call) {
        Caller.Staff who = AdminPolicy.administrator(call);
        LocalDate today = counts.today();
        return counts.of(who.area(), who.level().digits())
                .compose(found -> db.preparedQuery(OTHERS)
                        .execute(Tuple.of(
                                who.area(),
                                today,
                                Times.at(today.atStartOfDay(Grids.SHANGHAI).toInstant())))
                        .map(rows -> {
                            Row row = rows.iterator().next();
                            AreaCounts.Counts own = found.getOrDefault(who.area(), AreaCounts.Counts.NONE);
                            GridVersion version = grids.index().version();
                            LocalDate coming = row.getLocalDate("coming");
                            return Answer.ok(AreasApi.json(own)
                                    .put(
                                            "effectiveFrom",
                                            version.effectiveFrom().toString())
                                    .put("demo", version.demo())
                                    .put("coming", coming == null ? null : coming.toString())
                                    .put("importsWaiting", row.getLong("waiting"))
                                    .put("yearsMissing", missing(row.getArrayOfIntegers("years"), today))
                                    .put("actsToday", row.getLong("acts"))
                                    .put("at", clock.instant().toString()));
                        }));
    }

    /** Of this year and the next: the next only when its notice should be out. */
    private static JsonArray missing(Integer @org.jspecify.annotations.Nullable [] known, LocalDate today) {
        List<Integer> years = known == null ? List.of() : List.of(known);
        List<Integer> missing = new ArrayList<>();
        missing.add(today.getYear());
        if (today.getMonthValue() >= NOTICE_MONTH) {
            missing.add(today.getYear() + 1);
        }
        missing.removeAll(years);
        return new JsonArray(missing);
    }
}
