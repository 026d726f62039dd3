package linge.twins;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import linge.Client;
import linge.TestApp;
import linge.bot.twins.Marks;
import linge.bot.twins.Report;
import linge.bot.twins.Weights;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long candidates take among many cases; {@code mvn -pl api -am -Pbench test -Dtest=TwinsBench -Dlinge.cases=1000000}. They are spread
 * over the towns of one county and ninety days: denser than a city's in a year.
 */
@Tag("bench")
class TwinsBench {

    private static final Logger log = LoggerFactory.getLogger(TwinsBench.class);
    private static final int CASES = Integer.getInteger("linge.cases", 100_000);
    private static final int BATCH = 2000;
    private static final String[] MATTERS = {
        "路灯不亮了|MUNICIPAL.STREET_LAMP", "井盖丢了|MUNICIPAL.MANHOLE", "路面有个大坑|MUNICIPAL.ROAD", "垃圾没人清运|SANITATION.GARBAGE",
        "停水了|UTILITIES.WATER", "停电了|UTILITIES.POWER", "暖气不热|UTILITIES.HEATING", "电梯坏了|PROPERTY.ELEVATOR",
        "有人占道经营|SANITATION.STALLS", "车乱停|TRAFFIC.PARKING", "工地夜里施工|POLLUTION.CONSTRUCTION_NOISE", "老板拖欠工资|LABOUR.WAGES",
        "物业不管事|PROPERTY.SERVICE", "邻居吵架|DISPUTE.NEIGHBOUR", "流浪狗咬人|SANITATION.DOGS", "油烟太大|POLLUTION.FUMES"
    };
    private static final String[] WHERE = {"锦绣花园", "世纪小区", "滨河嘉苑", "翠湖苑", "和苑小区", "富民苑", "御景华庭", "金桂园"};

    private record Made(UUID id, Report report) {}

    @Test
    void candidates_among_many_cases() {
        try (TestApp app = TestApp.demo()) {
            String grid = app.grid();
            String number = app.resident().file(TestApp.streetLamp()).getString("number");
            List<String> grids = app.sql(db -> db.query(
                            "SELECT code FROM grids WHERE code LIKE '" + grid.substring(0, 6) + "%' LIMIT 400")
                    .execute()
                    .map(rows -> {
                        List<String> codes = new ArrayList<>();
                        rows.forEach(row -> codes.add(row.getString(0)));
                        return codes;
                    }));
            Random dice = new Random(5);
            Instant now = app.clock().instant();
            long began = System.nanoTime();
            for (int from = 0; from < CASES; from += BATCH) {
                List<Made> made = made(dice, grids, now, Math.min(BATCH, CASES - from));
                int first = from;
                app.sql(db -> insert(db, number, made, first));
            }
            app.sql(db -> db.query("ANALYZE cases; ANALYZE case_marks").execute());
            log.info("{} cases in {} s", CASES, (System.nanoTime() - began) / 1_000_000_000);

            Client dispatcher = app.staff("dispatcher-" + grid.substring(0, 6));
            List<String> asked = app.sql(db -> db.query(
                            "SELECT number FROM cases WHERE number LIKE '9%' ORDER BY random() LIMIT 220")
                    .execute()
                    .map(rows -> {
                        List<String> numbers = new ArrayList<>();
                        for (Row row : rows) {
                            numbers.add(row.getString(0));
                        }
                        return numbers;
                    }));
            List<Double> http = new ArrayList<>();
            for (String one : asked) {
                long at = System.nanoTime();
                JsonObject found = dispatcher
                        .get("/api/cases/" + one + "/twins")
                        .expect(200)
                        .json();
                http.add((System.nanoTime() - at) / 1e6);
                assertTrue(found.getJsonArray("candidates").size() <= 12);
            }
            List<Double> bare = new ArrayList<>();
            for (Made one : made(dice, grids, now, 220)) {
                Set<Long> marks = Marks.lookups(one.report(), Finding.WITHIN, Weights.View.STAFF);
                long at = System.nanoTime();
                app.sql(db -> new TwinStore()
                        .alike(
                                db,
                                marks,
                                null,
                                now.minus(Duration.ofDays(120)),
                                now,
                                grid.substring(0, 6),
                                now.minus(Duration.ofDays(15)),
                                80));
                bare.add((System.nanoTime() - at) / 1e6);
            }
            log.info("listTwins over HTTP: {}; the bare SQL: {} (ms: median, 95 %, most)", shown(http), shown(bare));
        }
    }

    private static List<Made> made(Random dice, List<String> grids, Instant now, int many) {
        List<Made> made = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            String[] matter = MATTERS[dice.nextInt(MATTERS.length)].split("\\|");
            String text = WHERE[dice.nextInt(WHERE.length)] + (1 + dice.nextInt(30)) + "号楼" + matter[0] + "，第"
                    + dice.nextInt(900) + "次反映";
            Report.Point point = new Report.Point(113 + dice.nextDouble() / 4, 36 + dice.nextDouble() / 4, 30);
            Instant at = now.minus(Duration.ofMinutes(dice.nextInt(90 * 24 * 60)));
            made.add(new Made(
                    UUID.randomUUID(),
                    new Report(text, null, grids.get(dice.nextInt(grids.size())), point, matter[1], at)));
        }
        return made;
    }

    private static Future<?> insert(Pool db, String like, List<Made> made, int first) {
        List<Tuple> cases = new ArrayList<>();
        List<Tuple> marks = new ArrayList<>();
        for (int i = 0; i < made.size(); i++) {
            Made one = made.get(i);
            Report report = one.report();
            cases.add(Tuple.of(
                    one.id(),
                    checked(90_000_000_000L + first + i),
                    report.text(),
                    report.category(),
                    report.area(),
                    report.at().atOffset(ZoneOffset.UTC),
                    like));
            cases.get(i).addValue(report.point().lon()).addValue(report.point().lat());
            marks.add(Tuple.of(one.id(), Marks.VERSION)
                    .addArrayOfLong(Marks.of(report).toArray(Long[]::new)));
        }
        return db.withTransaction(tx -> tx.preparedQuery("""
                        INSERT INTO cases (id, number, resident_id, client_key, request_hash, text, category, urgency, area, lon, lat, privacy,
                          filed_at, state, version, holder_area, supervised, urges, updated_at)
                        SELECT $1, $2, resident_id, $2, request_hash, $3, $4, urgency, $5, $8, $9, privacy,
                          $6, 'SUBMITTED', 0, $5, false, 0, $6 FROM cases WHERE number = $7""")
                .executeBatch(cases)
                .compose(
                        done -> tx.preparedQuery("INSERT INTO case_marks (case_id, version, marks) VALUES ($1, $2, $3)")
                                .executeBatch(marks)));
    }

    /** With its check digit (ISO 7064 MOD 11,10), as every case number has one. */
    private static String checked(long eleven) {
        String digits = String.valueOf(eleven);
        int product = 10;
        for (char c : digits.toCharArray()) {
            int sum = (c - '0' + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return digits + (11 - product) % 10;
    }

    private static String shown(List<Double> millis) {
        double[] sorted = millis.stream()
                .skip(20)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        return String.format(
                "%.1f, %.1f, %.1f",
                sorted[sorted.length / 2],
                sorted[sorted.length * 95 / 100],
                Arrays.stream(sorted).max().orElse(0));
    }
}
