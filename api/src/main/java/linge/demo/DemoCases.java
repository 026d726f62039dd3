package linge.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import linge.bot.place.Gazetteer;
import linge.cases.Case;
import linge.cases.Cases;
import linge.cases.OwnCases;
import linge.cases.Rehearsal;
import linge.cases.Witness;
import linge.db.AuditLog;
import linge.db.RateLimits;
import linge.grids.Crs;
import linge.grids.GeoPoint;
import linge.grids.Grid;
import linge.notify.Outbox;
import linge.residents.Residents;
import linge.shared.Caller;
import linge.shared.Refusal;

/**
 * A month of made-up cases, so that boards and desks have something to show: each lived through by the ordinary code with a clock of
 * its own, from filing to wherever it stands today. A case becomes visible only with its whole life, in one transaction, so no
 * clock and no page meets it half lived; the notices it would have caused are taken back in that same transaction.
 */
public final class DemoCases {

    /** How much is made up when nobody says otherwise. */
    public static final int USUAL = 1_500;

    public static final int MOST = 20_000;
    public static final long SEED = 20261101;

    private static final int DAYS = 30;
    private static final int LANES = 2;
    private static final int TOGETHER = 20;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final String MARKED = "SELECT set_config('linge.demo', 'on', true)";
    private static final String COUNT = "SELECT count(*) AS count FROM cases WHERE demo";
    private static final String TAKE_BACK = "DELETE FROM notices WHERE subject = ANY ($1)";
    private static final String FORGET = "SELECT forget_made_up_cases() AS gone";
    /** One filling at a time, on whichever node. */
    private static final String ALONE = "SELECT pg_try_advisory_lock(7415001) AS alone";

    private static final String DONE = "SELECT pg_advisory_unlock(7415001)";

    /** @param witness sees every move, as it would see a real one */
    public record Ground(Vertx vertx, Pool db, Clock clock, Cases.Ground cases, Witness witness) {}

    private final Ground on;

    public DemoCases(Ground on) {
        this.on = on;
    }

    public Future<Long> count() {
        return on.db().query(COUNT).execute().map(rows -> rows.iterator().next().getLong("count"));
    }

    /** Puts on record who asked for it. */
    Future<Void> asked(Caller.Staff who, String act, JsonObject details) {
        return AuditLog.write(on.db(), who, act, "demo", details, on.clock().instant());
    }

    /** Takes every made-up case away; answers how many. */
    public Future<Integer> clear() {
        return on.db()
                .query(FORGET)
                .execute()
                .map(rows -> rows.iterator().next().getInteger("gone"));
    }

    /**
     * Makes up so many cases; the same seed on the same day and ground makes the same. Fails with {@code ALREADY_THERE} when there
     * are some. What was made until a failure is taken away again.
     */
    public Future<Long> fill(int cases, long seed) {
        return on.db()
                .getConnection()
                .compose(held -> held.query(ALONE)
                        .execute()
                        .compose(rows -> {
                            if (!Boolean.TRUE.equals(rows.iterator().next().getBoolean("alone"))) {
                                throw Refusal.of(Refusal.Kind.ALREADY_THERE, "演示数据正在填充，请稍候。");
                            }
                            return fillAlone(cases, seed)
                                    .eventually(() -> held.query(DONE).execute());
                        })
                        .eventually(held::close));
    }

    private Future<Long> fillAlone(int cases, long seed) {
        return count().compose(there -> {
            if (there > 0) {
                throw Refusal.of(Refusal.Kind.ALREADY_THERE, "已经有 " + there + " 件演示诉求，请先清除再填充。");
            }
            Random dice = new Random(seed);
            DemoGrounds grounds = new DemoGrounds(on.cases().grids().index().all(), dice);
            if (grounds.grids().isEmpty()) {
                throw Refusal.of(Refusal.Kind.NOT_READY, "还没有网格，不能填充演示数据。");
            }
            return people(grounds, cases, dice).compose(people -> {
                Month month = new Month(on.clock().instant().truncatedTo(ChronoUnit.MILLIS), grounds, people, seed);
                List<Future<Void>> lanes = new ArrayList<>();
                for (int lane = 0; lane < LANES; lane++) {
                    lanes.add(lane(month, lane, cases));
                }
                return Future.join(lanes)
                        .recover(failure -> clear().transform(cleared -> Future.failedFuture(failure)))
                        .compose(done -> count());
            });
        });
    }

    private record Month(Instant end, DemoGrounds grounds, DemoPeople people, long seed) {}

    private Future<DemoPeople> people(DemoGrounds grounds, int cases, Random dice) {
        List<String> codes = grounds.grids().stream().map(Grid::code).toList();
        return on.db()
                .withTransaction(tx -> tx.query(MARKED)
                        .execute()
                        .compose(done ->
                                DemoPeople.gathered(tx, on.cases().residents(), codes, Math.max(5, cases / 4), dice)));
    }

    /** Every so manieth case, some to a transaction. */
    private Future<Void> lane(Month month, int lane, int cases) {
        List<Integer> mine = new ArrayList<>();
        for (int i = lane; i < cases; i += LANES) {
            mine.add(i);
        }
        return batch(month, mine, 0);
    }

    private Future<Void> batch(Month month, List<Integer> mine, int from) {
        if (from >= mine.size()) {
            return Future.succeededFuture();
        }
        List<Integer> batch = mine.subList(from, Math.min(mine.size(), from + TOGETHER));
        return on.db()
                .withTransaction(tx -> tx.query(MARKED).execute().compose(done -> lives(tx, month, batch)))
                .compose(done -> batch(month, mine, from + TOGETHER));
    }

    private Future<Void> lives(SqlConnection tx, Month month, List<Integer> batch) {
        ScriptClock clock = new ScriptClock(month.end());
        Pool here = new OneConnection(tx);
        RateLimits limits = new RateLimits(here, clock);
        Residents residents =
                new Residents(here, clock, limits, (phone, code) -> Future.failedFuture("nobody signs in here"), true);
        Rehearsal rehearsal =
                new Rehearsal(on.cases(), here, clock, residents, new Outbox(clock), limits, on.witness());
        List<String> numbers = new ArrayList<>();
        Future<Void> all = Future.succeededFuture();
        for (int nth : batch) {
            all = all.compose(done -> life(rehearsal, clock, month, nth))
                    .onSuccess(lived -> numbers.add(lived.facts().number()))
                    .mapEmpty();
        }
        return all.compose(done -> tx.preparedQuery(TAKE_BACK)
                        .execute(Tuple.tuple().addArrayOfString(numbers.toArray(String[]::new))))
                .mapEmpty();
    }

    private Future<Case> life(Rehearsal rehearsal, ScriptClock clock, Month month, int nth) {
        // Each case has dice of its own, well shaken: how many there are, and in which lane, changes none of them.
        Random dice = new Random(new SplittableRandom(month.seed() + nth).nextLong());
        Instant filed = filedAt(month.end(), dice);
        double progress = 1 - Duration.between(filed, month.end()).toMinutes() / (DAYS * 24.0 * 60);
        Stories stories = Stories.shipped();
        Stories.Story story = stories.pick(dice, progress);
        boolean sore = dice.nextDouble() < (story.trend().equals("up") ? 0.3 : 0.08);
        DemoGrounds.Spot spot = sore
                ? month.grounds().pickSore(story.category(), dice)
                : month.grounds().pick(dice);
        String village = Gazetteer.shipped()
                .get(spot.grid().village())
                .map(place -> place.name())
                .orElse("");
        Caller.Resident resident = month.people().resident(dice);
        double hidden = dice.nextDouble();
        OwnCases.Matter matter = new OwnCases.Matter(
                "demo-" + month.seed() + "-" + nth,
                stories.told(story, village, dice),
                story.category(),
                new GeoPoint(spot.lon(), spot.lat(), Crs.WGS84, 0),
                null,
                spot.grid().code(),
                List.of(),
                hidden < 0.08 ? Case.Privacy.CONFIDENTIAL : hidden < 0.12 ? Case.Privacy.ANONYMOUS : Case.Privacy.NAMED,
                null);
        clock.restart(filed);
        return rehearsal
                .file(resident, matter)
                .compose(opened -> new DemoLife(
                                rehearsal,
                                clock,
                                month.people(),
                                stories,
                                dice,
                                month.end(),
                                spot.grid().code())
                        .live(opened));
    }

    /** Some day of the month, more often by day than by night, less often on Sundays. */
    private static Instant filedAt(Instant end, Random dice) {
        while (true) {
            Instant day = end.minus(Duration.ofMinutes((long) (dice.nextDouble() * DAYS * 24 * 60)));
            int hour = dice.nextDouble() < 0.9 ? 7 + dice.nextInt(14) : dice.nextInt(24);
            Instant at = day.atZone(ZONE)
                    .with(LocalTime.of(hour, dice.nextInt(60), dice.nextInt(60)))
                    .toInstant();
            boolean sunday = at.atZone(ZONE).getDayOfWeek().getValue() == 7;
            boolean inMonth = at.isBefore(end.minusSeconds(600)) && at.isAfter(end.minus(Duration.ofDays(DAYS)));
            if (inMonth && !(sunday && dice.nextDouble() < 0.4)) {
                return at;
            }
        }
    }
}
