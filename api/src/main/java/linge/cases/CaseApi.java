package linge.cases;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import linge.clocks.WorkingTime;
import linge.grids.GeoPoint;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.media.Media;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Words;
import org.jspecify.annotations.Nullable;

/** The operations on cases: filing, reading, moving, rating, and asking who filed. */
public final class CaseApi {

    private static final int PAGE = 20;

    private final Cases cases;
    private final CaseLists lists;
    private final CaseView view;
    private final Media media;
    private final Pool db;

    public CaseApi(Cases cases, Cases.Ground on) {
        this.db = on.db();
        this.cases = cases;
        this.lists = new CaseLists(on);
        this.view = CaseView.on(on);
        this.media = on.media();
    }

    public void mount(Contract contract) {
        contract.on("fileCase", this::file)
                .on("listCases", this::list)
                .on("getCase", this::get)
                .on("getCaseHistory", this::history)
                .on("makeMove", this::move)
                .on("rateCase", this::rate)
                .on("revealIdentity", this::reveal);
    }

    private Future<Answer> file(Call call) {
        Caller.Resident resident = call.resident();
        return cases.file(resident, filing(call))
                .compose(filed -> view.whole(filed, resident))
                .map(shown -> Answer.created(shown).with("location", "/api/cases/" + shown.getString("number")));
    }

    private Future<Answer> list(Call call) {
        Caller caller = call.caller();
        String wanted = call.query("view");
        CaseLists.View which =
                wanted == null ? CaseLists.View.OPEN : CaseLists.View.valueOf(wanted.toUpperCase(Locale.ROOT));
        String query = call.query("q");
        return lists.page(caller, which, Words.of(query), call.query("after"), call.integer("limit", PAGE))
                .compose(page -> lists.counts(caller, page.hats())
                        .compose(counts -> thumbnails(page)
                                .map(items -> Answer.ok(new JsonObject()
                                        .put("items", items)
                                        .put("next", page.next())
                                        .put(
                                                "counts",
                                                new JsonObject()
                                                        .put("todo", counts.todo())
                                                        .put("open", counts.open())
                                                        .put("overdue", counts.overdue())
                                                        .put("closed", counts.closed()))))));
    }

    private Future<JsonArray> thumbnails(CaseLists.Page page) {
        List<UUID> ids = page.items().stream().map(c -> c.facts().id()).toList();
        return media.firstOf(db, ids).map(first -> {
            JsonArray items = new JsonArray();
            page.items().forEach(c -> {
                JsonObject summary = view.summary(c).put("actingFor", Hats.actingFor(page.hats(), c));
                if (first.containsKey(c.facts().id())) {
                    summary.put("thumbnail", first.get(c.facts().id()).toJson().getString("thumbnail"));
                }
                items.add(summary);
            });
            return items;
        });
    }

    private Future<Answer> get(Call call) {
        return cases.find(number(call), call.caller())
                .compose(found -> view.whole(found, call.caller()))
                .map(Answer::ok);
    }

    private Future<Answer> history(Call call) {
        return cases.find(number(call), call.caller())
                .compose(found -> cases.history(found)
                        .compose(lines -> media.ofCase(db, found.facts().id()).map(items -> {
                            JsonArray shown = new JsonArray();
                            lines.forEach(line -> shown.add(view.line(line, items, call.caller())));
                            return Answer.ok(new JsonObject().put("items", shown));
                        })));
    }

    private Future<Answer> move(Call call) {
        JsonObject body = call.body();
        MoveRequest request = MoveRequest.of(Move.valueOf(body.getString("move")), body.getInteger("version"))
                .but(r -> {
                    r.words = Words.of(body.getString("words"));
                    r.channel = Words.of(body.getString("channel"));
                    r.target = target(call.caller(), body);
                    r.category = body.getString("category");
                    r.media = ids(body.getJsonArray("media"));
                    r.without = Words.of(body.getString("without"));
                    r.days = body.getInteger("days");
                    r.until = until(body.getString("until"));
                    r.visit = body.getString("visit") == null ? null : Visit.valueOf(body.getString("visit"));
                    r.key = key(call);
                });
        return made(call, request);
    }

    private Future<Answer> rate(Call call) {
        JsonObject body = call.body();
        Caller.Resident resident = call.resident();
        return cases.find(number(call), resident)
                .compose(found -> made(
                        call,
                        MoveRequest.of(
                                        Move.RATE,
                                        Objects.requireNonNullElse(
                                                body.getInteger("version"),
                                                found.now().version()))
                                .but(r -> {
                                    r.words = Words.of(body.getString("words"));
                                    r.score = body.getInteger("score");
                                })));
    }

    private Future<Answer> made(Call call, MoveRequest request) {
        return cases.make(number(call), request, call.caller())
                .compose(after -> view.whole(after, call.caller()))
                .map(Answer::ok);
    }

    private Future<Answer> reveal(Call call) {
        String purpose = Objects.requireNonNullElse(Words.of(call.body().getString("purpose")), "");
        if (purpose.length() < 4) {
            throw Refusal.notSensible("/purpose", "请写明查看身份的用途（至少 4 个字）。");
        }
        return cases.reveal(number(call), purpose, call.staff())
                .map(profile ->
                        Answer.ok(new JsonObject().put("name", profile.name()).put("phone", profile.phone())));
    }

    /** Staff may send a move again after a lost answer; a resident's pages do not. */
    private static @Nullable String key(Call call) {
        String given = call.header("Idempotency-Key");
        return given != null && call.caller() instanceof Caller.Staff who ? FieldCases.key(who, given) : null;
    }

    private static String number(Call call) {
        return CaseNumber.parse(call.path("number"));
    }

    private static Filing filing(Call call) {
        JsonObject body = call.body();
        String text = Words.of(body.getString("text"));
        if (text == null) {
            throw Refusal.badInput("/text", "请用文字说说您遇到的问题。");
        }
        boolean anonymous = Boolean.TRUE.equals(body.getBoolean("anonymous"));
        boolean confidential = Boolean.TRUE.equals(body.getBoolean("confidential"));
        return new Filing(
                Objects.requireNonNull(call.header("Idempotency-Key")),
                Filing.hashOf(body),
                text,
                null,
                body.getString("category"),
                GeoPoint.of(body.getJsonObject("point"), "/point"),
                Words.of(body.getString("address")),
                body.getString("grid"),
                ids(body.getJsonArray("media")),
                anonymous ? Case.Privacy.ANONYMOUS : confidential ? Case.Privacy.CONFIDENTIAL : Case.Privacy.NAMED,
                null);
    }

    /** Where a dispatch goes: a department at the sender's own centre unless another is named, or an area. */
    private static @Nullable Holder target(Caller caller, JsonObject body) {
        String department = body.getString("department");
        String area = body.getString("to");
        if (department != null && caller instanceof Caller.Staff staff) {
            return new Holder(area == null ? staff.area() : area, department);
        }
        return area == null ? null : Holder.of(area);
    }

    /** The start of that day's service. */
    private static @Nullable Instant until(@Nullable String day) {
        if (day == null) {
            return null;
        }
        try {
            return WorkingTime.opening(LocalDate.parse(day));
        } catch (DateTimeParseException e) {
            throw Refusal.badInput("/until", "日期不对，请重新选择。");
        }
    }

    private static List<UUID> ids(@Nullable JsonArray given) {
        List<UUID> ids = new ArrayList<>();
        if (given != null) {
            for (int i = 0; i < given.size(); i++) {
                try {
                    ids.add(UUID.fromString(given.getString(i)));
                } catch (IllegalArgumentException e) {
                    throw Refusal.badInput("/media/" + i, "附件编号不对，请重新上传。");
                }
            }
        }
        return ids;
    }
}
