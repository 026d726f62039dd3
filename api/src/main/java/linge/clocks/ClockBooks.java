package linge.clocks;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import linge.db.AuditLog;
import linge.db.Times;
import linge.shared.Caller;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** The book in force, read again when another change was written on whichever node; and the changes themselves. */
final class ClockBooks {

    private static final String LAST = "SELECT coalesce(max(id), 0) AS id FROM clock_changes";
    private static final String NOTICES =
            "SELECT DISTINCT ON (year) year, number, days FROM calendar_notices ORDER BY year, change DESC";
    private static final String HOURS =
            "SELECT DISTINCT ON (profile, area) profile, area, hours FROM clock_hours ORDER BY profile, area, change DESC";
    private static final String RULES =
            "SELECT DISTINCT ON (code, area) *, unit::text AS counted FROM clock_rules ORDER BY code, area, change DESC";
    // Changes come one after the other: a clock reckoned up to one has seen all before it.
    private static final String ONE_BY_ONE = "LOCK TABLE clock_changes IN SHARE ROW EXCLUSIVE MODE";
    private static final String CHANGE = """
            INSERT INTO clock_changes (at, staff_id, who, what, why) VALUES ($1, $2, $3, $4::text::clock_change, $5) RETURNING id""";
    private static final String ADD_NOTICE =
            "INSERT INTO calendar_notices (year, change, number, days) VALUES ($1, $2, $3, $4)";
    private static final String ADD_HOURS =
            "INSERT INTO clock_hours (profile, area, change, hours) VALUES ($1, $2, $3, $4)";
    private static final String ADD_RULE = """
            INSERT INTO clock_rules (change, code, area, inherits, profile, label, article, counts_from, amount, unit,
                day_end, pauses, max_extension, yellow)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::text::clock_unit, $11, $12, $13, $14)""";

    private final Pool db;
    private final Clock clock;
    private volatile @Nullable ClockBook known;

    ClockBooks(Pool db, Clock clock) {
        this.db = db;
        this.clock = clock;
    }

    /** Who changes something; the command line is nobody of the staff. */
    record Who(@Nullable UUID id, String name, Caller.@Nullable Staff staff) {
        Who(@Nullable UUID id, String name) {
            this(id, name, null);
        }

        static Who of(Caller.Staff staff) {
            return new Who(staff.id(), staff.name(), staff);
        }
    }

    /** The book as it stands. */
    Future<ClockBook> current(SqlClient on) {
        return on.query(LAST)
                .execute()
                .map(rows -> rows.iterator().next().getLong("id"))
                .compose(last -> {
                    ClockBook book = known;
                    return book != null && book.change() == last
                            ? Future.succeededFuture(book)
                            : read(on, last).onSuccess(read -> known = read);
                });
    }

    /** Puts in the years that came with us and that nobody has imported. */
    Future<Void> settle() {
        return current(db).compose(book -> {
            List<CalendarFile.Notice> missing = CalendarFile.shipped().notices().values().stream()
                    .filter(notice -> !book.calendar().knows(notice.year()))
                    .toList();
            return missing.isEmpty()
                    ? Future.succeededFuture()
                    : importCalendar(missing, new Who(null, "随软件提供"), "国务院办公厅节假日通知")
                            .mapEmpty();
        });
    }

    /** Takes notices in, each the newest of its year from now on; those that say what is known already are left out. */
    Future<ClockBook> importCalendar(Collection<CalendarFile.Notice> notices, Who who, String why) {
        String years = notices.stream()
                .map(notice -> String.valueOf(notice.year()))
                .distinct()
                .collect(Collectors.joining("、"));
        return changed(who, "CALENDAR", new Deed("clocks.calendar", years, why, null), tx -> change -> {
            Future<Void> written = Future.succeededFuture();
            for (CalendarFile.Notice notice : notices) {
                written = written.compose(done -> tx.preparedQuery(ADD_NOTICE)
                        .execute(Tuple.of(notice.year(), change, notice.number(), json(notice.days())))
                        .mapEmpty());
            }
            return written;
        });
    }

    /** @param hours null: as around the area again */
    Future<ClockBook> changeHours(String profile, String area, @Nullable ServiceHours hours, Who who, String why) {
        return changed(
                who,
                "HOURS",
                new Deed("clocks.hours", profile, why, area),
                tx -> change -> tx.preparedQuery(ADD_HOURS)
                        .execute(Tuple.of(profile, area, change, hours == null ? null : hours.toJson()))
                        .mapEmpty());
    }

    /**
     * Sets a rule for an area.
     *
     * @param was the row that was in force there when it was looked at; fails with {@code STALE_VERSION} when it is no more
     * @param rule null: as around the area again
     */
    Future<ClockBook> changeRule(String code, String area, long was, @Nullable ClockRule rule, Who who, String why) {
        return changed(
                who,
                "RULE",
                new Deed("clocks.rule", code, why, area),
                tx -> change -> read(tx, change).compose(book -> {
                    ClockRule before = book.rule(code, area);
                    if (before.id() != was) {
                        throw Refusal.of(Refusal.Kind.STALE_VERSION, "这条规则刚刚被别人改过，请看过最新内容再改。");
                    }
                    ClockRule set = rule == null ? before : rule;
                    return tx.preparedQuery(ADD_RULE)
                            .execute(Tuple.tuple()
                                    .addLong(change)
                                    .addString(code)
                                    .addString(area)
                                    .addBoolean(rule == null)
                                    .addString(before.profile())
                                    .addString(set.label())
                                    .addString(set.article())
                                    .addString(set.countsFrom())
                                    .addInteger(set.amount())
                                    .addString(set.unit().name())
                                    .addBoolean(set.dayEnd())
                                    .addBoolean(set.pauses())
                                    .addInteger(set.maxExtension())
                                    .addInteger(set.yellow()))
                            .mapEmpty();
                }));
    }

    private Future<ClockBook> changed(
            Who who, String what, Deed deed, Function<SqlConnection, Function<Long, Future<Void>>> write) {
        return db.withTransaction(tx -> tx.query(ONE_BY_ONE)
                        .execute()
                        .compose(locked -> tx.preparedQuery(CHANGE)
                                .execute(Tuple.of(Times.at(clock.instant()), who.id(), who.name(), what, deed.why())))
                        .compose(rows ->
                                write.apply(tx).apply(rows.iterator().next().getLong("id")))
                        .compose(done -> audited(tx, who, deed)))
                .compose(done -> current(db));
    }

    /** What the audit trail says of a change; what a command or the software itself did stands in its own row only. */
    private record Deed(
            String act,
            String subject,
            String why,
            @Nullable String area) {}

    private Future<Void> audited(SqlConnection tx, Who who, Deed deed) {
        Caller.Staff staff = who.staff();
        return staff == null
                ? Future.succeededFuture()
                : AuditLog.write(
                        tx,
                        staff,
                        deed.act(),
                        deed.subject(),
                        new JsonObject().put("why", deed.why()).put("area", deed.area()),
                        clock.instant());
    }

    private Future<ClockBook> read(SqlClient on, long last) {
        return on.query(NOTICES)
                .execute()
                .compose(notices -> on.query(HOURS)
                        .execute()
                        .compose(hours -> on.query(RULES)
                                .execute()
                                .map(rules -> new ClockBook(last, calendar(notices), hours(hours), rules(rules)))));
    }

    private static ServiceCalendar calendar(Iterable<Row> notices) {
        Map<Integer, List<ServiceCalendar.Day>> years = new TreeMap<>();
        notices.forEach(row -> years.put(row.getInteger("year"), days(row.getJsonArray("days"))));
        return ServiceCalendar.of(
                years.keySet(), years.values().stream().flatMap(List::stream).toList());
    }

    private static Map<String, Map<String, ServiceHours>> hours(Iterable<Row> rows) {
        Map<String, Map<String, ServiceHours>> hours = new HashMap<>();
        rows.forEach(row -> {
            JsonObject set = row.getJsonObject("hours");
            if (set != null) {
                hours.computeIfAbsent(row.getString("profile"), fresh -> new TreeMap<>())
                        .put(row.getString("area"), ServiceHours.of(set));
            }
        });
        return hours;
    }

    private static Map<String, Map<String, ClockRule>> rules(Iterable<Row> rows) {
        Map<String, Map<String, ClockRule>> rules = new HashMap<>();
        rows.forEach(row -> {
            if (!row.getBoolean("inherits")) {
                rules.computeIfAbsent(row.getString("code"), fresh -> new TreeMap<>())
                        .put(row.getString("area"), rule(row));
            }
        });
        return rules;
    }

    static ClockRule rule(Row row) {
        return new ClockRule(
                row.getLong("id"),
                row.getString("profile"),
                row.getString("code"),
                row.getString("label"),
                row.getString("article"),
                row.getString("counts_from"),
                row.getInteger("amount"),
                ClockUnit.valueOf(row.getString("counted")),
                row.getBoolean("day_end"),
                row.getBoolean("pauses"),
                row.getInteger("max_extension"),
                row.getInteger("yellow"));
    }

    static JsonArray json(List<ServiceCalendar.Day> days) {
        JsonArray list = new JsonArray();
        days.forEach(day -> list.add(new JsonObject()
                .put("date", day.date().toString())
                .put("works", day.works())
                .put("name", day.name())));
        return list;
    }

    static List<ServiceCalendar.Day> days(JsonArray list) {
        List<ServiceCalendar.Day> days = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            JsonObject one = Objects.requireNonNull(list.getJsonObject(i));
            days.add(new ServiceCalendar.Day(
                    LocalDate.parse(one.getString("date")), one.getBoolean("works"), one.getString("name")));
        }
        return days;
    }
}
