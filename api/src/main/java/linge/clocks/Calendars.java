package linge.clocks;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import linge.db.Times;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** The calendar as administrators and the command line read it and import it. */
public final class Calendars {

    private static final String VERSIONS = """
            SELECT n.year, n.number, n.days, c.at, c.who, c.why FROM calendar_notices n
            JOIN clock_changes c ON c.id = n.change WHERE n.year = $1 ORDER BY n.change DESC LIMIT 20""";
    private static final String WAITING = """
            SELECT count(*) AS clocks FROM case_clocks WHERE stopped_at IS NULL AND unknown_year = ANY($1)""";
    private static final int MOST_CHANGES = 200;

    private final Pool db;
    private final Clock clock;
    private final ClockBooks books;

    Calendars(Pool db, Clock clock, ClockBooks books) {
        this.db = db;
        this.clock = clock;
        this.books = books;
    }

    /** For a command that runs without the service. */
    public static Calendars on(Pool db, Clock clock) {
        return new Calendars(db, clock, new ClockBooks(db, clock));
    }

    /** What an import came to, or would: words for a terminal, and whether it could be done. */
    public record Told(List<String> lines, boolean done) {}

    /** A year day by day, its versions, and which years are missing soon; as the contract's {@code ServiceCalendar}. */
    Future<JsonObject> shown(@Nullable Integer wanted) {
        int today = WorkingTime.local(clock.instant()).getYear();
        int year = wanted == null ? today : wanted;
        return books.current(db)
                .compose(book -> db.preparedQuery(VERSIONS)
                        .execute(Tuple.of(year))
                        .compose(versions -> waiting(List.of(year)).map(clocks -> {
                            JsonArray set = new JsonArray();
                            versions.forEach(row -> set.add(version(row)));
                            boolean known = book.calendar().knows(year);
                            return new JsonObject()
                                    .put("year", year)
                                    .put("known", known)
                                    .put("unknown", known ? null : CalendarUnknown.words(year))
                                    .put(
                                            "years",
                                            new JsonArray(new ArrayList<>(
                                                    book.calendar().years())))
                                    .put("days", ClockBooks.json(book.calendar().days(year)))
                                    .put("versions", set)
                                    .put("waiting", clocks);
                        })));
    }

    /** What a file would change; nothing is written. As the contract's {@code CalendarReport}. */
    Future<JsonObject> check(String csv) {
        CalendarFile file = CalendarFile.read(csv);
        return books.current(db).compose(book -> report(file, book).map(report -> report.put("imported", false)));
    }

    /** Takes a file in, all or nothing. Fails with {@code NOT_SENSIBLE} when it has faults. */
    Future<JsonObject> take(String csv, ClockBooks.Who who, String why) {
        CalendarFile file = CalendarFile.read(csv);
        if (!file.faults().isEmpty()) {
            CalendarFile.Fault first = file.faults().get(0);
            throw Refusal.notSensible("/csv", (first.line() == 0 ? "" : "第 " + first.line() + " 行：") + first.words());
        }
        return books.current(db)
                .compose(book -> report(file, book).compose(report -> {
                    List<CalendarFile.Notice> fresh = file.notices().values().stream()
                            .filter(notice -> !book.calendar().knows(notice.year())
                                    || !changes(notice, book).isEmpty())
                            .toList();
                    return (fresh.isEmpty() ? Future.succeededFuture(book) : books.importCalendar(fresh, who, why))
                            .map(report.put("imported", !fresh.isEmpty()));
                }));
    }

    /** The same from the command line. */
    public Future<Told> run(String csv, boolean check, String why) {
        CalendarFile file = CalendarFile.read(csv);
        if (!file.faults().isEmpty()) {
            return Future.succeededFuture(new Told(
                    file.faults().stream()
                            .map(one -> (one.line() == 0 ? "" : "第 " + one.line() + " 行：") + one.words())
                            .toList(),
                    false));
        }
        Future<JsonObject> report = check ? check(csv) : take(csv, new ClockBooks.Who(null, "命令行"), why);
        return report.map(done -> {
            List<String> lines = new ArrayList<>();
            for (int i = 0; i < done.getJsonArray("years").size(); i++) {
                JsonObject year = done.getJsonArray("years").getJsonObject(i);
                lines.add(year.getInteger("year") + " 年（" + year.getString("number") + "）：放假 " + year.getInteger("off")
                        + " 天，调休上班 " + year.getInteger("worked") + " 天"
                        + (year.getBoolean("known")
                                ? "，与现有的相比有 " + year.getJsonArray("changes").size() + " 天不同"
                                : "，原来没有"));
            }
            if (done.getLong("clocks") > 0) {
                lines.add(done.getLong("clocks") + " 个暂定的期限" + (check ? "将" : "") + "按它重新推算");
            }
            lines.add(check ? "只检查，没有导入。" : done.getBoolean("imported") ? "已导入；运行中的服务在半分钟内用上。" : "与现有的一样，没有改动。");
            return new Told(lines, true);
        });
    }

    private Future<JsonObject> report(CalendarFile file, ClockBook book) {
        JsonArray years = new JsonArray();
        file.notices().values().forEach(notice -> {
            long worked =
                    notice.days().stream().filter(ServiceCalendar.Day::works).count();
            boolean known = book.calendar().knows(notice.year());
            JsonArray changes = changes(notice, book);
            years.add(new JsonObject()
                    .put("year", notice.year())
                    .put("number", notice.number())
                    .put("off", notice.days().size() - worked)
                    .put("worked", worked)
                    .put("known", known)
                    .put("days", ClockBooks.json(notice.days()))
                    .put("changes", known ? changes : new JsonArray()));
        });
        JsonArray faults = new JsonArray();
        file.faults()
                .forEach(one ->
                        faults.add(new JsonObject().put("line", one.line()).put("words", one.words())));
        return waiting(new ArrayList<>(file.notices().keySet()))
                .map(clocks -> new JsonObject()
                        .put("years", years)
                        .put("faults", faults)
                        .put("clocks", clocks));
    }

    /** Days the notice sees otherwise than what is known: {@code {"date", "was", "is", "name"}}; WEEKDAY stands for neither. */
    private static JsonArray changes(CalendarFile.Notice notice, ClockBook book) {
        Map<LocalDate, ServiceCalendar.Day> before = new TreeMap<>();
        book.calendar().days(notice.year()).forEach(day -> before.put(day.date(), day));
        Map<LocalDate, ServiceCalendar.Day> after = new TreeMap<>();
        notice.days().forEach(day -> after.put(day.date(), day));
        TreeSet<LocalDate> all = new TreeSet<>(before.keySet());
        all.addAll(after.keySet());
        JsonArray changes = new JsonArray();
        for (LocalDate date : all) {
            ServiceCalendar.Day was = before.get(date);
            ServiceCalendar.Day is = after.get(date);
            if (!kind(was).equals(kind(is)) && changes.size() < MOST_CHANGES && date.getYear() == notice.year()) {
                changes.add(new JsonObject()
                        .put("date", date.toString())
                        .put("was", kind(was))
                        .put("is", kind(is))
                        .put("name", is == null ? was == null ? "" : was.name() : is.name()));
            }
        }
        return changes;
    }

    private static String kind(ServiceCalendar.@Nullable Day day) {
        return day == null ? "WEEKDAY" : day.works() ? "WORK" : "OFF";
    }

    private Future<Long> waiting(List<Integer> years) {
        return db.preparedQuery(WAITING)
                .execute(Tuple.tuple().addArrayOfInteger(years.toArray(Integer[]::new)))
                .map(rows -> rows.iterator().next().getLong("clocks"));
    }

    private static JsonObject version(Row row) {
        return new JsonObject()
                .put("number", row.getString("number"))
                .put("days", row.getJsonArray("days").size())
                .put("setAt", Times.of(row, "at").toString())
                .put("setBy", row.getString("who"))
                .put("why", row.getString("why"));
    }
}
