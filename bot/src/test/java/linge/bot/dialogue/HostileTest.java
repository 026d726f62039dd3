package linge.bot.dialogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import linge.bot.Bot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, in whatever order: an answer, a bounded talk, nobody's numbers said back. */
class HostileTest {
    private static final Bot BOT = Bot.shipped();
    private static final Instant START = Instant.parse("2026-11-24T02:00:00Z");
    private static final String IDENTITY = "140402198001011234";
    private static final String PHONE = "13812345678";
    /** The phone, not a part of a longer number. */
    private static final Pattern ALONE = Pattern.compile("(?<![0-9])" + PHONE + "(?![0-9])");

    private static final int MESSAGES = 10_000;

    private static final String[] PIECES = {
        "路灯坏了",
        "东关社区",
        "潞州区",
        "3号楼",
        "二单元",
        "昨天",
        "不对",
        "是",
        "不",
        "嗯",
        "随便",
        "继续",
        "刚才那个",
        "催一下",
        "撤回",
        "评价",
        "五星",
        "网格员",
        "怎么办",
        "离婚",
        "工资",
        "法律援助",
        "调解",
        "转人工",
        "你好",
        "谢谢",
        "再见",
        "滚",
        "废物",
        "着火了",
        "我不想活了",
        "261124000010",
        "261124000011",
        PHONE,
        "幺三八",
        IDENTITY,
        "6222020200112233446",
        "另外",
        "，",
        "。",
        "？",
        "\n",
        " ",
        "😀",
        "\uD800",
        "\u202E",
        "\u0000",
        "<script>",
        "{number}",
        "$1",
        "\\",
        "’;--",
        "ａｂｃ",
        "١٢٣",
        "1",
        "第二个",
        "最后一个",
        "abc",
        "一千二",
        "没有",
        "身份证",
        "都有",
        "不知道",
        "登录好了",
        "电话错了",
        "不是三号楼是五号楼",
        "中村",
        "我今年10岁",
        "贪污",
        "法院判决"
    };
    private static final String[] TAPS = {
        "file",
        "edit",
        "drop",
        "retry",
        "edit-phone",
        "edit-where",
        "edit-what",
        "edit-since",
        "go-on",
        "home",
        "danger",
        "no-danger",
        "no-phone",
        "sign-in",
        "person",
        "law",
        "mediate",
        "another",
        "urge",
        "supplement",
        "withdraw",
        "rate",
        "reopen",
        "progress",
        "resume",
        "bye",
        "withdraw-yes",
        "withdraw-no",
        "score:1",
        "score:5",
        "score:9",
        "reopen-yes",
        "rate-only",
        "leave",
        "aid:wages",
        "aid:none",
        "aid:all",
        "aid:nonsense",
        "aid-apply",
        "aid-leave",
        "topic:report",
        "topic:team",
        "topic:nonsense",
        "topic:none",
        "topic:",
        "case:261124000010",
        "case:",
        "place:140402001001",
        "place:x",
        "yes",
        "no",
        "",
        "\uD800"
    };

    private static Outcome outcome(Random random) {
        var facts = new Outcome.CaseFacts(
                "261124000010",
                random.nextBoolean() ? "路灯" : "",
                random.nextBoolean() ? "HANDLING" : "REPORTED",
                "处置中",
                random.nextBoolean() ? null : "社区",
                random.nextBoolean() ? null : START,
                random.nextBoolean(),
                null,
                null,
                START);
        return switch (random.nextInt(12)) {
            case 0 -> new Outcome.Filed(facts);
            case 1 -> new Outcome.CaseFound(facts);
            case 2 ->
                new Outcome.CasesFound(random.nextBoolean() ? List.of() : List.of(facts, facts, facts, facts, facts));
            case 3 -> new Outcome.TeamFound("140402001001002", null, true, List.of());
            case 4 ->
                new Outcome.GroundFound(
                        random.nextBoolean() ? null : "140402001001002",
                        random.nextBoolean() ? null : "东关",
                        List.of(),
                        false);
            case 5 -> new Outcome.Advised("", "可以。", List.of(), null, null, null, random.nextBoolean(), 0, List.of());
            case 6 -> new Outcome.Applied("A1", null, List.of());
            case 7 -> new Outcome.HandedOver(random.nextBoolean(), null, null, null);
            default ->
                new Outcome.Refused(
                        Outcome.Why.values()[random.nextInt(Outcome.Why.values().length)],
                        random.nextBoolean() ? null : "不行");
        };
    }

    private static Heard.Said said(Random random, List<Reply.Choice> offered) {
        int kind = random.nextInt(20);
        if (kind == 0) {
            return new Heard.Point(random.nextDouble() * 360 - 180, Double.NaN, null, null);
        } else if (kind == 1) {
            return new Heard.Media(
                    random.nextBoolean() ? List.of() : List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"));
        } else if (kind == 2) {
            return new Heard.Opened();
        } else if (kind < 6) {
            return new Heard.Came(outcome(random));
        } else if (kind < 8 && !offered.isEmpty()) {
            return new Heard.Tap(offered.get(random.nextInt(offered.size())).id());
        } else if (kind < 9) {
            return new Heard.Tap(TAPS[random.nextInt(TAPS.length)]);
        }
        var text = new StringBuilder();
        int pieces = random.nextInt(300) == 0 ? 2_000 : 1 + random.nextInt(4);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return new Heard.Text(text.toString());
    }

    @Test
    void ten_thousand_messages_never_throw_and_the_talk_stays_small() {
        var random = new Random(20261124);
        Talk talk = Talk.fresh(START);
        Instant now = START;
        for (int i = 0; i < MESSAGES; i++) {
            if (i % 400 == 0) {
                talk = Talk.fresh(now);
            }
            now = now.plus(random.nextInt(50) == 0 ? Duration.ofDays(3) : Duration.ofSeconds(20));
            var who = random.nextBoolean()
                    ? Heard.Who.NOBODY
                    : new Heard.Who(true, "王", random.nextBoolean() ? "140402001001001" : null, "东关社区");
            Turn turn = BOT.hear(talk, new Heard(now, who, said(random, talk.offered())));
            talk = turn.talk();
            String json = talk.json();
            assertTrue(json.length() <= 60_000, "" + json.length());
            assertEquals(talk, Talk.read(json, now));
            assertFalse(json.contains(IDENTITY), "an identity number was kept");
            assertTrue(turn.replies().size() <= 4 && turn.wishes().size() <= 2);
            for (Reply reply : turn.replies()) {
                assertFalse(ALONE.matcher(reply.text()).find() || reply.text().contains(IDENTITY), reply.text());
                assertFalse(reply.text().isBlank());
                assertTrue(reply.text().length() <= 1_200, reply.text());
            }
        }
    }

    @Test
    void whoever_speaks_is_answered_or_something_is_wished_for() {
        var random = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            var text = PIECES[random.nextInt(PIECES.length)] + PIECES[random.nextInt(PIECES.length)];
            Turn turn = BOT.hear(Talk.fresh(START), Heard.text(START, Heard.Who.NOBODY, text));
            assertTrue(!turn.replies().isEmpty() || !turn.wishes().isEmpty(), text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "[]",
                "{\"version\":99}",
                "{\"version\":1}",
                "{\"version\":1,\"topic\":\"DANCING\"}",
                "路灯",
                "{\"version\":1,\"began\":\"x\"}"
            })
    void a_talk_that_cannot_be_read_starts_afresh(String json) {
        Talk talk = Talk.read(json, START);
        Turn turn = BOT.hear(talk, Heard.text(START.plusSeconds(1), Heard.Who.NOBODY, "你好"));
        assertEquals("small.hello", turn.replies().get(0).name());
    }

    @Test
    void the_clock_may_go_backwards() {
        Turn first = BOT.hear(Talk.fresh(START), Heard.text(START, Heard.Who.NOBODY, "路灯坏了"));
        Turn second = BOT.hear(first.talk(), Heard.text(START.minus(Duration.ofDays(90)), Heard.Who.NOBODY, "东关社区"));
        assertFalse(second.replies().isEmpty());
    }

    @Test
    void the_same_talk_and_words_give_the_same_turn() {
        var turns = new ArrayList<Turn>();
        for (int i = 0; i < 5; i++) {
            turns.add(BOT.hear(Talk.fresh(START), Heard.text(START, Heard.Who.NOBODY, "东关社区路灯坏了三天了")));
        }
        turns.forEach(turn -> assertEquals(turns.get(0), turn));
    }
}
