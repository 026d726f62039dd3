package linge.legal;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import linge.clocks.ClockView;
import linge.clocks.Clocks;
import linge.db.Times;
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

/** The operations at the desk of legal aid, and how far an application is, as the contract shows it. */
final class LegalAidDeskApi {

    private static final int PAGE = 50;
    private static final String OPEN_STATES =
            "('SUBMITTED', 'ACCEPTED', 'DISPATCHED', 'HANDLING', 'SUSPENDED', 'RESOLVED')";
    private static final String IS_OPEN =
            "(c.state IN " + OPEN_STATES + " OR (a.objected_at IS NOT NULL AND a.objection_at IS NULL))";
    /** An objection has a clock of its own beside the case that ended. */
    private static final String OBJECTION_DUE = """
            (SELECT k.due_at FROM case_clocks k WHERE k.subject = c.id AND k.rule = 'LEGAL_AID_OBJECTION' AND k.stopped_at IS NULL)""";

    private static final String DUE = "coalesce(c.due_at, " + OBJECTION_DUE + ", '9999-12-30T00:00:00Z'::timestamptz)";
    private static final String FROM = " FROM legal_aid a JOIN cases c ON c.id = a.case_id ";
    private static final String MORE =
            "SELECT a.facts, a.opponent, a.missing, a.outcome FROM legal_aid a WHERE a.case_id = $1";

    private final Pool db;
    private final Clock clock;
    private final Clocks clocks;
    private final LegalAidDesk desk;
    private final Names names;

    LegalAidDeskApi(LegalHouse.Ground on, LegalAidDesk desk) {
        this.db = on.db();
        this.clock = on.clock();
        this.clocks = on.clocks();
        this.desk = desk;
        this.names = on.names();
    }

    void mount(Contract contract) {
        contract.on("listLegalAid", this::list)
                .on("getLegalAidAtDesk", this::read)
                .on("actOnLegalAid", this::act);
    }

    private Future<Answer> list(Call call) {
        Caller.Staff who = call.staff();
        boolean justice = who.role() == Role.DEPARTMENT_OFFICER && AidApplication.JUSTICE.equals(who.department());
        boolean centre = (who.role() == Role.DISPATCHER || who.role() == Role.SUPERVISOR)
                && who.area().length() <= AreaLevel.COUNTY.digits();
        if (!justice && !centre) {
            throw Refusal.notAllowed("法律援助申请由县（区）综治中心和司法局办理。");
        }
        boolean open = !"ended".equals(call.query("view"));
        int limit = call.integer("limit", PAGE);
        Cursor from = Cursor.of(call.query("after"), open);
        String sort = open ? DUE : "c.filed_at";
        String direction = open ? "" : " DESC";
        String sql = "SELECT " + sort + " AS sort, " + OBJECTION_DUE + " AS objection_due, " + AidApplication.COLUMNS
                + FROM + "WHERE c.area LIKE $1 || '%' AND " + (open ? "" : "NOT ") + IS_OPEN + " AND (" + sort
                + ", c.id) " + (open ? ">" : "<") + " ($2, $3) ORDER BY " + sort + direction + ", c.id" + direction
                + " LIMIT $4";
        return db.preparedQuery(sql)
                .execute(Tuple.of(who.area(), Times.at(from.at()), from.id(), limit + 1))
                .map(rows -> {
                    JsonArray items = new JsonArray();
                    String next = null;
                    Cursor last = from;
                    for (Row row : rows) {
                        if (items.size() == limit) {
                            next = last.encode();
                            break;
                        }
                        last = new Cursor(Times.of(row, "sort"), row.getUUID("id"));
                        items.add(item(AidApplication.of(row), Times.orNull(row, "objection_due")));
                    }
                    return Answer.ok(new JsonObject().put("items", items).put("next", next));
                });
    }

    private JsonObject item(AidApplication found, @Nullable Instant objectionDue) {
        Instant due = found.due() == null ? objectionDue : found.due();
        LocalDate limitation = found.limitation();
        return new JsonObject()
                .put("number", found.number())
                .put("matter", found.matter())
                .put("name", found.masked())
                .put("area", found.area())
                .put("areaName", names.area(found.area()))
                .put("atOnce", found.atOnce())
                .put("limitation", limitation == null ? null : limitation.toString())
                .put("stage", found.stage().name())
                .put("stageName", found.stage().label())
                .put("filedAt", found.filedAt().toString())
                .put("due", due == null ? null : due.toString())
                .put("overdue", due != null && found.stage() != AidStage.PAPERS && !due.isAfter(clock.instant()));
    }

    private Future<Answer> read(Call call) {
        Caller.Staff who = call.staff();
        return desk.find(db, number(call), who)
                .compose(found -> progress(found, who)
                        .compose(progress -> db.preparedQuery(MORE)
                                .execute(Tuple.of(found.caseId()))
                                .compose(rows -> clocks.nearest(db, found.caseId())
                                        .map(nearest -> {
                                            Row row = rows.iterator().next();
                                            return Answer.ok(new JsonObject()
                                                    .put("item", item(found, nearest == null ? null : nearest.due()))
                                                    .put("outcome", row.getString("outcome"))
                                                    .put("facts", row.getString("facts"))
                                                    .put("opponent", row.getString("opponent"))
                                                    .put("missing", row.getValue("missing"))
                                                    .put("progress", progress));
                                        }))));
    }

    private Future<Answer> act(Call call) {
        if (call.caller() instanceof Caller.Nobody) {
            throw Refusal.of(Refusal.Kind.NOT_SIGNED_IN, "请先登录。");
        }
        JsonObject body = call.body();
        JsonArray papers = body.getJsonArray("papers");
        LegalAidDesk.Said said = new LegalAidDesk.Said(
                Words.of(body.getString("words")),
                Words.of(body.getString("article")),
                papers == null
                        ? List.of()
                        : papers.stream()
                                .map(one -> Words.of(String.valueOf(one)))
                                .filter(java.util.Objects::nonNull)
                                .map(String::valueOf)
                                .distinct()
                                .collect(Collectors.toList()),
                day(body.getString("until")),
                Words.of(body.getString("helper")),
                Words.of(body.getString("office")),
                Words.of(body.getString("phone")),
                body.getBoolean("yes"));
        return desk.make(call.caller(), number(call), AidAct.valueOf(body.getString("act")), said)
                .compose(after -> progress(after, call.caller()))
                .map(Answer::ok);
    }

    /** Schema {@code LegalAidProgress}, to whoever may see it. */
    Future<JsonObject> progress(AidApplication found, Caller who) {
        Instant now = clock.instant();
        return clocks.all(db, found.caseId()).map(all -> {
            JsonArray timed = new JsonArray();
            all.forEach(one -> timed.add(ClockView.of(one, names, now)));
            AidApplication.Told told = found.told();
            AidApplication.Decision decision = found.decision();
            AidApplication.Help help = found.help();
            AidApplication.Objection objection = found.objection();
            return new JsonObject()
                    .put("number", found.number())
                    .put("stage", found.stage().name())
                    .put("stageName", found.stage().label())
                    .put("toldAt", text(told.at()))
                    .put("told", told.at() == null ? null : new JsonArray(told.papers()))
                    .put("until", told.until() == null ? null : told.until().toString())
                    .put("suppliedAt", text(told.supplied()))
                    .put("decidedAt", text(decision.at()))
                    .put("decidedBy", decision.name())
                    .put("article", decision.article())
                    .put("reason", decision.reason())
                    .put("helper", help.helper())
                    .put("office", help.office())
                    .put("phone", help.phone())
                    .put("assignedAt", text(help.at()))
                    .put("objection", objection.words())
                    .put("objectedAt", text(objection.at()))
                    .put("objectionAnswer", objection.answer())
                    .put("objectionBy", objection.by())
                    .put("again", objection.again())
                    .put("report", found.report())
                    .put("reportedAt", text(found.reportedAt()))
                    .put("clocks", timed)
                    .put("acts", found.acts(who));
        });
    }

    /** As it is read out, with spaces and dashes. */
    private static String number(Call call) {
        String digits = call.path("number").replaceAll("[\\s\\-_.]", "");
        if (!digits.matches("[0-9]{12}")) {
            throw Refusal.notFound("这件法律援助申请");
        }
        return digits;
    }

    private static @Nullable LocalDate day(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() >= 2000 && day.getYear() <= 2199) {
                return day;
            }
        } catch (DateTimeParseException e) {
            // Told below like any other day that is none.
        }
        throw Refusal.badInput("/until", "日期应写成 2026-12-31。");
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    /** Where a page begins: the sort time and id of the last one before it. */
    private record Cursor(Instant at, UUID id) {
        private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
        private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

        static Cursor of(@Nullable String text, boolean open) {
            if (text == null) {
                return open ? new Cursor(FIRST, new UUID(0, 0)) : new Cursor(LAST, new UUID(-1, -1));
            }
            try {
                String[] parts =
                        new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\\|", 2);
                Cursor cursor = new Cursor(Instant.parse(parts[0]), UUID.fromString(parts[1]));
                if (cursor.at.isBefore(FIRST) || cursor.at.isAfter(LAST)) {
                    throw new IllegalArgumentException("nothing was ever due then");
                }
                return cursor;
            } catch (IllegalArgumentException | DateTimeParseException | ArrayIndexOutOfBoundsException e) {
                throw Refusal.badInput("/after", "翻页位置不对，请从第一页重新看起。");
            }
        }

        String encode() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((at + "|" + id).getBytes(StandardCharsets.UTF_8));
        }
    }
}
