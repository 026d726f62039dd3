package linge.wechat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import linge.Client;
import linge.Eventually;
import linge.Pictures;
import linge.TestApp;
import linge.notify.wechat.platform.Effect;
import linge.notify.wechat.platform.Follower;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a resident lives through inside WeChat, from following the account to rating what was done. */
class StoryTest {

    private static final Pattern NUMBER = Pattern.compile("\\d{4} ?\\d{4} ?\\d{4}");

    private static WeChatWorld world;

    @BeforeAll
    static void start() {
        world = WeChatWorld.sealed();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    /** Goes on talking as a resident would until a case is filed; its number. */
    private static String untilFiled(Follower who, String reply) {
        String said = reply;
        for (int turn = 0; turn < 10; turn++) {
            Matcher number = NUMBER.matcher(said);
            if (said.contains("查看这件诉求") && number.find()) {
                return number.group().replace(" ", "");
            }
            said = world.reply(who.says(answerTo(said)));
        }
        throw new AssertionError("no case was filed:\n"
                + world.talk(who).stream().map(Effect::text).collect(Collectors.joining("\n---\n")));
    }

    private static String answerTo(String asked) {
        if (asked.contains("没错")) {
            return "没错，报吧";
        }
        if (asked.contains("伤")) {
            return "不会";
        }
        return asked.contains("手机号") || asked.contains("电话") ? "不留电话" : "三天前开始的";
    }

    private static Browser bound(Follower who, String phone) {
        Browser browser = new Browser(world, who);
        browser.signsIn("/wechat/bound");
        browser.binds(phone, false).expect(201);
        return browser;
    }

    @Test
    void follow_chat_file_be_told_open_the_page_and_rate() throws IOException {
        world.inTheMorning();
        String grid = world.app.grid();
        Client worker = world.app.staff("worker-" + grid);
        world.platform.template("T-REPORTED", "character_string1", "phrase2", "time3", "thing4");
        Follower who = world.platform.follower("o-aunt-wang").called("王阿姨");

        // She scans the poster in her stairwell and follows: where she is need not be said again.
        String welcome = world.reply(who.scans(Scenes.of(grid)));
        assertTrue(welcome.contains("邻格") && welcome.contains("收到位置"), welcome);

        // She says what is wrong; who she is she proves when it is needed.
        String asked = world.reply(who.says("楼门口的路灯坏了三天了"));
        assertFalse(asked.isBlank());
        Browser browser = bound(who, TestApp.phone());
        int before = world.talkOf(who, 3).size();
        world.answer(who.shows(Pictures.png()));
        String number =
                untilFiled(who, world.talkOf(who, before + 1).get(before).text());
        JsonObject filed =
                browser.client().get("/api/cases/" + number).expect(200).json();
        assertEquals(grid, filed.getJsonObject("grid").getString("code"));
        assertTrue(filed.getString("text").contains("路灯"), filed::encode);
        assertEquals(1, filed.getJsonArray("media").size());

        // Within her 48 hours every step comes as a message in the talk.
        worker.move(number, "ACCEPT");
        // What comes on one case within a minute waits to become one message.
        world.forward(Duration.ofMinutes(2));
        Eventually.holds(
                "told of the acceptance",
                () -> world.talk(who).stream()
                        .anyMatch(
                                e -> e.kind() == Effect.Kind.SERVICE && e.text().contains("受理")));

        // Days later the window is closed: a template message brings her to the page, which knows who she is.
        mapTemplate("case-reported", "T-REPORTED");
        world.forward(Duration.ofHours(50));
        worker = world.app.staff("worker-" + grid);
        worker.move(number, "HANDLE");
        world.forward(Duration.ofMinutes(2));
        worker.move(number, "REPORT_BACK", "words", "灯泡已更换，路灯已亮");
        world.forward(Duration.ofMinutes(2));
        Effect told = Eventually.get(
                        "told by template, of "
                                + world.one(
                                        "SELECT string_agg(n.template || ' ' || d.channel || ' '"
                                                + " || d.state::text || ' ' || coalesce(d.reason, ''), '; ' ORDER BY d.id)"
                                                + " FROM deliveries d JOIN notices n ON n.id = d.notice WHERE d.channel <> 'inbox'"),
                        () -> who.seen().stream()
                                .filter(e -> e.kind() == Effect.Kind.TEMPLATE
                                        && e.template().equals("T-REPORTED"))
                                .toList(),
                        all -> !all.isEmpty())
                .get(0);
        String link = told.body().getString("url").replace(WeChatWorld.PUBLIC, "");
        assertTrue(link.startsWith("/wechat/login?to="), link);
        Browser again = new Browser(world, who);
        assertEquals("/cases/" + number, again.opens(link));
        Eventually.holds(
                "delivered, as WeChat's event told",
                () -> world.count(
                                "SELECT count(*) FROM deliveries WHERE channel = 'wechat-template' AND state = 'DELIVERED'")
                        > 0);

        // She rates it there.
        JsonObject rated = again.client()
                .post(
                        "/api/cases/" + number + "/rating",
                        new JsonObject().put("score", 5).put("words", "很快，谢谢"))
                .expect(200)
                .json();
        assertEquals("RATED", rated.getString("state"));
        assertEquals(Map.of(), world.platform.doubles());
        for (int code : List.of(45015, 45047, 43101, 43004)) {
            assertEquals(0, world.platform.refusals(code), "sent against the rules: " + code);
        }
    }

    private static void mapTemplate(String ours, String theirs) {
        world.change(
                "INSERT INTO template_map (channel, template, platform_id, keys, changed_at)"
                        + " VALUES ('wechat-template', $1, $2, '{}', now())"
                        + " ON CONFLICT (channel, template) DO UPDATE SET platform_id = excluded.platform_id",
                ours,
                theirs);
    }
}
