package linge.legal;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import linge.bot.knowledge.AidStep;
import linge.bot.knowledge.Eligibility;
import linge.bot.knowledge.Hardship;
import linge.bot.triage.Categories;
import linge.bot.triage.Category;
import linge.cases.Case;
import linge.cases.DueRule;
import linge.cases.OwnCases;
import linge.grids.GeoPoint;
import linge.residents.Residents;
import linge.shared.Caller;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** Legal aid: the check by the law's conditions, and applications, each a case under the law's clocks. */
public final class LegalAid {

    /** The category of applications. */
    static final String CATEGORY = "LAW.AID";
    /** 法律援助法第四十四条. */
    private static final int AT_ONCE_DAYS = 7;

    private static final int LONGEST = 3_900;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** How a question that was left open counts: nothing is shown yet, nothing is urgent. */
    private static final Map<String, String> OPEN = Map.of(
            "matter",
            "other",
            "lawyer",
            "no",
            "duty",
            "none",
            "group",
            "none",
            "income",
            "unknown",
            "applicant",
            "self",
            "deadline",
            "later",
            "papers",
            "");

    private static final String KEEP = """
            INSERT INTO legal_aid (case_id, answers, outcome, matter, applicant, facts, opponent, limitation, at_once, missing)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (case_id) DO NOTHING""";
    private static final String FIND = """
            SELECT answers, outcome, matter, applicant, facts, opponent, limitation, at_once, missing
            FROM legal_aid WHERE case_id = $1""";

    private final Pool db;
    private final Clock clock;
    private final OwnCases cases;
    private final Residents residents;
    private final Eligibility eligibility;

    public LegalAid(Pool db, Clock clock, OwnCases cases, Residents residents, Hardship hardship) {
        this.db = db;
        this.clock = clock;
        this.cases = cases;
        this.residents = residents;
        this.eligibility = new Eligibility(hardship);
    }

    /** What an applicant sends. */
    record Wanted(
            String key,
            Map<String, String> answers,
            @Nullable String name,
            String facts,
            @Nullable String opponent,
            @Nullable LocalDate limitation,
            @Nullable String address,
            @Nullable GeoPoint point,
            @Nullable String grid,
            List<UUID> media) {}

    /** An application that was begun by talking. */
    public record Applied(String number, @Nullable LocalDate examinedBy, List<String> missing) {}

    /** The next question or the verdict; an answer that cannot be understood is refused. */
    AidStep step(Map<String, String> answers) {
        try {
            return eligibility.next(answers);
        } catch (IllegalArgumentException unknown) {
            throw Refusal.notSensible("/answers", String.valueOf(unknown.getMessage()));
        }
    }

    /** What the matter is called, as the check asks for it. */
    String matter(Map<String, String> answers) {
        String id = answers.get("matter");
        AidStep.Question asked = step(Map.of()).question();
        return asked == null
                ? ""
                : asked.choices().stream()
                        .filter(choice -> choice.id().equals(id))
                        .map(AidStep.Choice::label)
                        .findFirst()
                        .orElse("");
    }

    /** Files an application; the case it became. A resend finds the first one. */
    Future<Case> apply(Caller.Resident resident, Wanted wanted) {
        AidStep.Verdict verdict = step(wanted.answers()).verdict();
        if (verdict == null) {
            throw Refusal.notSensible("/answers", "还有题没有答完，请先答完再申请。");
        }
        if (!mayApply(verdict)) {
            throw Refusal.notSensible(
                    "/answers",
                    verdict.outcome() == AidStep.Outcome.ROUTED
                            ? "这种情况不用您申请，由办案机关通知法律援助机构。"
                            : "按您的回答，这件事不属于法律援助的范围；可以打 12348 再问一问。");
        }
        return file(resident, wanted, verdict.outcome(), verdict.atOnce(), verdict.missing(), true);
    }

    /** An application by talking; what the talk left open the centre asks for. */
    public Future<Applied> fromChat(Caller.Resident resident, String key, Map<String, String> answers, String words) {
        Map<String, String> whole = new HashMap<>(OPEN);
        whole.putAll(answers);
        AidStep.Verdict verdict = step(whole).verdict();
        if (verdict == null || !mayApply(verdict)) {
            throw Refusal.notSensible("/answers", "按您的回答，这件事不属于法律援助的范围；可以打 12348 再问一问。");
        }
        Wanted wanted = new Wanted(key, answers, null, words, null, null, null, null, null, List.of());
        return file(resident, wanted, verdict.outcome(), verdict.atOnce(), verdict.missing(), false)
                .map(c -> {
                    Instant due = c.now().due();
                    return new Applied(
                            c.facts().number(),
                            due == null ? null : LocalDate.ofInstant(due, ZONE),
                            verdict.missing().stream().map(AidStep.Paper::label).toList());
                });
    }

    private Future<Case> file(
            Caller.Resident resident,
            Wanted wanted,
            AidStep.Outcome outcome,
            boolean urgent,
            List<AidStep.Paper> missing,
            boolean nameAsked) {
        LocalDate limitation = wanted.limitation();
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZONE);
        boolean atOnce = urgent || limitation != null && limitation.isBefore(today.plusDays(AT_ONCE_DAYS));
        String matter = matter(wanted.answers());
        return residents.profile(resident.id()).compose(profile -> {
            String name = wanted.name() == null ? profile.name() : wanted.name();
            if (name == null && nameAsked) {
                throw Refusal.notSensible("/name", "请写明申请人的姓名。");
            }
            OwnCases.Matter filed = new OwnCases.Matter(
                    wanted.key(),
                    words(wanted, matter, name, missing),
                    Categories.shipped().find(CATEGORY).map(Category::code).orElse(null),
                    wanted.point(),
                    wanted.address() == null ? profile.homeAddress() : wanted.address(),
                    wanted.grid() != null || wanted.point() != null || wanted.address() != null
                            ? wanted.grid()
                            : profile.homeGrid(),
                    wanted.media(),
                    Case.Privacy.NAMED,
                    atOnce ? DueRule.LEGAL_AID_AT_ONCE : DueRule.LEGAL_AID_EXAMINATION);
            return cases.file(resident, filed).compose(told -> {
                JsonArray papers = new JsonArray();
                missing.forEach(paper ->
                        papers.add(new JsonObject().put("id", paper.id()).put("label", paper.label())));
                return db.preparedQuery(KEEP)
                        .execute(Tuple.tuple()
                                .addValue(told.found().facts().id())
                                .addValue(new JsonObject(new HashMap<>(wanted.answers())))
                                .addValue(outcome.name())
                                .addValue(matter)
                                .addValue(name)
                                .addValue(wanted.facts())
                                .addValue(wanted.opponent())
                                .addValue(limitation)
                                .addValue(atOnce)
                                .addValue(papers))
                        .map(told.found());
            });
        });
    }

    /**
     * The same matter as a case once more, whose key is the refused one's number; its number.
     *
     * @param place what its county is called
     */
    Future<String> again(Caller.Resident resident, AidApplication refused, String place) {
        return db.preparedQuery(FIND).execute(Tuple.of(refused.caseId())).compose(rows -> {
            Row row = rows.iterator().next();
            JsonArray papers = (JsonArray) row.getValue("missing");
            Map<String, String> answers = new HashMap<>();
            ((JsonObject) row.getValue("answers"))
                    .forEach(entry -> answers.put(entry.getKey(), String.valueOf(entry.getValue())));
            return residents
                    .profile(resident.id())
                    .compose(profile -> cases.forward(
                                    resident,
                                    new OwnCases.Matter(
                                            "legal-aid-again:" + refused.number(),
                                            "申请法律援助（异议成立，重新立件）：" + refused.matter() + "。\n" + row.getString("facts"),
                                            Categories.shipped()
                                                    .find(CATEGORY)
                                                    .map(Category::code)
                                                    .orElse(null),
                                            refused.point(),
                                            refused.address() == null ? place : place + refused.address(),
                                            refused.point() == null ? profile.homeGrid() : null,
                                            List.of(),
                                            Case.Privacy.NAMED,
                                            refused.atOnce()
                                                    ? DueRule.LEGAL_AID_AT_ONCE
                                                    : DueRule.LEGAL_AID_EXAMINATION),
                                    "原申请编号 " + refused.number())
                            .compose(filed -> db.preparedQuery(KEEP)
                                    .execute(Tuple.tuple()
                                            .addValue(filed.facts().id())
                                            .addValue(new JsonObject(new HashMap<>(answers)))
                                            .addValue(row.getString("outcome"))
                                            .addValue(refused.matter())
                                            .addValue(refused.name())
                                            .addValue(row.getString("facts"))
                                            .addValue(row.getString("opponent"))
                                            .addValue(row.getLocalDate("limitation"))
                                            .addValue(refused.atOnce())
                                            .addValue(papers))
                                    .map(filed.facts().number())));
        });
    }

    /** The application as a case tells it. */
    private static String words(Wanted wanted, String matter, @Nullable String name, List<AidStep.Paper> missing) {
        StringBuilder words = new StringBuilder("申请法律援助：").append(matter).append("。\n");
        if (name != null) {
            words.append("申请人：").append(name).append("\n");
        }
        words.append(wanted.facts()).append("\n");
        if (wanted.opponent() != null) {
            words.append("对方：").append(wanted.opponent()).append("\n");
        }
        if (wanted.limitation() != null) {
            words.append("时效或者期限到：").append(wanted.limitation()).append("\n");
        }
        if (!missing.isEmpty()) {
            words.append("还缺的材料：")
                    .append(String.join(
                            "；", missing.stream().map(AidStep.Paper::label).toList()))
                    .append("\n");
        }
        String text = words.toString().strip();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    /** Schema {@code LegalAidApplication}, to whoever may see the case; fails with {@code NOT_FOUND}. */
    Future<JsonObject> shown(String number, Caller caller) {
        return cases.find(number, caller)
                .compose(c -> db.preparedQuery(FIND)
                        .execute(Tuple.of(c.facts().id()))
                        .compose(rows -> {
                            if (rows.size() == 0) {
                                throw Refusal.notFound("这件法律援助申请");
                            }
                            Row row = rows.iterator().next();
                            return cases.shown(c, caller).map(shown -> shown(c, shown, row));
                        }));
    }

    private static JsonObject shown(Case c, JsonObject shownCase, Row row) {
        LocalDate limitation = row.getLocalDate("limitation");
        boolean atOnce = row.getBoolean("at_once");
        return new JsonObject()
                .put("case", shownCase)
                .put("name", row.getString("applicant"))
                .put("matter", row.getString("matter"))
                .put("outcome", row.getString("outcome"))
                .put("facts", row.getString("facts"))
                .put("opponent", row.getString("opponent"))
                .put("limitation", limitation == null ? null : limitation.toString())
                .put("missing", row.getValue("missing"))
                .put("atOnce", atOnce)
                .put("clocks", clocks(c, atOnce))
                .put("answers", row.getValue("answers"));
    }

    /** The law's deadlines, the one that runs with its day, and the one to come counted from the last day of the first. */
    private static JsonArray clocks(Case c, boolean atOnce) {
        List<DueRule> rules = new ArrayList<>();
        if (atOnce) {
            rules.add(DueRule.LEGAL_AID_AT_ONCE);
        }
        rules.add(DueRule.LEGAL_AID_EXAMINATION);
        rules.add(DueRule.LEGAL_AID_ASSIGNMENT);
        Instant examined = c.facts().filedAt().plus(Duration.ofDays(AidStep.Verdict.EXAMINE_DAYS));
        JsonArray clocks = new JsonArray();
        for (DueRule rule : rules) {
            Instant running = c.now().rule() == rule ? c.now().due() : null;
            Instant due = running != null
                    ? running
                    : switch (rule) {
                        case LEGAL_AID_EXAMINATION -> examined;
                        case LEGAL_AID_ASSIGNMENT -> examined.plus(Duration.ofDays(AidStep.Verdict.ASSIGN_DAYS));
                        default -> c.facts().filedAt().plus(Duration.ofHours(24));
                    };
            clocks.add(new JsonObject()
                    .put("rule", rule.label())
                    .put("article", rule.article())
                    .put("due", due.toString()));
        }
        return clocks;
    }

    /** Schema {@code LegalAidDraft} but for the step: what is known of the applicant already. */
    Future<JsonObject> draft(Caller.Resident resident, Map<String, String> answers) {
        AidStep.Verdict verdict = step(answers).verdict();
        JsonArray papers = new JsonArray();
        if (verdict != null) {
            verdict.missing()
                    .forEach(paper ->
                            papers.add(new JsonObject().put("id", paper.id()).put("label", paper.label())));
        }
        return residents
                .profile(resident.id())
                .map(profile -> new JsonObject()
                        .put("name", profile.name())
                        .put("phone", linge.residents.Phone.maskedOrNull(profile.phone()))
                        .put("address", profile.homeAddress())
                        .put("homeGrid", profile.homeGrid())
                        .put("matter", matter(answers))
                        .put("papers", papers));
    }

    static boolean mayApply(AidStep.Verdict verdict) {
        return verdict.outcome() == AidStep.Outcome.ELIGIBLE || verdict.outcome() == AidStep.Outcome.NEEDS_PROOF;
    }
}
