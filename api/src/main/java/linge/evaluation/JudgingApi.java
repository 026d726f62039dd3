package linge.evaluation;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Words;
import org.jspecify.annotations.Nullable;

/** Objections, signals and rules over HTTP. */
final class JudgingApi {

    private static final int PAGE = 30;
    private static final int MOST_POINTS = 1_000;
    private static final int HIGHEST_CAP = 10_000;

    private final Pool db;
    private final Clock clock;
    private final Books books;
    private final Objections objections;
    private final Signals signals;
    private final EvaluationView view;

    JudgingApi(Pool db, Clock clock, Books books, Objections objections, Signals signals, EvaluationView view) {
        this.db = db;
        this.clock = clock;
        this.books = books;
        this.objections = objections;
        this.signals = signals;
        this.view = view;
    }

    void mount(Contract contract) {
        contract.on("listEvaluationObjections", this::listObjections)
                .on("objectToEvaluation", this::object)
                .on("decideEvaluationObjection", this::decideObjection)
                .on("listEvaluationSignals", this::listSignals)
                .on("decideEvaluationSignal", this::decideSignal)
                .on("getEvaluationRules", this::rules)
                .on("changeEvaluationRules", this::changeRules);
    }

    private Future<Answer> listObjections(Call call) {
        Caller.Staff who = call.staff();
        String area = EvaluationPolicy.area(who, call.query("area"));
        Cursor from = Cursor.of(call.query("after"));
        int limit = call.integer("limit", PAGE);
        return objections
                .of(area, !"all".equals(call.query("view")), from.at(), from.id(), limit + 1)
                .map(found -> {
                    JsonArray items = new JsonArray();
                    found.stream().limit(limit).forEach(one -> items.add(view.objection(one, who)));
                    String next = null;
                    if (found.size() > limit) {
                        Objections.Objection last = found.get(limit - 1);
                        next = new Cursor(last.at(), last.id()).encode();
                    }
                    return Answer.ok(new JsonObject().put("items", items).put("next", next));
                });
    }

    private Future<Answer> object(Call call) {
        Caller.Staff who = EvaluationPolicy.worker(call.staff());
        JsonObject body = call.body();
        Term term = Term.of(body.getString("period"), clock.instant());
        return objections
                .object(who, term, body.getInteger("line"), words(body, "words"))
                .map(done -> Answer.created(view.objection(done, who)));
    }

    private Future<Answer> decideObjection(Call call) {
        Caller.Staff who = call.staff();
        EvaluationPolicy.supervises(who, who.area());
        JsonObject body = call.body();
        Number points = body.getNumber("points");
        return objections
                .decide(
                        who,
                        UUID.fromString(call.path("id")),
                        body.getBoolean("upheld"),
                        points == null ? null : Points.of(points, "/points", MOST_POINTS),
                        words(body, "words"))
                .map(done -> Answer.ok(view.objection(done, who)));
    }

    private Future<Answer> listSignals(Call call) {
        Caller.Staff who = call.staff();
        String area = closeEnough(EvaluationPolicy.area(who, call.query("area")));
        Term term = Term.of(call.query("period"), clock.instant());
        return signals.of(area, term).map(found -> {
            JsonArray items = new JsonArray();
            found.forEach(one -> items.add(view.signal(one, who)));
            return Answer.ok(new JsonObject().put("items", items));
        });
    }

    private Future<Answer> decideSignal(Call call) {
        Caller.Staff who = call.staff();
        JsonObject body = call.body();
        EvaluationPolicy.supervises(who, who.area());
        String area = closeEnough(EvaluationPolicy.area(who, body.getString("area")));
        Term term = Term.of(body.getString("period"), clock.instant());
        return signals.decide(
                        who, term, area, body.getString("key"), body.getBoolean("confirmed"), words(body, "words"))
                .map(done -> Answer.ok(view.signal(done, who)));
    }

    /** @throws Refusal for more than a county: signals are looked for by the thresholds of one */
    private static String closeEnough(String area) {
        Scores.county(area);
        return area;
    }

    private Future<Answer> rules(Call call) {
        Caller.Staff who = call.staff();
        String asked = who.role().inGrid() ? who.area() : EvaluationPolicy.area(who, call.query("area"));
        return shown(who, asked.length() > 6 ? asked.substring(0, 6) : asked);
    }

    private Future<Answer> changeRules(Call call) {
        Caller.Staff who = call.staff();
        JsonObject body = call.body();
        String area = EvaluationPolicy.manages(who, Objects.requireNonNullElse(body.getString("area"), ""));
        if (area.length() > 6) {
            throw Refusal.notSensible("/area", "计分规则按市或县（区）设，这样同一个县（区）里才比得公平。");
        }
        boolean inherit = Boolean.TRUE.equals(body.getBoolean("inherit"));
        return books.change(
                        who,
                        area,
                        body.getLong("was"),
                        inherit ? null : book(area, body),
                        inherit ? null : thresholds(body),
                        words(body, "why"))
                .compose(done -> shown(who, area));
    }

    private Future<Answer> shown(Caller.Staff who, String area) {
        return books.inForce(db, area)
                .compose(book -> books.thresholds(db, book.id())
                        .compose(thresholds -> books.versions(area)
                                .map(versions -> Answer.ok(view.rules(
                                        book, thresholds, versions, area, EvaluationPolicy.mayManage(who, area))))));
    }

    private static Book book(String area, JsonObject body) {
        JsonArray given = body.getJsonArray("rules");
        if (given == null || body.getBoolean("ranking") == null || body.getInteger("leastDuty") == null) {
            throw Refusal.badInput("/rules", "请写全计分规则：每条规则、要不要排名、最少在岗比例。");
        }
        List<Book.Rule> rules = new ArrayList<>();
        Set<Counted> seen = EnumSet.noneOf(Counted.class);
        for (int i = 0; i < given.size(); i++) {
            JsonObject one = given.getJsonObject(i);
            String at = "/rules/" + i;
            Counted counted = counted(one.getString("counted"), at + "/counted");
            if (!seen.add(counted)) {
                throw Refusal.notSensible(at + "/counted", counted.label() + "写了两次。");
            }
            Number cap = one.getNumber("cap");
            rules.add(new Book.Rule(
                    counted,
                    Points.of(one.getNumber("points"), at + "/points", MOST_POINTS),
                    cap == null ? null : Points.of(cap, at + "/cap", HIGHEST_CAP),
                    words(one, "words")));
        }
        String missing = Objects.requireNonNullElse(body.getString("missing"), Book.Missing.LEFT_OUT.name());
        return new Book(
                0,
                area,
                body.getBoolean("ranking"),
                body.getInteger("leastDuty"),
                Book.Missing.valueOf(missing),
                Book.byCounted(rules),
                Book.Thresholds.of(Shipped.thresholdValues()));
    }

    /** Those given, the shipped for the rest; null when none was given: as they were. */
    private static @Nullable JsonObject thresholds(JsonObject body) {
        JsonArray given = body.getJsonArray("thresholds");
        if (given == null) {
            return null;
        }
        JsonObject all = new JsonObject();
        Shipped.thresholds().forEach(one -> all.put(one.name(), one.value()));
        for (int i = 0; i < given.size(); i++) {
            JsonObject one = given.getJsonObject(i);
            String name = one.getString("name");
            if (!all.containsKey(name)) {
                throw Refusal.badInput("/thresholds/" + i + "/name", "没有这个提示条件。");
            }
            boolean percent = name.equals("edgePercent") || name.equals("edgeShare") || name.equals("splitAlike");
            if (percent && one.getInteger("value") > 100) {
                throw Refusal.notSensible("/thresholds/" + i + "/value", "百分比不能超过 100。");
            }
            all.put(name, one.getInteger("value"));
        }
        return all;
    }

    private static Counted counted(String name, String pointer) {
        for (Counted counted : Counted.values()) {
            if (counted.hasRule() && counted.name().equals(name)) {
                return counted;
            }
        }
        throw Refusal.badInput(pointer, "没有这一项计分内容。");
    }

    /** What somebody wrote, which must say something. */
    static String words(JsonObject body, String field) {
        String words = Words.of(body.getString(field));
        if (words == null || words.length() < 2) {
            throw Refusal.notSensible("/" + field, "请写明理由。");
        }
        return words;
    }

    /** Where a page begins: time and id of the last one before it. */
    private record Cursor(Instant at, UUID id) {

        static final Cursor LATEST = new Cursor(Instant.parse("9999-12-31T00:00:00Z"), new UUID(-1, -1));

        String encode() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((at + "|" + id).getBytes(StandardCharsets.UTF_8));
        }

        static Cursor of(@Nullable String text) {
            if (text == null) {
                return LATEST;
            }
            try {
                String[] parts =
                        new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\\|", 2);
                Cursor cursor = new Cursor(Instant.parse(parts[0]), UUID.fromString(parts[1]));
                if (cursor.at.isBefore(Instant.EPOCH) || cursor.at.isAfter(LATEST.at)) {
                    throw new IllegalArgumentException("nothing was written then");
                }
                return cursor;
            } catch (IllegalArgumentException | DateTimeParseException | ArrayIndexOutOfBoundsException e) {
                throw Refusal.badInput("/after", "翻页位置不对，请从第一页重新看起。");
            }
        }
    }
}
