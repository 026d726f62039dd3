package linge.admin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import linge.db.AuditLog;
import linge.db.Times;
import linge.grids.Grid;
import linge.grids.GridDrafts;
import linge.grids.GridIndex;
import linge.grids.Grids;
import linge.grids.intake.GridDiff;
import linge.grids.intake.GridFault;
import linge.grids.intake.GridImport;
import linge.shared.Caller;
import linge.shared.Refusal;

/**
 * Files of grids as administrators bring them: checked whole beside the grids in force, kept without a day where nothing is wrong, and
 * given a day, or called back, by somebody who has seen what they change.
 */
final class GridImports {

    /** Faults kept of one file; whoever has more mends these first. */
    static final int MOST_FAULTS = 500;

    private static final int BATCH = 1_000;
    private static final Duration KEPT = Duration.ofDays(30);

    private static final String ADD = """
            INSERT INTO grid_imports (version, compared_with, file_name, bytes, residential, dedicated, same, faults, fault_count,
              warnings, staff_id, by_name, at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id""";
    private static final String ADD_CHANGES = """
            INSERT INTO grid_import_changes (import, code, name, change, what, moved, west, south, east, north)
            SELECT $1, code, name, change, string_to_array(what, ','), moved, west, south, east, north
            FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::float8[], $8::float8[], $9::float8[],
              $10::float8[]) AS row (code, name, change, what, moved, west, south, east, north)""";
    private static final String LOCK = """
            SELECT i.version, i.compared_with, i.cancelled_at, v.effective_from
            FROM grid_imports i LEFT JOIN grid_versions v ON v.id = i.version WHERE i.id = $1 FOR UPDATE OF i""";
    private static final String CANCEL = "UPDATE grid_imports SET cancelled_at = $2 WHERE id = $1";
    private static final String OLD = """
            SELECT i.id, i.version FROM grid_imports i LEFT JOIN grid_versions v ON v.id = i.version
            WHERE i.at < $1 AND (i.version IS NULL OR v.effective_from IS NULL)
            ORDER BY i.id LIMIT 20 FOR UPDATE OF i SKIP LOCKED""";
    private static final String FORGET = "DELETE FROM grid_imports WHERE id = ANY ($1)";
    private static final String FORGET_GRIDS = "DELETE FROM grids WHERE version = ANY ($1)";
    private static final String FORGET_VERSIONS =
            "DELETE FROM grid_versions WHERE id = ANY ($1) AND effective_from IS NULL";

    private final Vertx vertx;
    private final Pool db;
    private final Clock clock;
    private final Grids grids;
    private final GridDrafts drafts;
    private final GridImport intake;
    private final Uploads uploads;
    private final GridImportView view;
    private final WorkerExecutor worker;
    private final AtomicBoolean checking = new AtomicBoolean();

    GridImports(AdminHouse.Ground on) {
        this.vertx = on.vertx();
        this.db = on.db();
        this.clock = on.clock();
        this.grids = on.grids();
        this.drafts = new GridDrafts(on.vertx(), on.db());
        this.intake = new GridImport(on.grids().gazetteer(), on.clock());
        this.uploads = new Uploads(on.vertx(), on.folder().resolve("grid-uploads"));
        this.worker = vertx.createSharedWorkerExecutor("linge-grid-intake", 1, 10, TimeUnit.MINUTES);
        this.view = new GridImportView(on.db(), on.clock(), on.grids(), worker);
    }

    GridImportView view() {
        return view;
    }

    /** What a file is, checked. */
    private record Checked(long bytes, GridIndex beside, GridImport.Looked looked, GridDiff.Changes diff) {
        boolean isSound() {
            return looked.report().faults().isEmpty();
        }
    }

    /** Takes a paused request's body, checks it and keeps what came of it; answers the import's id. */
    Future<Long> take(HttpServerRequest request, String fileName, Caller.Staff who) {
        if (!checking.compareAndSet(false, true)) {
            return Future.failedFuture(Refusal.of(Refusal.Kind.OUT_OF_TURN, "另一个网格文件正在检查，请稍后再上传。"));
        }
        return uploads.take(
                        request,
                        (file, bytes) -> worker.executeBlocking(() -> checked(file, bytes), false)
                                .compose(checked -> db.withTransaction(tx -> keep(tx, checked, fileName, who))))
                .eventually(() -> {
                    checking.set(false);
                    return Future.succeededFuture();
                });
    }

    private Checked checked(Path file, long bytes) {
        GridIndex beside = grids.index();
        GridImport.Looked looked = intake.look(file, beside.all());
        GridDiff.Changes diff = looked.report().faults().isEmpty()
                ? GridDiff.between(beside.all(), looked.grids())
                : new GridDiff.Changes(List.of(), 0);
        return new Checked(bytes, beside, looked, diff);
    }

    private Future<Long> keep(SqlConnection tx, Checked checked, String fileName, Caller.Staff who) {
        Instant now = clock.instant();
        List<Grid> all = checked.looked().grids();
        Future<Long> version =
                checked.isSound() ? drafts.keep(tx, fileName, who.name(), now, all) : Future.succeededFuture();
        List<GridFault> faults = checked.looked().report().faults();
        JsonArray told = new JsonArray();
        faults.stream()
                .limit(MOST_FAULTS)
                .forEach(fault -> told.add(new JsonObject()
                        .put("feature", fault.feature())
                        .put("code", fault.code())
                        .put("detail", fault.detail())));
        return version.compose(kept -> tx.preparedQuery(ADD)
                        .execute(Tuple.tuple()
                                .addLong(kept)
                                .addLong(checked.beside().version().id())
                                .addString(fileName)
                                .addLong(checked.bytes())
                                .addInteger(checked.looked().report().residential())
                                .addInteger(checked.looked().report().dedicated())
                                .addInteger(checked.diff().same())
                                .addValue(told)
                                .addInteger(faults.size())
                                .addValue(
                                        new JsonArray(checked.looked().report().warnings()))
                                .addUUID(who.id())
                                .addString(who.name())
                                .addOffsetDateTime(Times.at(now))))
                .map(rows -> rows.iterator().next().getLong("id"))
                .compose(id -> changes(tx, id, checked.diff().changes(), 0)
                        .compose(done -> AuditLog.write(
                                tx,
                                who,
                                "grids.upload",
                                fileName,
                                new JsonObject()
                                        .put("id", id)
                                        .put("grids", all.size())
                                        .put("faults", faults.size())
                                        .put("changes", checked.diff().changes().size()),
                                now))
                        .map(id));
    }

    private static Future<Void> changes(SqlConnection tx, long id, List<GridDiff.Change> all, int from) {
        if (from >= all.size()) {
            return Future.succeededFuture();
        }
        List<GridDiff.Change> some = all.subList(from, Math.min(all.size(), from + BATCH));
        Tuple rows = Tuple.tuple()
                .addLong(id)
                .addArrayOfString(some.stream().map(GridDiff.Change::code).toArray(String[]::new))
                .addArrayOfString(some.stream().map(GridDiff.Change::name).toArray(String[]::new))
                .addArrayOfString(some.stream().map(one -> one.kind().name()).toArray(String[]::new))
                .addArrayOfString(some.stream()
                        .map(one -> String.join(
                                ",", one.what().stream().map(Enum::name).toList()))
                        .toArray(String[]::new))
                .addArrayOfInteger(some.stream().map(GridDiff.Change::moved).toArray(Integer[]::new))
                .addArrayOfDouble(some.stream().map(one -> one.box().getMinX()).toArray(Double[]::new))
                .addArrayOfDouble(some.stream().map(one -> one.box().getMinY()).toArray(Double[]::new))
                .addArrayOfDouble(some.stream().map(one -> one.box().getMaxX()).toArray(Double[]::new))
                .addArrayOfDouble(some.stream().map(one -> one.box().getMaxY()).toArray(Double[]::new));
        return tx.preparedQuery(ADD_CHANGES).execute(rows).compose(done -> changes(tx, id, all, from + BATCH));
    }

    /**
     * Gives a file its first day. Fails with {@code OUT_OF_TURN} where it has faults, a day, or was called back; with
     * {@code STALE_VERSION} when other grids came into force since it was compared; with {@code ALREADY_THERE} where that day is taken.
     */
    Future<Void> schedule(long id, LocalDate day, Caller.Staff who) {
        if (!day.isAfter(today()) || day.isAfter(today().plusYears(2))) {
            throw Refusal.notSensible("/effectiveFrom", "生效日期应是明天以后、两年以内的一天；当天零点起生效。");
        }
        return db.withTransaction(tx -> locked(tx, id).compose(row -> {
                    Long version = row.getLong("version");
                    if (version == null) {
                        throw Refusal.of(Refusal.Kind.OUT_OF_TURN, "这个文件还有错误，请改正后重新上传。");
                    }
                    if (row.getValue("cancelled_at") != null || row.getLocalDate("effective_from") != null) {
                        throw Refusal.of(Refusal.Kind.OUT_OF_TURN, "这个文件已经定了日期或已经取消，请刷新查看。");
                    }
                    if (row.getLong("compared_with") != grids.index().version().id()) {
                        throw Refusal.of(Refusal.Kind.STALE_VERSION, "对照的网格已经更换过，变动不准了，请重新上传这个文件。");
                    }
                    return drafts.isTaken(tx, day)
                            .compose(taken -> {
                                if (taken) {
                                    throw Refusal.of(Refusal.Kind.ALREADY_THERE, "这一天已经有别的网格版本要生效，请换一天或先取消那一个。");
                                }
                                return drafts.schedule(tx, version, day);
                            })
                            .compose(done -> AuditLog.write(
                                    tx,
                                    who,
                                    "grids.schedule",
                                    String.valueOf(id),
                                    new JsonObject().put("effectiveFrom", day.toString()),
                                    clock.instant()))
                            .map(version);
                }))
                .onSuccess(drafts::changed)
                .mapEmpty();
    }

    /** Calls a file back; fails with {@code OUT_OF_TURN} once its day has come. */
    Future<Void> cancel(long id, Caller.Staff who) {
        return db.withTransaction(tx -> locked(tx, id).compose(row -> {
            if (row.getValue("cancelled_at") != null) {
                throw Refusal.of(Refusal.Kind.OUT_OF_TURN, "这个文件已经取消了。");
            }
            Long version = row.getLong("version");
            return (version == null ? Future.succeededFuture(true) : drafts.callBack(tx, version, today()))
                    .compose(done -> {
                        if (!done) {
                            throw Refusal.of(Refusal.Kind.OUT_OF_TURN, "这一版网格已经生效，不能取消；要换回去请上传原来的文件。");
                        }
                        return tx.preparedQuery(CANCEL).execute(Tuple.of(id, Times.at(clock.instant())));
                    })
                    .compose(done -> AuditLog.write(
                            tx, who, "grids.cancel", String.valueOf(id), new JsonObject(), clock.instant()));
        }));
    }

    private static Future<Row> locked(SqlClient tx, long id) {
        return tx.preparedQuery(LOCK).execute(Tuple.of(id)).map(rows -> {
            if (rows.size() == 0) {
                throw Refusal.notFound("这次上传");
            }
            return rows.iterator().next();
        });
    }

    /** Housekeeping: what nobody gave a day for a month goes, with its grids. */
    Future<Void> forgetOld() {
        return db.withTransaction(tx -> tx.preparedQuery(OLD)
                .execute(Tuple.of(Times.at(clock.instant().minus(KEPT))))
                .compose(rows -> {
                    if (rows.size() == 0) {
                        return Future.succeededFuture();
                    }
                    List<Long> imports = new java.util.ArrayList<>();
                    List<Long> versions = new java.util.ArrayList<>();
                    rows.forEach(row -> {
                        imports.add(row.getLong("id"));
                        if (row.getLong("version") != null) {
                            versions.add(row.getLong("version"));
                        }
                    });
                    Tuple theirs = Tuple.tuple().addArrayOfLong(versions.toArray(Long[]::new));
                    return tx.preparedQuery(FORGET)
                            .execute(Tuple.tuple().addArrayOfLong(imports.toArray(Long[]::new)))
                            .compose(done -> tx.preparedQuery(FORGET_GRIDS).execute(theirs))
                            .compose(done -> tx.preparedQuery(FORGET_VERSIONS).execute(theirs))
                            .mapEmpty();
                }));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Grids.SHANGHAI);
    }
}
