package linge.cases;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import linge.clocks.WorkingTime;
import linge.shared.AreaLevel;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * How a case goes along with the lead it was merged into. It keeps its number, its resident, its office and its own deadline; from the
 * lead come the state, the waiting, and the answer. Nobody sees the case who did not see it before: the office stays its own. Pure.
 */
final class Following {

    /** Phones, landlines, and all long numbers: cards, cases. Dates are shorter. */
    private static final Pattern NUMBERS = Pattern.compile(
            "(?<![0-9])(?:1[3-9][0-9](?:[ -]?[0-9]{4}){2}|0[0-9]{2,3}-?[0-9]{7,8}|[0-9]{10,18}[0-9Xx]?)(?![0-9])");

    /** 王女士, 李先生: whom an answer speaks to, which is somebody else for those who share it. */
    private static final Pattern PEOPLE =
            Pattern.compile("[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚"
                    + "谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文牛申原靳暴连栗平苗温樊路景关]"
                    + "(女士|先生|小姐|同志|大爷|大妈|大娘|阿姨)");

    private Following() {}

    /** Why this case may not be merged into that one, in one sentence; null when it may. */
    static @Nullable String against(Case c, Case lead) {
        Case.Now there = lead.now();
        if (lead.facts().id().equals(c.facts().id())) {
            return "请选择另一件诉求作为主案。";
        }
        if (there.mergedInto() != null) {
            return "主案自己已经并入别的诉求，请选择最前面的那一件。";
        }
        boolean carries = there.state() == CaseState.SUBMITTED
                || there.state() == CaseState.ACCEPTED
                || there.state() == CaseState.DISPATCHED
                || there.state() == CaseState.HANDLING
                || there.suspended();
        if (!carries) {
            return "主案现在是“" + there.state().label() + "”，不能再并入。";
        }
        if (there.state() == CaseState.SUBMITTED && c.now().state() != CaseState.SUBMITTED) {
            return "请先受理主案，再把已受理的诉求并进去。";
        }
        if (!county(c).equals(county(lead))) {
            return "两件诉求不在同一个区县，不能合并办理。";
        }
        if (c.facts().urgency().compareTo(lead.facts().urgency()) > 0) {
            return "更紧急的诉求不能并入不那么紧急的主案，请反过来合并。";
        }
        if (isLegalAid(c) || isLegalAid(lead)) {
            return "法律援助申请各办各的，不能合并。";
        }
        if (c.now().listed()) {
            return "这件诉求正在挂牌督办，要单独办理。";
        }
        return c.now().assisting().isEmpty() ? null : "这件诉求正在吹哨会办，会商结束前不能并入别的诉求。";
    }

    private static String county(Case c) {
        String area = c.facts().area();
        return area.substring(0, Math.min(area.length(), AreaLevel.COUNTY.digits()));
    }

    private static boolean isLegalAid(Case c) {
        DueRule rule = c.now().rule();
        return rule != null && rule.ofLegalAid();
    }

    /** @throws Refusal {@code NOT_SENSIBLE} where {@link #against} says why */
    static Case.Now merged(Case c, Case lead, Instant at, WorkingTime time) {
        String why = against(c, lead);
        if (why != null) {
            throw Refusal.notSensible("/lead", why);
        }
        Aside aside = Aside.of(c.now());
        Case.Now merged = c.now().but(n -> {
            n.mergedInto = lead.facts().id();
            n.aside = aside;
            n.extension = null;
        });
        return along(new Case(c.facts(), merged), lead, at, time);
    }

    /** As it stands once it went where its lead is. */
    static Case.Now along(Case c, Case lead, Instant at, WorkingTime time) {
        Case.Now there = lead.now();
        boolean told = there.state() == CaseState.REPORTED || there.state() == CaseState.RATED;
        CaseState to = told ? CaseState.REPORTED : there.state();
        if (to == CaseState.WITHDRAWN || to == CaseState.ARCHIVED) {
            throw Refusal.notSensible("/lead", "主案已经“" + to.label() + "”，不能再跟随，请先拆案。");
        }
        Case.Now now = c.now();
        if (now.suspended() && to != CaseState.SUSPENDED) {
            now = resumed(now, at);
        }
        if (now.state() == CaseState.SUBMITTED && to.open() && to != CaseState.SUBMITTED) {
            now = now.due(
                    DueRule.forHandling(
                            now.rule(), c.facts().urgency(), c.facts().category()),
                    at,
                    time);
        }
        Case.Now on = now;
        return switch (to) {
            case REPORTED -> ended(on, there, at.plus(Case.UNRATED)).but(n -> n.state = to);
            case DECLINED -> ended(on, there, null).but(n -> n.state = to);
            case SUSPENDED -> on.suspended() ? on : suspended(on, there, at);
            default ->
                on.but(n -> {
                    n.state = to;
                    n.resolution = forOthers(there.resolution());
                });
        };
    }

    private static Case.Now ended(Case.Now now, Case.Now there, @Nullable Instant wake) {
        String answer = there.answer();
        return now.notDue(wake).but(n -> {
            n.answer = answer == null ? null : forOthers(answer);
            n.resolution = forOthers(there.resolution());
        });
    }

    /** Its own deadline waits as long as the lead does. */
    private static Case.Now suspended(Case.Now now, Case.Now there, Instant at) {
        Instant until = there.wake();
        Instant due = now.due();
        return now.but(n -> {
            n.state = CaseState.SUSPENDED;
            n.resumeTo = there.resumeTo();
            n.suspendedAt = at;
            n.wake = until;
            n.due = due == null || until == null ? due : due.plus(Duration.between(at, until));
        });
    }

    private static Case.Now resumed(Case.Now now, Instant at) {
        Instant until = now.wake();
        Instant planned = now.due();
        Instant due = planned == null || until == null ? planned : planned.minus(Duration.between(at, until));
        boolean warned = due != null && !due.isAfter(at) && now.supervised();
        CaseState back = now.resumeTo();
        return now.but(n -> {
            n.state = back == null ? CaseState.HANDLING : back;
            n.resumeTo = null;
            n.suspendedAt = null;
            n.due = due;
            n.wake = warned ? null : due;
        });
    }

    private static Case.@Nullable Resolution forOthers(Case.@Nullable Resolution done) {
        return done == null
                ? null
                : new Case.Resolution(
                        forOthers(done.words()),
                        done.evidence(),
                        done.without() == null ? null : forOthers(done.without()),
                        done.by());
    }

    /** An answer as those may read it whom it was not written to: without numbers of phones and cards, and without whom it speaks to. */
    static String forOthers(String answer) {
        String numberless = NUMBERS.matcher(answer).replaceAll("（号码已隐去）");
        return PEOPLE.matcher(numberless).replaceAll("反映人");
    }

    /** What the resident of a merged case is told of the lead's move. */
    static String words(Case lead) {
        Case.Now there = lead.now();
        String answer = there.answer();
        return switch (there.state()) {
            case REPORTED, RATED, DECLINED -> answer == null ? "合并办理的事项有了结果。" : forOthers(answer);
            default -> "您的诉求与同一事项合并办理，现在“" + there.state().label() + "”。";
        };
    }
}
