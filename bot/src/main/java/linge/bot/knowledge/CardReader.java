package linge.bot.knowledge;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one file of cards, strictly: it goes on after a fault, so that a writer hears of all of them at once. */
final class CardReader {
    private static final Pattern TITLE = Pattern.compile("# (\\S.*)");
    private static final Pattern TOPIC = Pattern.compile("topic: ([a-z]+(?:-[a-z]+)*)");
    private static final Pattern HEAD = Pattern.compile("## ([a-z0-9]+(?:-[a-z0-9]+)+) (\\S.*)");
    private static final Pattern FIELD = Pattern.compile("- (ask|route|checked): (\\S.*)");
    private static final Pattern STEP = Pattern.compile("(\\d{1,2})\\. (\\S.*)");
    private static final Pattern ITEM = Pattern.compile("- (\\S.*)");
    private static final Pattern CITED = Pattern.compile("([^〔〕]*)〔([^〔〕]*)〕");
    private static final Pattern SENTENCE_END = Pattern.compile("[。！？]");

    /** The parts of a card, by their heading. */
    private enum Part {
        ANSWER("答"),
        STEPS("怎么办"),
        BRING("带什么"),
        DEADLINES("期限"),
        WHERE("去哪里");

        final String heading;

        Part(String heading) {
            this.heading = heading;
        }

        static @Nullable Part of(String line) {
            for (Part part : values()) {
                if (line.equals("### " + part.heading)) {
                    return part;
                }
            }
            return null;
        }
    }

    /** A card as far as it has been read. */
    private static final class Draft {
        final int line;
        final String id;
        final String title;
        final List<String> asks = new ArrayList<>();
        final List<Route> routes = new ArrayList<>();

        @Nullable
        LocalDate checked;

        final Map<Part, Integer> parts = new EnumMap<>(Part.class);
        final List<Sentence> answer = new ArrayList<>();
        final List<Card.Step> steps = new ArrayList<>();
        final List<String> bring = new ArrayList<>();
        final List<Sentence> deadlines = new ArrayList<>();
        final List<String> where = new ArrayList<>();

        Draft(int line, String id, String title) {
            this.line = line;
            this.id = id;
            this.title = title;
        }
    }

    private final String file;
    private final CitedLaws laws;
    private final List<String> faults;
    private final List<Card> cards = new ArrayList<>();
    private @Nullable String name;
    private @Nullable String topic;
    private @Nullable Draft draft;
    private @Nullable Part part;
    private int at;

    CardReader(String file, CitedLaws laws, List<String> faults) {
        this.file = file;
        this.laws = laws;
        this.faults = faults;
    }

    /** Reads all lines; null if the file has no heading and topic. What is wrong is added to the faults. */
    @Nullable
    Topic read(List<String> lines) {
        for (String line : lines) {
            at++;
            if (!line.isBlank()) {
                take(line.stripTrailing());
            }
        }
        finish();
        if (name == null || topic == null) {
            fault(1, "文件开头应是“# 名称”和“topic: 代号”");
            return null;
        }
        if (cards.isEmpty()) {
            fault(at, "没有一张卡片");
        }
        return new Topic(topic, name, cards);
    }

    private void take(String line) {
        @Nullable Draft card = draft;
        if (line.startsWith("## ")) {
            begin(line);
        } else if (card == null) {
            head(line);
        } else if (line.startsWith("### ")) {
            open(card, line);
        } else if (part == null) {
            match(FIELD, line, "应是“- ask: …”“- route: …”或“- checked: …”", found -> field(card, found));
        } else {
            line(card, part, line);
        }
    }

    private void head(String line) {
        Matcher title = TITLE.matcher(line);
        Matcher code = TOPIC.matcher(line);
        if (title.matches() && name == null) {
            name = title.group(1);
        } else if (code.matches() && topic == null) {
            topic = code.group(1);
        } else {
            fault(at, "第一张卡片之前只有“# 名称”和“topic: 代号”");
        }
    }

    private void begin(String line) {
        finish();
        Matcher head = HEAD.matcher(line);
        if (!head.matches()) {
            fault(at, "卡片的标题应是“## 小写代号 问题”：" + line);
            draft = new Draft(at, "?", line);
        } else {
            draft = new Draft(at, head.group(1), head.group(2));
            if (topic == null || !head.group(1).startsWith(topic + "-")) {
                fault(at, "代号应以 " + topic + "- 开头：" + head.group(1));
            }
        }
        part = null;
    }

    private void open(Draft card, String line) {
        @Nullable Part found = Part.of(line);
        if (found == null) {
            fault(at, "只有答、怎么办、带什么、期限、去哪里五部分：" + line);
        } else if (card.parts.put(found, at) != null) {
            fault(at, "这一部分写了两次：" + found.heading);
        }
        part = found;
    }

    private void field(Draft card, Matcher found) {
        String value = found.group(2).strip();
        switch (found.group(1)) {
            case "ask" -> card.asks.add(value);
            case "checked" -> {
                try {
                    card.checked = LocalDate.parse(value);
                } catch (DateTimeParseException e) {
                    fault(at, "checked 应写成 2026-11-24：" + value);
                }
            }
            default -> {
                for (String route : value.split(",\\s*")) {
                    if (Route.exists(route)) {
                        card.routes.add(Route.valueOf(route));
                    } else {
                        fault(at, "没有这条路：" + route);
                    }
                }
            }
        }
    }

    private void line(Draft card, Part in, String line) {
        switch (in) {
            case ANSWER -> card.answer.addAll(sentences(line));
            case STEPS ->
                match(STEP, line, "步骤应写成“1. …”", found -> {
                    if (Integer.parseInt(found.group(1)) != card.steps.size() + 1) {
                        fault(at, "步骤的序号应是 " + (card.steps.size() + 1));
                    }
                    card.steps.add(new Card.Step(sentences(found.group(2))));
                });
            case DEADLINES ->
                match(ITEM, line, "期限应写成“- …”", found -> card.deadlines.addAll(sentences(found.group(1))));
            case BRING -> match(ITEM, line, "应写成“- …”", found -> card.bring.add(found.group(1)));
            case WHERE -> match(ITEM, line, "应写成“- …”", found -> card.where.add(found.group(1)));
        }
    }

    private void match(Pattern pattern, String line, String otherwise, Consumer<Matcher> then) {
        Matcher matcher = pattern.matcher(line);
        if (matcher.matches()) {
            then.accept(matcher);
        } else {
            fault(at, otherwise + "：" + line);
        }
    }

    /** Splits “…。〔甲1〕…。〔乙2、丙3〕”; whatever is not one sentence and its citation is a fault. */
    private List<Sentence> sentences(String text) {
        var sentences = new ArrayList<Sentence>();
        Matcher matcher = CITED.matcher(text);
        int end = 0;
        while (matcher.find()) {
            if (matcher.start() != end) {
                break;
            }
            end = matcher.end();
            String words = matcher.group(1).strip();
            if (words.isEmpty()
                    || !SENTENCE_END
                            .matcher(words.substring(words.length() - 1))
                            .matches()) {
                fault(at, "引用应写在句号后面：" + words);
            } else if (SENTENCE_END
                    .matcher(words.substring(0, words.length() - 1))
                    .find()) {
                fault(at, "每一句后面都要有引用：" + words);
            }
            try {
                sentences.add(new Sentence(words, laws.parse(matcher.group(2))));
            } catch (IllegalArgumentException e) {
                fault(at, String.valueOf(e.getMessage()));
            }
        }
        if (end != text.length()) {
            fault(at, "最后一句没有引用：" + text.substring(end));
        }
        return sentences;
    }

    private void finish() {
        @Nullable Draft card = draft;
        if (card == null) {
            return;
        }
        if (card.asks.size() < 4 || card.asks.size() > 8) {
            fault(card.line, "问法应有 4 到 8 种，现有 " + card.asks.size() + " 种：" + card.id);
        }
        if (card.routes.isEmpty()) {
            fault(card.line, "缺少 route：" + card.id);
        }
        for (Part needed : Part.values()) {
            if (needed != Part.DEADLINES && !card.parts.containsKey(needed)) {
                fault(card.line, "缺少“" + needed.heading + "”：" + card.id);
            }
        }
        @Nullable LocalDate checked = card.checked;
        if (checked == null) {
            fault(card.line, "缺少 checked：" + card.id);
        } else if (topic != null) {
            cards.add(new Card(
                    card.id,
                    topic,
                    card.title,
                    card.asks,
                    card.routes,
                    checked,
                    card.answer,
                    card.steps,
                    card.bring,
                    card.deadlines,
                    card.where));
        }
        draft = null;
    }

    private void fault(int line, String what) {
        faults.add(file + ":" + line + " " + what);
    }
}
