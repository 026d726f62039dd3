package linge.clocks;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
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

/** The clock board of centres and grids, and what administrators set: calendar, service hours, rules. */
final class ClockApi {

    private static final int PAGE = 50;

    private final Pool db;
    private final Clocks clocks;
    private final ClockStore store = new ClockStore();
    private final ClockBooks books;
    private final ClockRules rules;
    private final Calendars calendars;
    private final Subjects subjects;
    private final Names names;

    ClockApi(Pool db, Clocks clocks, ClockBooks books, Calendars calendars, Subjects subjects, Names names) {
        this.db = db;
        this.clocks = clocks;
        this.books = books;
        this.rules = new ClockRules(db, names);
        this.calendars = calendars;
        this.subjects = subjects;
        this.names = names;
    }

    void mount(Contract contract) {
        contract.on("listClocks", this::board)
                .on(
                        "listClockProfiles",
                        call -> rules.shown(area(reads(call), call.query("area")))
                                .map(Answer::ok))
                .on(
                        "listClockRuleVersions",
                        call -> rules.versions(code(call), area(reads(call), call.query("area")))
                                .map(Answer::ok))
                .on("changeClockRule", this::changeRule)
                .on("changeServiceHours", this::changeHours)
                .on("getCalendar", call -> {
                    call.staff();
                    int year = call.integer("year", 0);
                    return calendars.shown(year == 0 ? null : year).map(Answer::ok);
                })
                .on("importCalendar", this::importCalendar);
    }

    private Future<Answer> board(Call call) {
        Caller.Staff who = watches(call);
        String area = area(who, call.query("area"));
        Instant now = clocks.now();
        Instant until = now.plus(Duration.ofHours(call.integer("hours", 24)));
        int most = call.integer("limit", PAGE);
        ClockStore.After after = after(call.query("cursor"));
        return sight(who, area)
                .compose(sight -> store.counts(db, area, sight, now, until)
                        .compose(counts -> store.board(db, area, sight, until, after, most + 1)
                                .compose(found -> {
                                    List<RunningClock> page = found.subList(0, Math.min(most, found.size()));
                                    return subjects.shown(
                                                    who,
                                                    page.stream()
                                                            .map(RunningClock::subject)
                                                            .distinct()
                                                            .toList())
                                            .map(shown -> Answer.ok(new JsonObject()
                                                    .put("items", items(page, shown, now))
                                                    .put(
                                                            "next",
                                                            found.size() > most ? cursor(page.get(most - 1)) : null)
                                                    .put("now", now.toString())
                                                    .put("red", counts.red())
                                                    .put("soon", counts.soon())
                                                    .put("provisional", counts.provisional())));
                                })));
    }

    /** Who looks at a part of their area looks at that part alone. */
    private Future<Subjects.Sight> sight(Caller.Staff who, String area) {
        return subjects.sight(who)
                .map(all -> area.equals(who.area()) ? all : new Subjects.Sight(all.without(), List.of()));
    }

    private JsonArray items(List<RunningClock> page, Map<UUID, JsonObject> shown, Instant now) {
        JsonArray items = new JsonArray();
        for (RunningClock clock : page) {
            JsonObject subject = shown.get(clock.subject());
            if (subject != null) {
                items.add(ClockView.of(clock, names, now).put("subject", subject));
            }
        }
        return items;
    }

    private Future<Answer> changeRule(Call call) {
        Caller.Staff who = administers(call);
        JsonObject body = call.body();
        String area = ownOrBelow(who, body.getString("area"));
        String code = code(call);
        return clocks.book().compose(book -> {
            ClockRule before = rule(book, code, area);
            boolean inherit = body.getBoolean("inherit", false);
            ClockRule set = inherit ? null : changed(before, body);
            return books.changeRule(code, area, body.getLong("was"), set, ClockBooks.Who.of(who), why(body))
                    .compose(done -> rules.shown(area))
                    .map(Answer::ok);
        });
    }

    private Future<Answer> changeHours(Call call) {
        Caller.Staff who = administers(call);
        JsonObject body = call.body();
        String area = ownOrBelow(who, body.getString("area"));
        JsonObject hours = body.getJsonObject("hours");
        String profile = call.path("profile");
        return clocks.book().compose(book -> {
            if (!book.hours().containsKey(profile)) {
                throw Refusal.notFound("这个办理规则");
            }
            return books.changeHours(
                            profile,
                            area,
                            hours == null ? null : ServiceHours.of(hours),
                            ClockBooks.Who.of(who),
                            why(body))
                    .compose(done -> rules.shown(area))
                    .map(Answer::ok);
        });
    }

    private Future<Answer> importCalendar(Call call) {
        Caller.Staff who = administers(call);
        if (who.level() != AreaLevel.CITY) {
            throw Refusal.notAllowed("节假日全市一样，由市级管理员导入。");
        }
        JsonObject body = call.body();
        String csv = body.getString("csv");
        return (body.getBoolean("check", false)
                        ? calendars.check(csv)
                        : calendars.take(csv, ClockBooks.Who.of(who), why(body)))
                .map(Answer::ok);
    }

    private static ClockRule changed(ClockRule before, JsonObject body) {
        String label = words(body, "label", before.label());
        String article = words(body, "article", before.article());
        if (label.isEmpty() || article.isEmpty()) {
            throw Refusal.notSensible(label.isEmpty() ? "/label" : "/article", "名称和依据都要写明。");
        }
        ClockRule set = new ClockRule(
                0,
                before.profile(),
                before.code(),
                label,
                article,
                words(body, "countsFrom", before.countsFrom()),
                body.getInteger("amount", before.amount()),
                ClockUnit.valueOf(body.getString("unit", before.unit().name())),
                body.getBoolean("dayEnd", before.dayEnd()),
                body.getBoolean("pauses", before.pauses()),
                body.getInteger("maxExtension", before.maxExtension()),
                body.getInteger("yellow", before.yellow()));
        String fault = set.fault();
        if (fault != null) {
            throw Refusal.notSensible(set.dayEnd() && set.unit().ofTheDay() ? "/dayEnd" : "/yellow", fault);
        }
        return set;
    }

    private static ClockRule rule(ClockBook book, String code, String area) {
        if (!book.rules().containsKey(code)) {
            throw Refusal.notFound("这条规则");
        }
        return book.rule(code, area);
    }

    private static String code(Call call) {
        return call.path("code");
    }

    /** As written, without what cannot be seen. */
    private static String words(JsonObject body, String field, String otherwise) {
        return Objects.requireNonNullElse(Words.of(body.getString(field, otherwise)), "");
    }

    private static String why(JsonObject body) {
        String why = words(body, "why", "");
        if (why.isEmpty()) {
            throw Refusal.notSensible("/why", "请写明依据或原因，以后查得到。");
        }
        return why;
    }

    /** The caller's own area, or one below it that was asked for. */
    private static String area(Caller.Staff who, @Nullable String wanted) {
        if (wanted == null) {
            return who.area();
        }
        if (!AreaLevel.isCode(wanted) || !AreaLevel.covers(who.area(), wanted)) {
            throw Refusal.notAllowed("只能看本区域之内的。");
        }
        return wanted;
    }

    private static String ownOrBelow(Caller.Staff who, @Nullable String wanted) {
        String area = wanted == null ? who.area() : wanted;
        if (!AreaLevel.isCode(area) || !AreaLevel.covers(who.area(), area)) {
            throw Refusal.notAllowed("只能改本区域之内的规则。");
        }
        if (AreaLevel.of(area).digits() > AreaLevel.COUNTY.digits()) {
            throw Refusal.notSensible("/area", "规则按市和县（区）设，乡镇以下随县（区）。");
        }
        return area;
    }

    private static Caller.Staff watches(Call call) {
        Caller.Staff who = call.staff();
        if (!who.role().inGrid() && who.role() != Role.DISPATCHER && who.role() != Role.SUPERVISOR) {
            throw Refusal.notAllowed("期限看板由网格和综治中心使用。");
        }
        return who;
    }

    private static Caller.Staff reads(Call call) {
        Caller.Staff who = call.staff();
        if (!List.of(Role.DISPATCHER, Role.SUPERVISOR, Role.ADMINISTRATOR).contains(who.role())) {
            throw Refusal.notAllowed("办理规则由综治中心和管理员查看。");
        }
        return who;
    }

    private static Caller.Staff administers(Call call) {
        Caller.Staff who = call.staff();
        if (who.role() != Role.ADMINISTRATOR) {
            throw Refusal.notAllowed("这项操作由管理员来做。");
        }
        return who;
    }

    private static String cursor(RunningClock last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((last.due().toEpochMilli() + " " + last.id()).getBytes(StandardCharsets.UTF_8));
    }

    private static ClockStore.After after(@Nullable String cursor) {
        if (cursor == null) {
            return ClockStore.After.START;
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split(" ", -1);
            return new ClockStore.After(Instant.ofEpochMilli(Long.parseLong(parts[0])), UUID.fromString(parts[1]));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException forged) {
            throw Refusal.badInput("/cursor", "翻页标记不对，请从第一页看起。");
        }
    }
}
