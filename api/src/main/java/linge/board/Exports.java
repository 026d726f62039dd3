package linge.board;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import linge.cases.CaseState;
import linge.db.AuditLog;
import linge.db.Times;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Words;
import org.jspecify.annotations.Nullable;

/**
 * Lists of rounds as files, written while they are read: a cursor on one side, the reader of the response on the other, and never
 * more than a few hundred rows in between. Each is put on record before its first row goes.
 */
final class Exports {

    /** What a file is. */
    enum Format {
        CSV("text/csv; charset=utf-8"),
        XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

        private final String type;

        Format(String type) {
            this.type = type;
        }

        String extension() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param purpose why names and phones are taken along; null: they are not */
    record Wanted(
            Scope scope,
            Figure figure,
            Figure.Part part,
            Format format,
            @Nullable String purpose) {}

    /** More than this no spreadsheet opens in reasonable time. */
    static final int MOST = 500_000;

    private static final int FETCH = 500;
    private static final int AT_ONCE = 2;
    private static final Duration LONGEST = Duration.ofMinutes(20);
    private static final long PATIENCE_SECONDS = 60;
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.CHINA);

    private static final String RECORD = """
            INSERT INTO case_exports (at, staff, who, format, what, purpose) VALUES ($1, $2, $3, $4, $5, $6)""";
    /** Only who gave the name openly: whoever is confidential or anonymous is asked for one by one, as ever. */
    private static final String REPORTER = """
            SELECT c.id, p.name, p.phone FROM cases c JOIN residents p ON p.id = c.resident_id
            WHERE c.id = ANY ($1) AND c.privacy = 'NAMED'""";

    private static final List<String> COLUMNS = List.of(
            "诉求编号", "第几次办理", "提交时间", "县（区）", "乡镇（街道）", "村（社区）", "网格", "类别", "主管部门", "紧急程度", "状态", "受理期限", "受理时间",
            "办理期限", "结束时间", "结果", "按时受理", "按时办结", "评分", "满意", "内容", "演示");

    private final Pool db;
    private final Clock clock;
    private final BoardView view;
    private final WorkerExecutor workers;

    Exports(Vertx vertx, Pool db, Clock clock, BoardView view) {
        this.db = db;
        this.clock = clock;
        this.view = view;
        this.workers =
                vertx.createSharedWorkerExecutor("linge-exports", AT_ONCE, LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Writes the file into the response and ends it; fails before the first byte, or breaks the connection off. */
    Future<Void> into(Context context, HttpServerResponse response, Wanted wanted, Caller.Staff who) {
        return record(wanted, who).compose(done -> {
            response.setChunked(true)
                    .putHeader("content-type", wanted.format().type)
                    .putHeader("cache-control", "no-store")
                    .putHeader("content-disposition", "attachment; filename=\"" + fileName(wanted) + "\"");
            return workers.executeBlocking(
                    () -> {
                        write(new ResponsePipe(context, response), wanted, who);
                        return null;
                    },
                    false);
        });
    }

    private Future<Void> record(Wanted wanted, Caller.Staff who) {
        Scope scope = wanted.scope();
        JsonObject what = new JsonObject()
                .put("area", scope.area())
                .put("from", scope.period().first().toString())
                .put("to", scope.period().last().toString())
                .put("figure", wanted.figure().name())
                .put("part", wanted.part().name())
                .put("category", scope.category())
                .put("department", scope.department());
        return AuditLog.with(
                db,
                who,
                "board.export",
                scope.area(),
                what.copy().put("purpose", wanted.purpose()),
                clock.instant(),
                tx -> tx.preparedQuery(RECORD)
                        .execute(Tuple.of(
                                Times.at(clock.instant()),
                                who.id(),
                                who.role().label() + who.name(),
                                wanted.format().extension(),
                                what,
                                wanted.purpose()))
                        .mapEmpty());
    }

    /** Blocks: for workers. */
    void write(OutputStream to, Wanted wanted, Caller.Staff who) throws IOException {
        boolean reads = BoardPolicy.readsCases(who);
        boolean named = wanted.purpose() != null;
        SqlConnection connection = got(db.getConnection());
        try {
            Sheet sheet = wanted.format() == Format.CSV ? Sheet.csv(to) : Sheet.xlsx(to, "诉求");
            List<String> head = new ArrayList<>(COLUMNS);
            if (named) {
                head.addAll(List.of("反映人", "电话"));
            }
            sheet.row(head);
            got(connection.begin());
            PreparedStatement statement = got(connection.prepare(Board.listing(wanted.figure(), wanted.part())));
            Cursor cursor = statement.cursor(wanted.scope()
                    .values()
                    .addValue(Times.at(Instant.parse("9999-12-31T00:00:00Z")))
                    .addValue(new UUID(-1, -1))
                    .addValue(MOST));
            do {
                RowSet<Row> rows = got(cursor.read(FETCH));
                List<Board.Listed> page = new ArrayList<>();
                rows.forEach(row -> page.add(Board.listed(row)));
                java.util.Map<UUID, Row> reporters = named ? reporters(connection, page) : java.util.Map.of();
                for (Board.Listed one : page) {
                    sheet.row(cells(one, reads, named, reporters.get(one.id())));
                }
            } while (cursor.hasMore());
            got(cursor.close());
            // Only now: a file that breaks off must not look whole.
            sheet.end();
        } finally {
            connection.close();
        }
    }

    private static java.util.Map<UUID, Row> reporters(SqlConnection on, List<Board.Listed> page) throws IOException {
        UUID[] ids = page.stream().map(Board.Listed::id).toArray(UUID[]::new);
        java.util.Map<UUID, Row> found = new java.util.HashMap<>();
        got(on.preparedQuery(REPORTER).execute(Tuple.tuple().addArrayOfUUID(ids)))
                .forEach(row -> found.put(row.getUUID("id"), row));
        return found;
    }

    private List<@Nullable Object> cells(Board.Listed one, boolean reads, boolean named, @Nullable Row reporter) {
        Round round = one.round();
        String area = one.area();
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(one.number());
        cells.add(round.nth() + 1);
        cells.add(when(round.openedAt()));
        for (int digits : new int[] {6, 9, 12, 15}) {
            cells.add(
                    area.length() >= digits
                            ? view.place(area.substring(0, digits)).getString("name")
                            : null);
        }
        cells.add(view.categoryName(one.category()));
        cells.add(view.departmentName(one.department()));
        cells.add(urgency(one.urgency()));
        cells.add(CaseState.valueOf(one.state()).label());
        cells.add(when(round.acceptDue()));
        cells.add(when(round.acceptedAt()));
        cells.add(when(round.due()));
        cells.add(when(round.closedAt()));
        cells.add(outcome(round.outcome()));
        cells.add(inTime(round.acceptDue(), round.acceptedAt()));
        cells.add(inTime(round.due(), round.closedAt()));
        cells.add(one.score());
        cells.add(round.satisfied() == null ? null : round.satisfied() ? "是" : "否");
        cells.add(reads ? Words.withoutNumbers(one.text()) : null);
        cells.add(one.demo() ? "演示" : null);
        if (named) {
            cells.add(reporter == null ? null : reporter.getString("name"));
            cells.add(reporter == null ? null : reporter.getString("phone"));
        }
        return cells;
    }

    private static String urgency(String urgency) {
        return switch (urgency) {
            case "EMERGENCY" -> "紧急";
            case "URGENT" -> "加急";
            default -> "普通";
        };
    }

    private static @Nullable String outcome(Round.@Nullable Outcome outcome) {
        return outcome == null
                ? null
                : switch (outcome) {
                    case ANSWERED -> "已反馈";
                    case DECLINED -> "不予受理";
                    case WITHDRAWN -> "居民撤回";
                };
    }

    private @Nullable String inTime(@Nullable Instant due, @Nullable Instant done) {
        if (due == null || done == null && due.isAfter(clock.instant())) {
            return null;
        }
        return done != null && !done.isAfter(due) ? "是" : "否";
    }

    private static @Nullable String when(@Nullable Instant at) {
        return at == null ? null : WHEN.format(at.atZone(Period.ZONE));
    }

    private static String fileName(Wanted wanted) {
        Scope scope = wanted.scope();
        return "linge-" + scope.area() + "-" + wanted.figure().name().toLowerCase(Locale.ROOT) + "-"
                + scope.period().first() + "-" + scope.period().last() + "."
                + wanted.format().extension();
    }

    /** Waits on a worker for what the database answers. */
    private static <T> T got(Future<T> future) throws IOException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            throw new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException(e);
        }
    }
}
