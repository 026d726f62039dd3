package linge.cases;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import linge.bot.triage.Categories;
import linge.bot.triage.Category;
import linge.bot.triage.Urgency;
import linge.clocks.WorkingTime;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** One matter of one resident: what was filed, and how it stands now. Pure: a move makes another Case. */
public record Case(Facts facts, Now now) {

    /** A resident who never rates has agreed after a week. */
    static final Duration UNRATED = Duration.ofDays(7);
    /** So long after rating it may be reopened. */
    static final Duration RATED = Duration.ofDays(15);

    private static final int WORDS_LIMIT = 2000;

    /** How much of the filer the staff see. */
    public enum Privacy {
        NAMED,
        CONFIDENTIAL,
        ANONYMOUS
    }

    /**
     * What was filed; never changes but for the category, where staff correct what was understood.
     *
     * @param area code of the grid, or of the smallest place known when no grid was found
     * @param grid the grid as it was found then (contract schema {@code FoundGrid}), with its version
     * @param lon wgs84 degrees
     */
    public record Facts(
            UUID id,
            String number,
            UUID resident,
            String text,
            @Nullable String category,
            @Nullable String department,
            Urgency urgency,
            @Nullable String hotline,
            String area,
            @Nullable JsonObject grid,
            @Nullable String address,
            @Nullable Double lon,
            @Nullable Double lat,
            Privacy privacy,
            Instant filedAt) {

        /** The same matter for the county's centre alone: what it tells is not for the team of a grid. */
        Facts atCentre() {
            String county = area.substring(0, Math.min(area.length(), AreaLevel.COUNTY.digits()));
            return new Facts(
                    id,
                    number,
                    resident,
                    text,
                    category,
                    department,
                    urgency,
                    hotline,
                    county,
                    null,
                    address,
                    lon,
                    lat,
                    privacy,
                    filedAt);
        }

        /** The same matter, understood better. */
        Facts about(Category better) {
            return new Facts(
                    id,
                    number,
                    resident,
                    text,
                    better.code(),
                    better.department().code(),
                    urgency,
                    hotline,
                    area,
                    grid,
                    address,
                    lon,
                    lat,
                    privacy,
                    filedAt);
        }
    }

    /**
     * How it stands.
     *
     * @param due the deadline people see; only open cases have one
     * @param wake when the clock looks again
     */
    public record Now(
            CaseState state,
            int version,
            Holder holder,
            boolean supervised,
            int urges,
            @Nullable DueRule rule,
            @Nullable Instant clockStarted,
            @Nullable Instant due,
            @Nullable Instant wake,
            @Nullable String answer,
            @Nullable Rating rating,
            Instant updatedAt) {

        Now in(CaseState state) {
            return new Now(
                    state,
                    version,
                    holder,
                    supervised,
                    urges,
                    rule,
                    clockStarted,
                    due,
                    wake,
                    answer,
                    rating,
                    updatedAt);
        }

        Now heldBy(Holder holder) {
            return new Now(
                    state,
                    version,
                    holder,
                    supervised,
                    urges,
                    rule,
                    clockStarted,
                    due,
                    wake,
                    answer,
                    rating,
                    updatedAt);
        }

        Now supervise() {
            return new Now(
                    state, version, holder, true, urges, rule, clockStarted, due, wake, answer, rating, updatedAt);
        }

        Now urge() {
            return new Now(
                    state,
                    version,
                    holder,
                    supervised,
                    urges + 1,
                    rule,
                    clockStarted,
                    due,
                    wake,
                    answer,
                    rating,
                    updatedAt);
        }

        Now due(DueRule rule, Instant start, WorkingTime time) {
            Instant due = rule.due(start, time);
            return new Now(state, version, holder, supervised, urges, rule, start, due, due, answer, rating, updatedAt);
        }

        /** No deadline any more; the clock looks again at {@code wake}, or never. */
        Now notDue(@Nullable Instant wake) {
            return new Now(
                    state, version, holder, supervised, urges, null, null, null, wake, answer, rating, updatedAt);
        }

        /** The deadline stays for all to see, but the clock has done its part. */
        Now clockDone() {
            return new Now(
                    state,
                    version,
                    holder,
                    supervised,
                    urges,
                    rule,
                    clockStarted,
                    due,
                    null,
                    answer,
                    rating,
                    updatedAt);
        }

        Now answered(@Nullable String answer) {
            return new Now(
                    state,
                    version,
                    holder,
                    supervised,
                    urges,
                    rule,
                    clockStarted,
                    due,
                    wake,
                    answer,
                    rating,
                    updatedAt);
        }

        Now rated(@Nullable Rating rating) {
            return new Now(
                    state,
                    version,
                    holder,
                    supervised,
                    urges,
                    rule,
                    clockStarted,
                    due,
                    wake,
                    answer,
                    rating,
                    updatedAt);
        }

        Now next(Instant at) {
            return new Now(
                    state, version + 1, holder, supervised, urges, rule, clockStarted, due, wake, answer, rating, at);
        }
    }

    /** What the resident thought of it: 1 to 5 and words. */
    public record Rating(int score, @Nullable String words, Instant at) {}

    /** Files a case with the office that will have it first, under the clock that runs until it is accepted. */
    static Moved file(Facts facts, Holder holder, DueRule rule, WorkingTime time) {
        Now now = new Now(CaseState.SUBMITTED, 0, holder, false, 0, null, null, null, null, null, null, facts.filedAt())
                .due(rule, facts.filedAt(), time);
        Case filed = new Case(facts, now);
        HistoryLine line = new HistoryLine(
                0,
                Move.FILE,
                null,
                CaseState.SUBMITTED,
                facts.filedAt(),
                HistoryLine.By.resident(facts.resident()),
                null,
                holder);
        return new Moved(null, filed, line);
    }

    /**
     * Makes a move, or refuses it: {@code NOT_ALLOWED} for the wrong person, {@code STALE_VERSION} when the case changed
     * meanwhile, {@code OUT_OF_TURN} in the wrong state, {@code NOT_SENSIBLE} when something it needs is missing.
     */
    Moved make(MoveRequest request, Actor actor, Instant at, WorkingTime time) {
        Move move = request.move();
        refuseUnlessAllowed(request, actor);
        Facts filed = move == Move.CORRECT ? facts.about(better(request)) : facts;
        String words = move == Move.CORRECT ? corrected(filed, words(request)) : words(request);
        Now next =
                change(request, actor, words, at, time).in(move.to(now.state())).next(at);
        HistoryLine line = new HistoryLine(
                next.version(), move, now.state(), next.state(), at, HistoryLine.By.of(actor), words, next.holder());
        return new Moved(this, new Case(filed, next), line);
    }

    private Now change(MoveRequest request, Actor actor, @Nullable String words, Instant at, WorkingTime time) {
        DueRule handling = DueRule.forHandling(now.rule(), facts.urgency(), facts.category());
        boolean accepted = now.state() != CaseState.SUBMITTED;
        return switch (request.move()) {
            case FILE -> throw Refusal.of(Refusal.Kind.OUT_OF_TURN, "这件诉求已经提交过了。");
            case ACCEPT -> now.due(handling, at, time);
            case DECLINE, WITHDRAW -> now.notDue(null).answered(request.move() == Move.DECLINE ? words : now.answer());
            case DISPATCH -> {
                Now sent = now.heldBy(target(request, actor));
                yield accepted ? sent : sent.due(handling, at, time);
            }
            case RETURN -> now.heldBy(now.holder().above());
            case ESCALATE -> {
                if (now.holder().onTop()) {
                    throw Refusal.of(Refusal.Kind.OUT_OF_TURN, "已经在市级中心，不能再上报。");
                }
                Now raised = now.heldBy(now.holder().above());
                yield accepted ? raised : raised.due(handling, at, time);
            }
            // Somebody was assigned: that is what the last clock of legal aid asked for.
            case HANDLE -> now.rule() != null && handling.ofLegalAid() ? now.notDue(null) : now;
            case NOTE, SUPPLEMENT, CORRECT -> now;
            case REPORT_BACK -> now.notDue(at.plus(UNRATED)).answered(words);
            case SUPERVISE -> now.supervise();
            case WARN -> now.supervise().clockDone();
            case RATE -> now.notDue(at.plus(RATED)).rated(new Rating(score(request), words, at));
            case REOPEN -> now.due(DueRule.ORDINARY, at, time).answered(null).rated(null);
            case URGE -> now.urge();
            case CLIMB -> {
                DueRule accepting = DueRule.forAccepting(now.rule(), facts.urgency());
                yield now.holder().onTop()
                        ? now.supervise().clockDone()
                        : now.heldBy(now.holder().above()).due(accepting, at, time);
            }
            case ARCHIVE -> now.notDue(null);
        };
    }

    private void refuseUnlessAllowed(MoveRequest request, Actor actor) {
        Move move = request.move();
        if (!CasePolicy.mayMake(actor, move, this)) {
            throw Refusal.notAllowed("您不能对这件诉求“" + move.label() + "”。");
        }
        if (request.version() != now.version()) {
            throw Refusal.of(Refusal.Kind.STALE_VERSION, "这件诉求刚刚有了新进展，请看过最新情况再操作。")
                    .with("version", now.version())
                    .with("state", now.state().name());
        }
        if (!move.from().contains(now.state())) {
            throw Refusal.of(Refusal.Kind.OUT_OF_TURN, "诉求现在是“" + now.state().label() + "”，不能“" + move.label() + "”。")
                    .with("version", now.version())
                    .with("state", now.state().name());
        }
    }

    private static @Nullable String words(MoveRequest request) {
        String words = blankToNull(request.words());
        if (words == null && request.move().needs().contains("words")) {
            throw Refusal.notSensible("/words", request.move() == Move.REPORT_BACK ? "请写明办理结果。" : "请写明情况或原因。");
        }
        if (words != null && words.length() > WORDS_LIMIT) {
            throw Refusal.notSensible("/words", "文字太长，最多 " + WORDS_LIMIT + " 个字。");
        }
        if (!request.move().needs().contains("channel")) {
            return words;
        }
        String channel = blankToNull(request.channel());
        if (channel == null) {
            throw Refusal.notSensible("/channel", "请告诉居民应当找哪个渠道。");
        }
        return words + "（可以联系：" + channel + "）";
    }

    private Category better(MoveRequest request) {
        Category better = Categories.shipped()
                .find(request.category() == null ? "" : request.category())
                .orElseThrow(() -> Refusal.notSensible("/category", "没有这个类别，请重新选择。"));
        if (better.code().equals(facts.category())) {
            throw Refusal.notSensible("/category", "诉求已经是这个类别了。");
        }
        return better;
    }

    private String corrected(Facts filed, @Nullable String words) {
        String change = "由“" + label(facts.category()) + "”改为“" + label(filed.category()) + "”";
        return words == null ? change : change + "：" + words;
    }

    private static String label(@Nullable String category) {
        return Categories.shipped()
                .find(category == null ? "" : category)
                .map(known -> String.join("·", known.path()))
                .orElse("未分类");
    }

    private static int score(MoveRequest request) {
        if (request.score() == null) {
            throw Refusal.notSensible("/score", "请给出 1 到 5 分的评价。");
        }
        return request.score();
    }

    private Holder target(MoveRequest request, Actor actor) {
        Holder target = request.target();
        if (target == null) {
            throw Refusal.notSensible("/department", "请选择要分流到的部门、网格或中心。");
        }
        if (target.equals(now.holder())) {
            throw Refusal.notSensible("/to", "诉求已经在那里了，请选择别处。");
        }
        Caller.Staff staff = ((Actor.Staff) actor).who();
        if (!AreaLevel.covers(staff.area(), target.area())) {
            throw Refusal.notSensible("/to", "只能分流到本区域之内，其他地方请上报上级。");
        }
        return target;
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
