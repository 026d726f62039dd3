package linge.wechat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the bot says, as WeChat shows it. */
class ReplyTextTest {

    private static final ReplyText REPLY = new ReplyText(
            new Account("wx1", "s", "t", List.of(), Account.API, Account.openFor(Account.API), "https://linge.test"));

    private static JsonObject bubble(String text) {
        return new JsonObject().put("text", text);
    }

    private static JsonObject choice(String id, String label) {
        return new JsonObject().put("id", id).put("label", label);
    }

    private static String one(JsonObject... replies) {
        List<String> texts = REPLY.of(new JsonArray(List.of(replies)));
        assertEquals(1, texts.size());
        return texts.get(0);
    }

    @Test
    void bubbles_are_joined_and_only_the_last_choices_lie_on_the_table() {
        String text = one(
                bubble("记下了。").put("choices", new JsonArray().add(choice("old", "旧的"))),
                bubble("会不会伤着人？")
                        .put("choices", new JsonArray().add(choice("yes", "会")).add(choice("no", "不会"))));
        assertEquals("记下了。\n\n会不会伤着人？\n\n1. 会\n2. 不会\n（回复数字选择）", text);
    }

    @Test
    void what_a_page_would_open_is_said_in_wechats_own_ways() {
        String text = one(bubble("在哪儿？")
                .put("choices", new JsonArray().add(choice("point", "发位置")).add(choice("sign-in", "去登录"))));
        assertTrue(text.contains("选“位置”"), text);
        assertTrue(
                text.contains("<a href=\"https://linge.test/wechat/login?to=%2Fwechat%2Fbound\">点这里绑定手机号</a>"), text);
        assertFalse(text.contains("回复数字"), text);
    }

    @Test
    void cards_are_lines_and_a_link() {
        String aCase = one(
                bubble("报上去了。").put("card", new JsonObject().put("kind", "case").put("number", "261124000010")));
        assertTrue(aCase.contains("?to=%2Fcases%2F261124000010\">查看这件诉求</a>"), aCase);
        String law = one(bubble("先要工资条。")
                .put(
                        "card",
                        new JsonObject()
                                .put("kind", "law")
                                .put("text", "先要工资条。")
                                .put("card", "wages-unpaid")
                                .put("citations", new JsonArray().add(new JsonObject().put("label", "《劳动法》第五十条")))));
        assertEquals(law.indexOf("先要工资条"), law.lastIndexOf("先要工资条"), law);
        assertTrue(law.contains("《劳动法》第五十条") && law.contains("%2Flegal%2Fcards%2Fwages-unpaid"), law);
        String team = one(bubble("您的网格员")
                .put(
                        "card",
                        new JsonObject()
                                .put("kind", "team")
                                .put(
                                        "members",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("roleName", "网格员")
                                                        .put("name", "李梅")
                                                        .put("phone", "0355-1")))));
        assertTrue(team.endsWith("网格员 李梅 0355-1"), team);
    }

    @Test
    void a_residents_words_make_no_link() {
        String text = one(bubble("什么事：<a href=\"http://evil.test\">点我</a>"));
        assertFalse(text.contains("<a"), text);
    }

    @Test
    void long_words_are_cut_into_few_messages_that_wechat_takes() {
        String paragraph = "这是一段很长的话，一直说个不停。".repeat(30);
        String words = (paragraph + "\n\n").repeat(12);
        List<String> texts = ReplyText.texts(words);
        assertEquals(ReplyText.MOST_TEXTS, texts.size());
        for (String text : texts) {
            assertTrue(text.getBytes(StandardCharsets.UTF_8).length <= ReplyText.MOST_BYTES, text);
            assertFalse(text.isBlank());
        }
        assertEquals(paragraph, texts.get(0));
        assertTrue(texts.get(2).endsWith("……"), texts.get(2));
        assertTrue(words.startsWith(texts.get(0)));
    }

    @Test
    void neither_a_character_nor_a_link_is_cut_in_two() {
        String emoji = "👍".repeat(700);
        for (String text : ReplyText.texts(emoji)) {
            assertFalse(Character.isLowSurrogate(text.charAt(0)));
            assertFalse(Character.isHighSurrogate(text.charAt(text.length() - 1)));
        }
        String link = "<a href=\"https://linge.test/" + "x".repeat(100) + "\">看</a>";
        for (String text : ReplyText.texts("字".repeat(660) + link + "字".repeat(100))) {
            assertEquals(text.split("<a ", -1).length, text.split("</a>", -1).length, text);
        }
    }

    @Test
    void nothing_said_is_no_message() {
        assertEquals(List.of(), REPLY.of(new JsonArray()));
        assertEquals(List.of(), ReplyText.texts("  \n "));
        assertEquals(URI.create("https://open.weixin.qq.com"), Account.openFor(Account.API));
    }
}
