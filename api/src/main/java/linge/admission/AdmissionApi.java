package linge.admission;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import linge.cases.Case;
import linge.cases.LeaveNotices;
import linge.cases.StaffCases;
import linge.db.AuditLog;
import linge.grids.Grids;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Names;
import linge.shared.Refusal;
import linge.shared.Role;
import linge.shared.Words;
import org.jspecify.annotations.Nullable;

/** The list as pages show and change it, and requests for single matters. */
final class AdmissionApi {

    private static final int PAGE = 50;
    /** Nobody decides so far ahead. */
    private static final int YEARS = 2;

    private final Pool db;
    private final Clock clock;
    private final StaffCases cases;
    private final Grids grids;
    private final Names names;
    private final AdmissionStore store;
    private final Gate gate;
    private final LeaveNotices notices;

    AdmissionApi(AdmissionHouse.Ground on, AdmissionStore store, Gate gate) {
        this.db = on.db();
        this.clock = on.clock();
        this.cases = on.cases();
        this.grids = on.grids();
        this.names = on.names();
        this.store = store;
        this.gate = gate;
        this.notices = on.notices();
    }

    void mount(Contract contract) {
        contract.on("getAdmissionList", this::get)
                .on("importAdmissionList", this::take)
                .on("askAdmission", this::ask)
                .on("listAdmissionRequests", this::requests)
                .on("decideAdmission", this::decide);
    }

    private Future<Answer> get(Call call) {
        Caller.Staff who = call.staff();
        String wanted = call.query("area");
        String area = wanted == null ? who.area() : wanted;
        if (!AreaLevel.isCode(area) || !(AreaLevel.covers(who.area(), area) || AreaLevel.covers(area, who.area()))) {
            throw Refusal.notAllowed("只能看本区域的清单。");
        }
        List<Item> example = Item.example();
        return store.inForce(db, area, gate.today())
                .compose(list -> (list == null ? Future.succeededFuture(List.<Item>of()) : store.items(db, list.id()))
                        .compose(items -> store.versions(db, list == null ? area : list.area())
                                .map(versions -> Answer.ok(new JsonObject()
                                        .put("area", area)
                                        .put("areaName", names.area(area))
                                        .put(
                                                "list",
                                                list == null
                                                        ? null
                                                        : list.toJson().put("areaName", names.area(list.area())))
                                        .put("items", shown(items))
                                        .put("csv", ListFile.written(items.isEmpty() ? example : items))
                                        .put("versions", versions)
                                        .put("example", ListFile.written(example))))));
    }

    private Future<Answer> take(Call call) {
        Caller.Staff who = call.staff();
        if (who.role() != Role.ADMINISTRATOR) {
            throw Refusal.notAllowed("准入清单由管理员导入。");
        }
        JsonObject body = call.body();
        String area = area(who, body.getString("area"));
        ListFile file = ListFile.read(body.getString("csv"));
        boolean check = body.getBoolean("check", false);
        LocalDate effective = day(body.getString("effective"));
        JsonObject report = new JsonObject()
                .put("imported", false)
                .put("items", shown(file.items()))
                .put("faults", file.faultsJson());
        if (check || !file.faults().isEmpty()) {
            return Future.succeededFuture(Answer.ok(report));
        }
        String why = Words.of(body.getString("why"));
        if (why == null) {
            throw Refusal.notSensible("/why", "请写明依据，例如印发清单的文号。");
        }
        boolean example = file.items().equals(Item.example());
        Instant now = clock.instant();
        return db.withTransaction(tx -> store.add(tx, area, effective, example, why, file.items(), who, now)
                        .compose(id -> AuditLog.write(
                                tx,
                                who,
                                "admission.imported",
                                area,
                                new JsonObject()
                                        .put("list", id)
                                        .put("items", file.items().size())
                                        .put("effective", effective.toString())
                                        .put("why", why),
                                now)))
                .map(done -> Answer.ok(report.put("imported", true)));
    }

    private Future<Answer> ask(Call call) {
        Caller.Staff who = call.staff();
        if (who.role() != Role.DISPATCHER && who.role() != Role.DEPARTMENT_OFFICER) {
            throw Refusal.notAllowed("单件准入由部门或分流员申请。");
        }
        String grid = call.body().getString("grid");
        String why = Words.of(call.body().getString("why"));
        if (why == null) {
            throw Refusal.notSensible("/why", "请写明为什么要交给网格办。");
        }
        boolean known = AreaLevel.isCode(grid)
                && AreaLevel.of(grid) == AreaLevel.GRID
                && grids.index().get(grid).isPresent();
        if (!known) {
            throw Refusal.notSensible("/grid", "没有这个网格，请重新选择。");
        }
        return cases.find(call.path("number"), who)
                .compose(c -> store.cameFrom(db, c.facts().id()).compose(department -> {
                    if (department == null) {
                        throw Refusal.of(Refusal.Kind.OUT_OF_TURN, "还没有部门经手过这件诉求，派给网格不用申请准入。");
                    }
                    if (!AreaLevel.covers(who.area(), grid)) {
                        throw Refusal.notSensible("/grid", "只能交给本区域之内的网格。");
                    }
                    Instant now = clock.instant();
                    return db.withTransaction(tx -> store.ask(tx, c, grid, department, why, who, now)
                            .compose(id -> id == null
                                    ? Future.succeededFuture()
                                    : asked(tx, id, c, grid, department, why, who, now))
                            .compose(done -> store.newest(tx, c.facts().id(), grid, department)));
                }))
                .map(asked -> Answer.created(Objects.requireNonNull(asked).shown()));
    }

    private Future<Void> asked(
            SqlConnection tx,
            long id,
            Case c,
            String grid,
            String department,
            String why,
            Caller.Staff who,
            Instant at) {
        String number = c.facts().number();
        JsonObject details =
                new JsonObject().put("request", id).put("grid", grid).put("department", department);
        return AuditLog.write(tx, who, "admission.asked", number, details, at)
                .compose(done -> notices.asked(
                        tx,
                        "admission:" + id,
                        number,
                        c.facts().area(),
                        who,
                        "申请单件准入，交给" + names.area(grid) + "：" + why));
    }

    private Future<Answer> requests(Call call) {
        Caller.Staff who = call.staff();
        int most = call.integer("limit", PAGE);
        String after = call.query("after");
        return store.page(db, who, row(after == null ? "0" : after), most + 1).map(items -> {
            boolean more = items.size() > most;
            if (more) {
                items.remove(most);
            }
            return Answer.ok(new JsonObject()
                    .put("items", items)
                    .put(
                            "next",
                            more ? String.valueOf(items.getJsonObject(most - 1).getLong("id")) : null));
        });
    }

    private Future<Answer> decide(Call call) {
        Caller.Staff who = call.staff();
        if (who.role() != Role.SUPERVISOR) {
            throw Refusal.notAllowed("单件准入由中心督办员批准。");
        }
        String reason = Words.of(call.body().getString("reason"));
        if (reason == null) {
            throw Refusal.notSensible("/reason", "请写明理由，会记进这件诉求的历史。");
        }
        long id = row(call.path("id"));
        boolean grant = call.body().getBoolean("grant");
        Instant now = clock.instant();
        return db.withTransaction(tx -> store.held(tx, id).compose(found -> {
                    if (found == null || !AreaLevel.covers(who.area(), found.area())) {
                        throw Refusal.notFound("这个准入申请");
                    }
                    if (found.askedBy().equals(who.id())) {
                        throw Refusal.notAllowed("自己的申请要由别人批准。");
                    }
                    if (!found.open()) {
                        throw Refusal.of(Refusal.Kind.OUT_OF_TURN, "这个准入申请已经有人决定了。");
                    }
                    return store.decide(tx, id, grant, reason, who, now)
                            .compose(done -> AuditLog.write(
                                    tx,
                                    who,
                                    grant ? "admission.granted" : "admission.refused",
                                    found.shown().getString("number"),
                                    new JsonObject().put("request", id).put("reason", reason),
                                    now))
                            .compose(done -> notices.decided(
                                    tx,
                                    "admission:" + id,
                                    found.shown().getString("number"),
                                    found.askedBy(),
                                    (grant ? "单件准入已批准：" : "单件准入没有批准：") + reason))
                            .compose(done -> store.request(tx, id));
                }))
                .map(decided -> Answer.ok(Objects.requireNonNull(decided).shown()));
    }

    private LocalDate day(@Nullable String given) {
        LocalDate today = gate.today();
        if (given == null) {
            return today;
        }
        LocalDate day;
        try {
            day = LocalDate.parse(given);
        } catch (DateTimeParseException e) {
            throw Refusal.badInput("/effective", "日期不对，请重新选择。");
        }
        if (day.isBefore(today) || day.isAfter(today.plusYears(YEARS))) {
            throw Refusal.notSensible("/effective", "实行日期从今天起，两年之内。");
        }
        return day;
    }

    private static String area(Caller.Staff who, @Nullable String wanted) {
        String area = wanted == null ? who.area() : wanted;
        if (!AreaLevel.isCode(area) || !AreaLevel.covers(who.area(), area)) {
            throw Refusal.notAllowed("只能管本区域之内的。");
        }
        if (AreaLevel.of(area).digits() > AreaLevel.COUNTY.digits()) {
            throw Refusal.notSensible("/area", "清单按市和县（区）设，乡镇以下随县（区）。");
        }
        return area;
    }

    private static JsonArray shown(List<Item> items) {
        JsonArray shown = new JsonArray();
        items.forEach(one -> shown.add(one.toJson()));
        return shown;
    }

    private static long row(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw Refusal.notFound("这一条");
        }
    }
}
