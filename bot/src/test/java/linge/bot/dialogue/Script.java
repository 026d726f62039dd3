package linge.bot.dialogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import linge.bot.dialogue.Outcome.CaseFacts;
import org.jspecify.annotations.Nullable;

/** A golden dialogue: what is said to the bot in one file, with what the bot must say and wish for. */
final class Script {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final Pattern POINT = Pattern.compile("([0-9.]+),([0-9.]+)");
    private static final Pattern AWAY = Pattern.compile("([0-9]+)(分钟|小时|天)");

    final String title;
    final String why;
    private final List<String> inputs = new ArrayList<>();
    private final List<String> expected = new ArrayList<>();

    private Script(String title, String why) {
        this.title = title;
        this.why = why;
    }

    /** Every dialogue of a file: "# title", a line why, then the talk. */
    static List<Script> of(Path file) {
        var scripts = new ArrayList<Script>();
        try {
            Script now = null;
            StringBuilder said = new StringBuilder();
            String title = "";
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("# ")) {
                    finish(now, said);
                    now = null;
                    title = line.substring(2).strip();
                } else if (now == null && !line.isBlank()) {
                    now = new Script(title, line.strip());
                    scripts.add(now);
                } else if (now != null && isInput(line)) {
                    finish(now, said);
                    now.inputs.add(line.strip());
                } else if (now != null && !line.isBlank()) {
                    said.append(line.stripTrailing()).append('\n');
                }
            }
            finish(now, said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return scripts;
    }

    private static void finish(@Nullable Script script, StringBuilder said) {
        if (script != null && !script.inputs.isEmpty() && script.expected.size() < script.inputs.size()) {
            script.expected.add(said.toString());
        }
        said.setLength(0);
    }

    private static boolean isInput(String line) {
        return line.startsWith("居民") || line.startsWith("【系统】") || line.startsWith("【设】");
    }

    /** What happened, in the same words as the file. */
    String expectedText() {
        return text(expected);
    }

    private String text(List<String> answers) {
        var out = new StringBuilder();
        for (int i = 0; i < inputs.size(); i++) {
            out.append(inputs.get(i)).append('\n').append(i < answers.size() ? answers.get(i) : "");
        }
        return out.toString();
    }

    /** Plays the talk with a bot and writes down what came of it. */
    String play(BiFunction<Talk, Heard, Turn> bot, Set<String> repliesSaid) {
        Instant now = instant("2026-11-24 10:00");
        Heard.Who who = Heard.Who.NOBODY;
        Talk talk = Talk.fresh(now);
        var answers = new ArrayList<String>();
        for (String input : inputs) {
            if (input.startsWith("【设】")) {
                String what = input.substring(3);
                Matcher away = AWAY.matcher(what);
                if (what.startsWith("登录")) {
                    String[] cells = what.split("｜");
                    who = new Heard.Who(true, cell(cells, 1), cell(cells, 2), cell(cells, 3));
                } else if (away.find()) {
                    now = now.plus(span(away));
                } else {
                    now = instant(what.strip());
                }
                answers.add("");
                continue;
            }
            now = now.plusSeconds(30);
            Turn turn = bot.apply(talk, new Heard(now, who, said(input, talk)));
            talk = turn.talk();
            turn.replies().forEach(reply -> repliesSaid.add(reply.name()));
            answers.add(written(turn));
        }
        return text(answers);
    }

    private static Duration span(Matcher away) {
        long count = Long.parseLong(away.group(1));
        return switch (away.group(2)) {
            case "天" -> Duration.ofDays(count);
            case "小时" -> Duration.ofHours(count);
            default -> Duration.ofMinutes(count);
        };
    }

    private static @Nullable String cell(String[] cells, int at) {
        return at < cells.length && !cells[at].isBlank() ? cells[at].strip() : null;
    }

    private static Instant instant(String text) {
        return LocalDateTime.parse(text.strip(), TIME).atZone(Wording.ZONE).toInstant();
    }

    private static Heard.Said said(String input, Talk talk) {
        int colon = input.indexOf('：');
        String what = colon < 0 ? "" : input.substring(colon + 1).strip();
        if (input.startsWith("居民：")) {
            return new Heard.Text(what);
        }
        if (input.startsWith("居民点：")) {
            return new Heard.Tap(talk.offered().stream()
                    .filter(choice -> choice.label().equals(what))
                    .map(Reply.Choice::id)
                    .findFirst()
                    .orElse(what));
        }
        if (input.startsWith("居民发位置：")) {
            Matcher point = POINT.matcher(what);
            if (!point.find()) {
                throw new IllegalArgumentException(input);
            }
            return new Heard.Point(Double.parseDouble(point.group(1)), Double.parseDouble(point.group(2)), 20.0, null);
        }
        if (input.startsWith("居民发照片：")) {
            return new Heard.Media(List.of(what.split("，")));
        }
        if (input.startsWith("居民打开页面")) {
            return new Heard.Opened();
        }
        return new Heard.Came(outcome(input.substring("【系统】".length()), asked(talk)));
    }

    /** What the resident said last: what the law was asked. */
    private static String asked(Talk talk) {
        return talk.lines().stream()
                .filter(Talk.Line::resident)
                .reduce((first, second) -> second)
                .map(Talk.Line::text)
                .orElse("");
    }

    private static Outcome outcome(String line, String asked) {
        int colon = line.indexOf('：');
        String kind = colon < 0 ? line : line.substring(0, colon);
        String[] cells = colon < 0 ? new String[0] : line.substring(colon + 1).split("｜", -1);
        return switch (kind) {
            case "报上了" -> new Outcome.Filed(facts(cells));
            case "这件诉求" -> new Outcome.CaseFound(facts(cells));
            case "没有诉求" -> new Outcome.CasesFound(List.of());
            case "诉求" ->
                new Outcome.CasesFound(Arrays.stream(line.substring(colon + 1).split("；"))
                        .map(one -> facts(one.split("｜", -1)))
                        .toList());
            case "没办成" -> new Outcome.Refused(Outcome.Why.valueOf(cells[0]), cell(cells, 1));
            case "网格" ->
                new Outcome.TeamFound(
                        cells[0],
                        null,
                        cells.length > 2 && cells[2].equals("演示"),
                        cells[1].isBlank()
                                ? List.of()
                                : Arrays.stream(cells[1].split("，"))
                                        .map(member -> member.split(" "))
                                        .map(member -> new Outcome.Member(member[0], member[1], cell(member, 2)))
                                        .toList());
            case "位置" -> new Outcome.GroundFound(cell(cells, 1), cell(cells, 0), List.of(), false);
            case "法律" ->
                new Outcome.Advised(
                        asked,
                        cells[0],
                        List.of(new Outcome.Cited(cells[1], cells[2], LocalDate.of(2021, 1, 1), null)),
                        null,
                        null,
                        null,
                        false,
                        0.9,
                        List.of());
            case "法律不答" -> new Outcome.Advised(asked, cells[0], List.of(), null, null, null, true, 0.1, List.of());
            case "人工" -> new Outcome.HandedOver(cells[0].equals("在"), cell(cells, 1), cell(cells, 2), cell(cells, 3));
            case "申请收到" ->
                new Outcome.Applied(
                        cells[0],
                        LocalDate.parse(cells[1]),
                        cell(cells, 2) == null ? List.of() : List.of(cells[2].split("，")));
            default -> throw new IllegalArgumentException(line);
        };
    }

    /** number｜text｜state｜holder｜due｜answer. */
    private static CaseFacts facts(String[] cells) {
        String state = cell(cells, 2) == null ? "SUBMITTED" : cells[2].strip();
        String due = cell(cells, 4);
        boolean overdue = due != null && due.startsWith("超时");
        return new CaseFacts(
                cells[0].strip(),
                cell(cells, 1) == null ? "" : cells[1].strip(),
                state.replace("超时", ""),
                STATES.getOrDefault(state, state),
                cell(cells, 3),
                due == null ? null : instant(due.replace("超时", "")),
                overdue,
                cell(cells, 5),
                null,
                instant("2026-11-20 09:00"));
    }

    private static final java.util.Map<String, String> STATES = java.util.Map.of(
            "SUBMITTED", "待受理",
            "ACCEPTED", "已受理",
            "DISPATCHED", "已分流",
            "HANDLING", "处置中",
            "REPORTED", "已反馈",
            "RATED", "已评价",
            "ARCHIVED", "已归档",
            "DECLINED", "不予受理",
            "WITHDRAWN", "已撤回");

    private static String written(Turn turn) {
        var out = new StringBuilder();
        for (Reply reply : turn.replies()) {
            out.append("邻格：").append(reply.text()).append('\n');
            if (!reply.choices().isEmpty()) {
                out.append("  ");
                reply.choices()
                        .forEach(
                                choice -> out.append('【').append(choice.label()).append('】'));
                out.append('\n');
            }
        }
        turn.wishes().forEach(wish -> out.append("【要办】").append(written(wish)).append('\n'));
        return out.toString();
    }

    private static String written(Wish wish) {
        if (wish instanceof Wish.FileCase file) {
            Wish.Filing filing = file.filing();
            var cells = new ArrayList<String>(List.of(filing.text()));
            cells.add(filing.address() == null ? "" : filing.address());
            cells.add(filing.category() == null ? "" : filing.category());
            add(cells, filing.point() != null, "有位置");
            add(cells, !filing.media().isEmpty(), "照片" + filing.media().size() + "张");
            add(cells, filing.phone() != null, "电话" + filing.phone());
            add(cells, filing.anonymous(), "匿名");
            add(cells, filing.confidential(), "保密");
            add(cells, filing.mediation(), "调解");
            return "提交：" + String.join("｜", cells).replace("\n", "。");
        }
        if (wish instanceof Wish.FindGround find) {
            return "认位置" + (find.words() == null ? "" : "：" + find.words());
        }
        if (wish instanceof Wish.ListCases) {
            return "我的诉求";
        }
        if (wish instanceof Wish.ShowCase show) {
            return "查诉求：" + show.number();
        }
        if (wish instanceof Wish.Urge urge) {
            return "催办：" + urge.number();
        }
        if (wish instanceof Wish.Supplement more) {
            return "补充：" + more.number() + "｜" + more.words()
                    + (more.media().isEmpty() ? "" : "｜照片" + more.media().size() + "张");
        }
        if (wish instanceof Wish.Withdraw withdraw) {
            return "撤回：" + withdraw.number();
        }
        if (wish instanceof Wish.Rate rate) {
            return "评价：" + rate.number() + "｜" + rate.score() + "分" + (rate.words() == null ? "" : "｜" + rate.words());
        }
        if (wish instanceof Wish.Reopen reopen) {
            return "重办：" + reopen.number() + "｜" + reopen.words();
        }
        if (wish instanceof Wish.FindTeam team) {
            return "找网格" + (team.words() != null ? "：" + team.words() : team.point() != null ? "：发来的位置" : "：登记的住址");
        }
        if (wish instanceof Wish.AskLaw law) {
            return "问法律：" + law.question();
        }
        if (wish instanceof Wish.ApplyAid aid) {
            return "申请法援：" + new java.util.TreeMap<>(aid.answers()) + "｜" + aid.words();
        }
        if (wish instanceof Wish.HandOver over) {
            return "转人工：" + over.reason();
        }
        throw new IllegalArgumentException(wish.toString());
    }

    private static void add(List<String> cells, boolean when, String cell) {
        if (when) {
            cells.add(cell);
        }
    }

    /** The file again, with what the bot says now. */
    static String rewritten(List<Script> scripts, BiFunction<Talk, Heard, Turn> bot, Set<String> repliesSaid) {
        return scripts.stream()
                .map(script -> "# " + script.title + "\n" + script.why + "\n\n" + spaced(script.play(bot, repliesSaid)))
                .collect(Collectors.joining("\n"));
    }

    /** A blank line before each thing the resident says, so that it reads well. */
    static String spaced(String text) {
        return text.replaceAll("\n(?=居民)", "\n\n").stripTrailing() + "\n";
    }
}
