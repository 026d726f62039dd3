package linge.evaluation;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import linge.board.Sheet;
import linge.db.AuditLog;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Names;
import linge.shared.Refusal;
import linge.shared.Words;
import org.jspecify.annotations.Nullable;

/** The reward ledger and the honour roll over HTTP. */
final class RewardApi {

    private static final int PAGE = 30;
    /** A county has not so many rewards in a year; whoever has looks at them in pages. */
    private static final int MOST_EXPORTED = 20_000;

    private static final List<String> COLUMNS = List.of(
            "序号", "姓名", "网格", "考核周期", "金额（元）", "事由", "冲销哪一笔", "状态", "申请人", "申请日期", "审批人", "审批日期", "审批意见", "发放日期");

    private final Pool db;
    private final Clock clock;
    private final People people;
    private final Rewards rewards;
    private final Honours honours;
    private final EvaluationView view;
    private final Names names;

    RewardApi(Pool db, Clock clock, People people, Rewards rewards, Honours honours, EvaluationView view, Names names) {
        this.db = db;
        this.clock = clock;
        this.people = people;
        this.rewards = rewards;
        this.honours = honours;
        this.view = view;
        this.names = names;
    }

    void mount(Contract contract) {
        contract.on("listRewards", this::list)
                .on("proposeReward", this::propose)
                .on("actOnReward", this::act)
                .on("setRewardBudget", this::setBudget)
                .on("exportRewards", this::export)
                .on("listHonours", this::listHonours)
                .on("chooseForHonour", this::choose)
                .on("consentToHonour", this::consent)
                .on("endHonour", this::endHonour)
                .on("listPublicHonours", this::publicHonours);
    }

    private Future<Answer> list(Call call) {
        Caller.Staff who = call.staff();
        int year = year(call);
        if (who.role().inGrid()) {
            return rewards.ofPerson(who.id())
                    .map(own -> Answer.ok(new JsonObject()
                            .put("year", year)
                            .putNull("totals")
                            .put("items", shown(own, who))
                            .putNull("next")
                            .put("mayManage", false)));
        }
        String county = Scores.county(EvaluationPolicy.area(who, call.query("area")));
        whole(who, county);
        int limit = call.integer("limit", PAGE);
        long before = (long) call.number("after", Long.MAX_VALUE);
        return rewards.totals(db, county, year)
                .compose(totals -> rewards.of(db, county, year, before, limit + 1)
                        .map(found -> Answer.ok(new JsonObject()
                                .put("year", year)
                                .put("areaName", names.area(county))
                                .put("totals", EvaluationView.totals(totals))
                                .put("items", shown(found.stream().limit(limit).toList(), who))
                                .put(
                                        "next",
                                        found.size() > limit
                                                ? found.get(limit - 1).id()
                                                : null)
                                .put("mayManage", EvaluationPolicy.mayManage(who, county)))));
    }

    /** The ledger is the county's: a town's staff see no other towns' money. */
    private static void whole(Caller.Staff who, String county) {
        if (!AreaLevel.covers(who.area(), county)) {
            throw Refusal.notAllowed("奖励台账按县（区）记，由县（区）或市里查看。");
        }
    }

    private JsonArray shown(List<Rewards.Entry> entries, Caller.Staff who) {
        JsonArray items = new JsonArray();
        entries.forEach(one -> items.add(view.reward(one, who)));
        return items;
    }

    private Future<Answer> propose(Call call) {
        Caller.Staff who = call.staff();
        EvaluationPolicy.manages(who, who.area());
        JsonObject body = call.body();
        Term term = Term.of(body.getString("period"), clock.instant());
        return people.byUser(db, body.getString("user"))
                .compose(person -> {
                    EvaluationPolicy.reads(who, person.id(), person.area());
                    return rewards.propose(who, person, term, body.getLong("amount"), JudgingApi.words(body, "ground"));
                })
                .map(done -> Answer.created(view.reward(done, who)));
    }

    private Future<Answer> act(Call call) {
        Caller.Staff who = call.staff();
        EvaluationPolicy.manages(who, who.area());
        JsonObject body = call.body();
        long id = Long.parseLong(call.path("id"));
        String act = body.getString("act");
        String words = Words.of(body.getString("words"));
        if (words == null && (act.equals("REFUSE") || act.equals("REVERSE"))) {
            throw Refusal.notSensible("/words", "请写明理由。");
        }
        Future<Rewards.Entry> done = act.equals("REVERSE")
                ? rewards.reverse(who, id, Objects.requireNonNull(words))
                : rewards.act(
                        who,
                        id,
                        Rewards.Act.valueOf(act),
                        words,
                        act.equals("PAY") ? paidOn(body.getString("paidOn")) : null);
        return done.map(entry -> Answer.ok(view.reward(entry, who)));
    }

    private LocalDate paidOn(@Nullable String text) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), Term.ZONE);
        if (text == null) {
            return today;
        }
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.isAfter(today) || day.getYear() < 2000) {
                throw Refusal.notSensible("/paidOn", "发放日期不能在今天之后。");
            }
            return day;
        } catch (DateTimeException e) {
            throw Refusal.badInput("/paidOn", "日期应写成 2026-11-26 的样子。");
        }
    }

    private Future<Answer> setBudget(Call call) {
        Caller.Staff who = call.staff();
        JsonObject body = call.body();
        String area = EvaluationPolicy.manages(who, Objects.requireNonNullElse(body.getString("area"), ""));
        if (area.length() != AreaLevel.COUNTY.digits()) {
            throw Refusal.notSensible("/area", "预算按县（区）设，请选择县（区）。");
        }
        return rewards.setBudget(
                        who, area, body.getInteger("year"), body.getLong("amount"), JudgingApi.words(body, "why"))
                .map(totals -> Answer.ok(EvaluationView.totals(totals)));
    }

    private Future<Answer> export(Call call) {
        Caller.Staff who = call.staff();
        String county = Scores.county(EvaluationPolicy.area(who, call.query("area")));
        whole(who, county);
        int year = year(call);
        Instant now = clock.instant();
        return AuditLog.write(db, who, "reward.export", county, new JsonObject().put("year", year), now)
                .compose(done -> rewards.of(db, county, year, Long.MAX_VALUE, MOST_EXPORTED))
                .map(entries -> Answer.bytes("text/csv; charset=utf-8", csv(entries))
                        .with("cache-control", "no-store")
                        .with(
                                "content-disposition",
                                "attachment; filename=\"rewards-" + county + "-" + year + ".csv\""));
    }

    private Buffer csv(List<Rewards.Entry> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            Sheet sheet = Sheet.csv(bytes);
            sheet.row(COLUMNS);
            for (Rewards.Entry one : entries) {
                sheet.row(Arrays.asList(
                        one.id(),
                        one.name(),
                        names.area(one.grid()),
                        one.term().label(),
                        BigDecimal.valueOf(one.amount(), 2),
                        one.ground(),
                        one.reverses(),
                        one.state().label(),
                        one.proposedBy(),
                        day(one.proposedAt()),
                        one.answeredBy(),
                        day(one.answeredAt()),
                        one.answer(),
                        one.paidOn()));
            }
            sheet.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    private static @Nullable LocalDate day(@Nullable Instant at) {
        return at == null ? null : LocalDate.ofInstant(at, Term.ZONE);
    }

    private Future<Answer> listHonours(Call call) {
        Caller.Staff who = call.staff();
        // Colleagues of the county see who is honoured there.
        String area = who.role().inGrid() ? who.area().substring(0, 6) : EvaluationPolicy.area(who, call.query("area"));
        return honours.of(who, area.length() > 6 ? area.substring(0, 6) : area).map(found -> {
            JsonArray items = new JsonArray();
            found.forEach(one -> items.add(view.honour(one, who)));
            return Answer.ok(new JsonObject().put("items", items));
        });
    }

    private Future<Answer> choose(Call call) {
        Caller.Staff who = call.staff();
        EvaluationPolicy.manages(who, who.area());
        JsonObject body = call.body();
        Term term = Term.of(body.getString("period"), clock.instant());
        return people.byUser(db, body.getString("user"))
                .compose(person -> {
                    EvaluationPolicy.reads(who, person.id(), person.area());
                    return honours.choose(who, person, term, JudgingApi.words(body, "words"));
                })
                .map(done -> Answer.created(view.honour(done, who)));
    }

    private Future<Answer> consent(Call call) {
        Caller.Staff who = EvaluationPolicy.worker(call.staff());
        return honours.consent(
                        who,
                        UUID.fromString(call.path("id")),
                        Honours.Consent.valueOf(call.body().getString("consent")))
                .map(done -> Answer.ok(view.honour(done, who)));
    }

    private Future<Answer> endHonour(Call call) {
        Caller.Staff who = call.staff();
        EvaluationPolicy.manages(who, who.area());
        return honours.end(who, UUID.fromString(call.path("id"))).map(Answer.nothing());
    }

    private Future<Answer> publicHonours(Call call) {
        String area = call.query("area");
        if (area != null && !AreaLevel.isCode(area)) {
            throw Refusal.badInput("/area", "区域编码不对。");
        }
        return honours.shown(area == null ? "" : area).map(found -> {
            JsonArray items = new JsonArray();
            found.forEach(one -> items.add(view.shownToAll(one)));
            return Answer.ok(new JsonObject().put("items", items));
        });
    }

    private int year(Call call) {
        return call.integer(
                "year", LocalDate.ofInstant(clock.instant(), Term.ZONE).getYear());
    }
}
