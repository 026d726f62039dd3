package linge.legal;

import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import linge.db.Times;
import linge.grids.GeoPoint;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/** One application with its case, as far as its desk goes by it; who may do what with it. Pure. */
record AidApplication(
        UUID caseId,
        String number,
        UUID resident,
        String area,
        @Nullable String address,
        @Nullable GeoPoint point,
        String state,
        AidStage stage,
        int version,
        Instant filedAt,
        @Nullable Instant due,
        String matter,
        @Nullable String name,
        @Nullable LocalDate limitation,
        boolean atOnce,
        Told told,
        Decision decision,
        Help help,
        Objection objection,
        @Nullable String report,
        @Nullable Instant reportedAt) {

    static final String JUSTICE = "JUSTICE";

    record Told(
            List<String> papers,
            @Nullable Instant at,
            @Nullable LocalDate until,
            @Nullable Instant supplied) {}

    record Decision(
            @Nullable Boolean granted,
            @Nullable String article,
            @Nullable String reason,
            @Nullable Instant at,
            @Nullable UUID by,
            @Nullable String name) {}

    record Help(
            @Nullable String helper,
            @Nullable String office,
            @Nullable String phone,
            @Nullable Instant at) {}

    record Objection(
            @Nullable String words,
            @Nullable Instant at,
            @Nullable Boolean right,
            @Nullable String answer,
            @Nullable String by,
            @Nullable String again) {}

    static final String COLUMNS = """
            c.id, c.number, c.resident_id, c.area, c.address, c.lon, c.lat, c.state::text AS state, c.resume_to::text AS resume_to, c.version, c.filed_at, c.due_at,
            a.matter, a.applicant, a.limitation, a.at_once, a.told, a.told_at, a.told_until, a.supplied_at, a.granted, a.article, a.reason,
            a.decided_at, a.decided_by, a.decided_name, a.helper, a.helper_office, a.helper_phone, a.assigned_at, a.objection,
            a.objected_at, a.objection_right, a.objection_answer, a.objection_by, a.again, a.report, a.reported_at""";

    static AidApplication of(Row row) {
        String[] papers = row.getArrayOfStrings("told");
        Double lon = row.getDouble("lon");
        Double lat = row.getDouble("lat");
        return new AidApplication(
                row.getUUID("id"),
                row.getString("number"),
                row.getUUID("resident_id"),
                row.getString("area"),
                row.getString("address"),
                lon == null || lat == null ? null : GeoPoint.wgs84(lon, lat),
                row.getString("state"),
                AidStage.of(
                        row.getString("state"),
                        row.getString("resume_to"),
                        row.getString("objection") != null,
                        row.getBoolean("objection_right")),
                row.getInteger("version"),
                Times.of(row, "filed_at"),
                Times.orNull(row, "due_at"),
                row.getString("matter"),
                row.getString("applicant"),
                row.getLocalDate("limitation"),
                row.getBoolean("at_once"),
                new Told(
                        papers == null ? List.of() : List.of(papers),
                        Times.orNull(row, "told_at"),
                        row.getLocalDate("told_until"),
                        Times.orNull(row, "supplied_at")),
                new Decision(
                        row.getBoolean("granted"),
                        row.getString("article"),
                        row.getString("reason"),
                        Times.orNull(row, "decided_at"),
                        row.getUUID("decided_by"),
                        row.getString("decided_name")),
                new Help(
                        row.getString("helper"),
                        row.getString("helper_office"),
                        row.getString("helper_phone"),
                        Times.orNull(row, "assigned_at")),
                new Objection(
                        row.getString("objection"),
                        Times.orNull(row, "objected_at"),
                        row.getBoolean("objection_right"),
                        row.getString("objection_answer"),
                        row.getString("objection_by"),
                        row.getString("again")),
                row.getString("report"),
                Times.orNull(row, "reported_at"));
    }

    /** The county's 司法局, and the centres of the county and above it. */
    static boolean atDesk(Caller.Staff who, String area) {
        return switch (who.role()) {
            case DISPATCHER, SUPERVISOR -> AreaLevel.covers(who.area(), area);
            case DEPARTMENT_OFFICER ->
                JUSTICE.equals(who.department()) && who.area().equals(area);
            default -> false;
        };
    }

    boolean maySee(Caller who) {
        return who instanceof Caller.Resident one
                ? one.id().equals(resident)
                : who instanceof Caller.Staff staff && atDesk(staff, area);
    }

    /** Whether this act is this person's to make; the stage is another question. */
    boolean mayMake(Caller who, AidAct act) {
        if (!maySee(who)) {
            return false;
        }
        if (!(who instanceof Caller.Staff staff)) {
            return act.by() == AidAct.By.APPLICANT;
        }
        return switch (act.by()) {
            // Supervisors look on: what they would decide they would have to supervise.
            case DESK -> staff.role() != Role.SUPERVISOR;
            case JUSTICE ->
                staff.role() == Role.DEPARTMENT_OFFICER && !staff.id().equals(decision.by());
            case APPLICANT -> false;
        };
    }

    /** Why this act cannot be made now, in one sentence; null when it can. */
    @Nullable
    String against(AidAct act) {
        if (!act.at().contains(stage)) {
            return "这件申请现在是“" + stage.label() + "”，不能“" + act.label() + "”。";
        }
        return switch (act) {
            case TELL_MISSING ->
                told.at() != null
                        ? "需要补正的材料已经一次告知过，不能再次要求补正（法律援助法第四十三条）。"
                        : stage == AidStage.EXAMINING && atOnce
                                ? "时效或者期限不足七日，请先决定给予援助，材料受理后再补（法律援助法第四十四条）。"
                                : stage != AidStage.EXAMINING && !atOnce ? "已经作出决定，不再要求补正。" : null;
            case SUPPLY -> told.at() == null || told.supplied() != null ? "现在没有要补交的材料。" : null;
            default -> null;
        };
    }

    List<AidAct> offered(Caller who) {
        List<AidAct> offered = new ArrayList<>();
        for (AidAct act : AidAct.values()) {
            if (mayMake(who, act) && against(act) == null) {
                offered.add(act);
            }
        }
        return offered;
    }

    /** 王某某 becomes 王**. */
    String masked() {
        return name == null ? "申请人" : name.substring(0, name.offsetByCodePoints(0, 1)) + "**";
    }

    JsonArray acts(Caller who) {
        JsonArray acts = new JsonArray();
        offered(who).forEach(act -> acts.add(act.name()));
        return acts;
    }
}
