package linge.cases;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import linge.bot.triage.Categories;
import linge.bot.triage.Category;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/** One move on one case: whether it may be made, what it needs, and how the case stands afterwards. Pure. */
final class Change {

    /** A case waits no longer than this at a time. */
    static final Duration LONGEST_PAUSE = Duration.ofDays(60);

    private static final int WORDS_LIMIT = 2000;

    private final Case c;
    private final Case.Now now;
    private final MoveRequest request;
    private final Move move;
    private final Actor actor;
    private final Instant at;
    private final Rules rules;

    Change(Case c, MoveRequest request, Actor actor, Instant at, Rules rules) {
        this.c = c;
        this.now = c.now();
        this.request = request;
        this.move = request.move();
        this.actor = actor;
        this.at = at;
        this.rules = rules;
    }

    Moved made() {
        refuseUnlessAllowed();
        Case.Facts facts = move == Move.CORRECT ? c.facts().about(better()) : c.facts();
        String words = words(facts);
        Case.Now changed = change(words);
        CaseState to = switch (move) {
            case RESUME, MERGE, SPLIT, FOLLOW -> changed.state();
            default -> move.to(now.state());
        };
        Case.Now next = changed.but(n -> {
            n.state = to;
            n.version = now.version() + 1;
            n.updatedAt = at;
            if (now.aside() != null && ofDeadline()) {
                n.aside = now.aside().after(now, changed);
            }
        });
        HistoryLine line = new HistoryLine(
                next.version(),
                move,
                now.state(),
                to,
                at,
                HistoryLine.By.of(actor),
                said(words),
                next.holder(),
                request.media());
        return new Moved(c, new Case(facts, next), line);
    }

    /** What the clock does where a deadline comes near or passes. */
    private boolean ofDeadline() {
        return move == Move.CAUTION || move == Move.WARN || move == Move.CLIMB;
    }

    private void refuseUnlessAllowed() {
        String notTheirs = CasePolicy.against(actor, move, c);
        if (notTheirs != null) {
            throw Refusal.notAllowed(notTheirs);
        }
        if (request.version() != now.version()) {
            throw standing(Refusal.Kind.STALE_VERSION, "这件诉求刚刚有了新进展，请看过最新情况再操作。");
        }
        if (!move.from().contains(now.state())) {
            throw standing(Refusal.Kind.OUT_OF_TURN, "诉求现在是“" + now.state().label() + "”，不能“" + move.label() + "”。");
        }
        String against = Standing.against(move, c, actor, at, rules);
        if (against != null) {
            throw standing(Refusal.Kind.OUT_OF_TURN, against);
        }
    }

    private Refusal standing(Refusal.Kind kind, String why) {
        return Refusal.of(kind, why)
                .with("version", now.version())
                .with("state", now.state().name());
    }

    private Case.Now change(@Nullable String words) {
        DueRule handling =
                DueRule.forHandling(now.rule(), c.facts().urgency(), c.facts().category());
        boolean accepted = now.state() != CaseState.SUBMITTED;
        return switch (move) {
            case FILE -> throw Refusal.of(Refusal.Kind.OUT_OF_TURN, "这件诉求已经提交过了。");
            case ACCEPT -> accepted ? now.but(n -> n.transferredFrom = null) : now.due(handling, at, rules.time());
            case DECLINE -> now.notDue(null).but(n -> n.answer = words);
            case WITHDRAW ->
                now.notDue(null).but(n -> {
                    n.resumeTo = null;
                    n.suspendedAt = null;
                });
            case DISPATCH -> sent(target(), accepted, handling);
            case ARBITRATE -> sent(target(), accepted, handling).but(n -> n.settled = true);
            case TRANSFER -> sent(neighbour(), accepted, handling).but(n -> n.transferredFrom = now.holder());
            case RETURN -> returned();
            case ESCALATE -> escalated(accepted, handling);
            // Somebody was assigned: that is what the last clock of legal aid asked for.
            case HANDLE ->
                (now.rule() != null && handling.ofLegalAid() ? now.notDue(null) : now)
                        .but(n -> n.transferredFrom = null);
            case NOTE, SUPPLEMENT, CORRECT, REPORT_IN -> now;
            case ASK_EXTENSION -> now.but(n -> n.extension = new Case.Extension(days(), reason(words), at));
            case GRANT_EXTENSION -> extended();
            case REFUSE_EXTENSION -> now.but(n -> n.extension = null);
            case SUSPEND -> suspended();
            case RESUME -> resumed();
            case RESOLVE ->
                now.but(n -> {
                    n.resolution = resolution(reason(words));
                    n.extension = null;
                });
            case REPORT_BACK ->
                now.notDue(at.plus(Case.UNRATED)).but(n -> {
                    n.answer = words;
                    n.resolution = now.resolution() == null ? resolution(reason(words)) : now.resolution();
                });
            case SUPERVISE -> now.but(n -> n.supervised = true);
            case LIST ->
                now.but(n -> {
                    n.listed = true;
                    n.supervised = true;
                });
            case UNLIST -> now.but(n -> n.listed = false);
            case CAUTION -> now.but(n -> n.wake = now.due());
            case WARN ->
                now.but(n -> {
                    n.supervised = true;
                    n.wake = null;
                });
            case WHISTLE -> now.but(n -> n.assisting = joined());
            case CONCLUDE -> now.but(n -> n.assisting = request.assisting() == null ? List.of() : request.assisting());
            case MERGE -> Following.merged(c, lead(), at, rules.time());
            case SPLIT ->
                now.aside() == null
                        ? now.but(n -> n.mergedInto = null)
                        : now.aside().back(now);
            case FOLLOW -> Following.along(c, lead(), at, rules.time());
            case RATE -> now.notDue(at.plus(Case.RATED)).but(n -> n.rating = new Case.Rating(score(), words, at));
            case CONFIRM -> now.notDue(at.plus(Case.RATED)).but(n -> n.confirmed = true);
            case RETURN_VISIT -> now.but(n -> n.visited = visit());
            case REOPEN ->
                now.due(DueRule.ORDINARY, at, rules.time()).but(n -> {
                    n.resolution = null;
                    n.answer = null;
                    n.rating = null;
                    n.visited = null;
                    n.confirmed = false;
                    n.returnedBy = List.of();
                    n.settled = false;
                    // Who is not content goes on alone.
                    n.mergedInto = null;
                    n.aside = null;
                });
            case URGE -> now.but(n -> n.urges = now.urges() + 1);
            case CLIMB -> {
                DueRule accepting = DueRule.forAccepting(now.rule(), c.facts().urgency());
                yield now.holder().onTop()
                        ? now.but(n -> {
                            n.supervised = true;
                            n.wake = null;
                        })
                        : now.but(n -> {
                                    n.holder = now.holder().above();
                                    n.tier = null;
                                })
                                .due(accepting, at, rules.time());
            }
            case ARCHIVE ->
                now.notDue(null)
                        .but(n -> n.archivedBy = HistoryLine.By.of(actor).kind());
        };
    }

    private Case.Now sent(Holder target, boolean accepted, DueRule handling) {
        Case.Now sent = now.but(n -> {
            n.holder = target;
            n.tier = null;
            n.dispatchedAt = at;
            n.transferredFrom = null;
            n.extension = null;
        });
        return accepted ? sent : sent.due(handling, at, rules.time());
    }

    /** Back to where it came from; sent back twice, it goes on to the centre above, which says whose it is. */
    private Case.Now returned() {
        List<Holder> returnedBy = new ArrayList<>(now.returnedBy());
        returnedBy.add(now.holder());
        Holder from = now.transferredFrom() == null ? now.holder().above() : now.transferredFrom();
        return now.but(n -> {
            n.returnedBy = returnedBy;
            n.holder = returnedBy.size() >= 2 ? from.above() : from;
            n.tier = null;
            n.transferredFrom = null;
            n.extension = null;
        });
    }

    private Case.Now escalated(boolean accepted, DueRule handling) {
        Role by = actor instanceof Actor.Staff staff ? staff.who().role() : null;
        Chain.Rung rung = rules.chain().above(now.holder(), now.tier(), by);
        Case.Now raised = now.but(n -> {
            n.holder = rung.holder();
            n.tier = rung.tier();
            n.transferredFrom = null;
            n.extension = null;
        });
        return accepted ? raised : raised.due(handling, at, rules.time());
    }

    private Case.Now extended() {
        Case.Extension asked = now.extension();
        DueRule rule = now.rule();
        Instant due = now.due();
        if (asked == null || rule == null || due == null) {
            throw new IllegalStateException("nothing stands against granting what nobody asked for");
        }
        int days = request.days() == null ? asked.days() : days();
        if (days > asked.days()) {
            throw Refusal.notSensible("/days", "最多同意所申请的 " + asked.days() + " 天。");
        }
        Instant later = rule.later(due, days, rules.time());
        return now.but(n -> {
            n.due = later;
            n.wake = later.isAfter(at) ? later : now.wake();
            n.extendedDays = now.extendedDays() + days;
            n.extension = null;
        });
    }

    private Case.Now suspended() {
        Instant until = request.until();
        if (until == null) {
            throw Refusal.notSensible("/until", "请写明到哪一天恢复办理。");
        }
        if (!until.isAfter(at)) {
            throw Refusal.notSensible("/until", "恢复办理的日子要在今天之后。");
        }
        if (until.isAfter(at.plus(LONGEST_PAUSE))) {
            throw Refusal.notSensible("/until", "一次最多挂起 " + LONGEST_PAUSE.toDays() + " 天。");
        }
        String tooLong = rules.patience().against(at, until, rules.time());
        boolean supervisor = actor instanceof Actor.Staff staff && staff.who().role() == Role.SUPERVISOR;
        if (tooLong != null && !supervisor) {
            throw Refusal.notSensible("/until", tooLong);
        }
        Instant due = now.due();
        return now.but(n -> {
            n.resumeTo = now.state();
            n.suspendedAt = at;
            n.wake = until;
            // People read the deadline there will be if it resumes on that day.
            n.due = due == null ? null : due.plus(Duration.between(at, until));
            n.extension = null;
        });
    }

    /** The deadline moves by as long as it really waited; the clock need not warn of one it has warned of. */
    private Case.Now resumed() {
        CaseState back = now.resumeTo();
        Instant since = now.suspendedAt();
        Instant until = now.wake();
        if (back == null || since == null || until == null) {
            throw new IllegalStateException("a suspended case knows where it stood");
        }
        Instant planned = now.due();
        Instant due = planned == null ? null : planned.minus(Duration.between(at, until));
        boolean warned = due != null && !due.isAfter(at) && now.supervised();
        return now.but(n -> {
            n.state = back;
            n.resumeTo = null;
            n.suspendedAt = null;
            n.due = due;
            n.wake = warned ? null : due;
        });
    }

    private List<Holder> joined() {
        List<Holder> called = request.assisting();
        if (called == null || called.isEmpty()) {
            throw Refusal.notSensible("/assisting", "请选择要吹哨的部门。");
        }
        List<Holder> all = new ArrayList<>(now.assisting());
        called.stream().filter(one -> !all.contains(one)).forEach(all::add);
        return all;
    }

    private Case lead() {
        Case lead = request.lead();
        if (lead == null || lead.facts().id().equals(c.facts().id())) {
            throw Refusal.notSensible("/lead", "请选择另一件诉求作为主案。");
        }
        return lead;
    }

    private @Nullable String words(Case.Facts facts) {
        String words = blankToNull(request.words());
        if (words == null && move.needs().contains("words")) {
            throw Refusal.notSensible(
                    "/words", move == Move.REPORT_BACK || move == Move.RESOLVE ? "请写明办理结果。" : "请写明情况或原因。");
        }
        if (words != null && words.length() > WORDS_LIMIT) {
            throw Refusal.notSensible("/words", "文字太长，最多 " + WORDS_LIMIT + " 个字。");
        }
        if (move == Move.CORRECT) {
            String change = "由“" + label(c.facts().category()) + "”改为“" + label(facts.category()) + "”";
            return words == null ? change : change + "：" + words;
        }
        if (!move.needs().contains("channel")) {
            return words;
        }
        String channel = blankToNull(request.channel());
        if (channel == null) {
            throw Refusal.notSensible("/channel", "请告诉居民应当找哪个渠道。");
        }
        return words + "（可以联系：" + channel + "）";
    }

    /** What the history keeps: the words, and of some moves what they decided. */
    private @Nullable String said(@Nullable String words) {
        return switch (move) {
            case ASK_EXTENSION -> "申请延长 " + days() + " " + unit() + "：" + words;
            case GRANT_EXTENSION -> {
                Case.Extension asked = now.extension();
                String reason = asked == null ? "" : asked.words();
                int days = request.days() == null && asked != null ? asked.days() : days();
                yield "延长 " + days + " " + unit() + "，原因：" + reason + (words == null ? "" : "；" + words);
            }
            case RETURN_VISIT -> visit().label() + "：" + words;
            case RESOLVE, REPORT_BACK -> {
                String without = blankToNull(request.without());
                yield without == null || !request.media().isEmpty() ? words : words + "（没有照片或材料：" + without + "）";
            }
            default -> words;
        };
    }

    private String unit() {
        DueRule rule = now.rule();
        return rule == null ? "天" : rule.unit();
    }

    private Case.Resolution resolution(String words) {
        String without = blankToNull(request.without());
        int evidence = request.media().size();
        if (evidence == 0 && without == null) {
            throw Refusal.notSensible("/evidence", "请附上办理后的照片或材料；确实没有的，写明原因。");
        }
        return new Case.Resolution(
                words,
                evidence,
                evidence > 0 ? null : without,
                HistoryLine.By.of(actor).id());
    }

    private int days() {
        Integer days = request.days();
        if (days == null || days < 1) {
            throw Refusal.notSensible("/days", "请写明延长几天。");
        }
        DueRule rule = now.rule();
        int most = rule == null ? 0 : rule.mostExtension() - now.extendedDays();
        if (days > most) {
            throw Refusal.notSensible("/days", "最多还能延长 " + most + " " + unit() + "。");
        }
        return days;
    }

    private Visit visit() {
        Visit visit = request.visit();
        if (visit == null) {
            throw Refusal.notSensible("/visit", "请选择回访结果：满意、不满意或未联系上。");
        }
        return visit;
    }

    private Category better() {
        Category better = Categories.shipped()
                .find(request.category() == null ? "" : request.category())
                .orElseThrow(() -> Refusal.notSensible("/category", "没有这个类别，请重新选择。"));
        if (better.code().equals(c.facts().category())) {
            throw Refusal.notSensible("/category", "诉求已经是这个类别了。");
        }
        return better;
    }

    private static String label(@Nullable String category) {
        return Categories.shipped()
                .find(category == null ? "" : category)
                .map(known -> String.join("·", known.path()))
                .orElse("未分类");
    }

    private int score() {
        if (request.score() == null) {
            throw Refusal.notSensible("/score", "请给出 1 到 5 分的评价。");
        }
        return request.score();
    }

    private Holder target() {
        Holder target = request.target();
        if (target == null) {
            throw Refusal.notSensible("/department", "请选择要分流到的部门、网格或中心。");
        }
        if (move == Move.DISPATCH) {
            if (target.equals(now.holder())) {
                throw Refusal.notSensible("/to", "诉求已经在那里了，请选择别处。");
            }
            if (now.returnedBy().contains(target)) {
                throw Refusal.notSensible("/to", "那里已经退回过这件诉求，再派过去要由上级中心裁定，请上报上级。");
            }
        }
        Caller.Staff staff = ((Actor.Staff) actor).who();
        if (!AreaLevel.covers(staff.area(), target.area())) {
            throw Refusal.notSensible("/to", "只能分流到本区域之内，其他地方请上报上级。");
        }
        return target;
    }

    /** A grid of the same town. */
    private Holder neighbour() {
        Holder target = request.target();
        if (target == null || target.department() != null || target.level() != AreaLevel.GRID) {
            throw Refusal.notSensible("/to", "请选择要移交的网格。");
        }
        if (target.equals(now.holder())) {
            throw Refusal.notSensible("/to", "诉求已经在那里了，请选择别处。");
        }
        String town = now.holder().area().substring(0, AreaLevel.TOWN.digits());
        if (!AreaLevel.covers(town, target.area())) {
            throw Refusal.notSensible("/to", "只能移交给同一乡镇（街道）的网格，其他地方请上报上级。");
        }
        if (now.returnedBy().contains(target)) {
            throw Refusal.notSensible("/to", "那个网格已经退回过这件诉求，请上报上级裁定。");
        }
        return target;
    }

    private static String reason(@Nullable String words) {
        if (words == null) {
            throw Refusal.notSensible("/words", "请写明情况或原因。");
        }
        return words;
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
