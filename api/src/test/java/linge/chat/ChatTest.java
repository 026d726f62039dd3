package linge.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import linge.Client;
import linge.Pictures;
import linge.Reply;
import linge.TestApp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ChatTest {

    private static TestApp app;

    @BeforeAll
    static void start() {
        app = TestApp.demo();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    /** One side of a conversation. */
    private static final class Talker {
        private final Client client;
        private String conversation;

        Talker(Client client) {
            this.client = client;
        }

        JsonObject say(String words) {
            return send(new JsonObject().put("text", words));
        }

        JsonObject send(JsonObject body) {
            JsonObject answer = client.post("/api/chat", body.put("conversation", conversation))
                    .expect(200)
                    .json();
            conversation = answer.getString("conversation");
            return answer;
        }
    }

    private static String words(JsonObject answer) {
        return answer.getJsonArray("replies").stream()
                .map(reply -> ((JsonObject) reply).getString("text"))
                .collect(Collectors.joining("\n"));
    }

    private static Set<String> choices(JsonObject answer) {
        Set<String> ids = new HashSet<>();
        answer.getJsonArray("replies")
                .forEach(reply -> ((JsonObject) reply)
                        .getJsonArray("choices", new JsonArray())
                        .forEach(choice -> ids.add(((JsonObject) choice).getString("id"))));
        return ids;
    }

    /** Talks until a case is filed, answering what is asked as a resident would. */
    private static JsonObject fileByTalking(Talker talker) {
        JsonObject answer = talker.say("门口的路灯坏了三天了");
        for (int turn = 0; turn < 10 && answer.getString("case") == null; turn++) {
            String asked = words(answer);
            Set<String> offered = choices(answer);
            if (offered.contains("file")) {
                answer = talker.send(new JsonObject().put("choice", "file"));
            } else if (offered.contains("point")) {
                answer = talker.send(
                        new JsonObject().put("point", TestApp.streetLamp().getJsonObject("point")));
            } else {
                answer = talker.say(asked.contains("伤") ? "不会" : "昨天开始的");
            }
        }
        return answer;
    }

    /** What a node leaves behind that dies after it granted a wish and before it wrote the turn down. */
    @Test
    void a_message_heard_again_after_a_crash_urges_once() {
        Client resident = app.resident();
        Talker talker = new Talker(resident);
        String number = fileByTalking(talker).getString("case");
        JsonObject talk = app.sql(db -> db.preparedQuery("SELECT talk FROM conversations WHERE id = $1")
                .execute(Tuple.of(talker.conversation))
                .map(rows -> rows.iterator().next().getJsonObject("talk")));
        String key = UUID.randomUUID().toString();
        Talker again = new Talker(resident.with("Idempotency-Key", key));
        again.conversation = talker.conversation;
        again.say("催一下路灯那件事");
        app.sql(db -> db.preparedQuery("DELETE FROM chat_messages WHERE conversation = $1 AND client_key = $2")
                .execute(Tuple.of(talker.conversation, key))
                .compose(gone -> db.preparedQuery("UPDATE conversations SET talk = $2 WHERE id = $1")
                        .execute(Tuple.of(talker.conversation, talk))));
        again.say("催一下路灯那件事");
        List<JsonObject> urges = resident.get("/api/cases/" + number + "/history").expect(200).items().stream()
                .map(JsonObject.class::cast)
                .filter(line -> "URGE".equals(line.getString("move")))
                .toList();
        assertEquals(1, urges.size(), urges::toString);
    }

    @Test
    void a_resident_files_a_case_by_talking_and_asks_how_it_stands() {
        Client resident = app.resident();
        Talker talker = new Talker(resident);
        String number = fileByTalking(talker).getString("case");
        assertTrue(
                number != null && number.matches("\\d{12}"),
                () -> "no case was filed: " + transcript(resident, talker));
        JsonObject filed = resident.seeCase(number);
        assertTrue(filed.getString("text").contains("路灯"), filed::encode);
        assertEquals("SUBMITTED", filed.getString("state"));
        JsonObject progress = talker.say("我的路灯那件事办得怎么样了");
        assertTrue(progress.encode().contains(number), progress::encode);
    }

    private static String transcript(Client client, Talker talker) {
        return client.get("/api/chat/" + talker.conversation).json().getJsonArray("messages").stream()
                .map(one -> ((JsonObject) one).getString("from") + ": " + ((JsonObject) one).getString("text"))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void a_conversation_goes_on_where_it_was() {
        Client visitor = app.nobody().with("X-Chat-Key", Owner.random(18));
        Talker talker = new Talker(visitor);
        talker.say("楼道灯不亮");
        JsonObject kept =
                visitor.get("/api/chat/" + talker.conversation).expect(200).json();
        assertEquals("RESIDENT", kept.getJsonArray("messages").getJsonObject(0).getString("from"));
        assertEquals("楼道灯不亮", kept.getJsonArray("messages").getJsonObject(0).getString("text"));
        long seen = kept.getJsonArray("messages")
                .getJsonObject(kept.getJsonArray("messages").size() - 1)
                .getLong("id");
        talker.say("就在东关社区");
        JsonObject later = visitor.get("/api/chat/" + talker.conversation + "?after=" + seen)
                .expect(200)
                .json();
        assertEquals("就在东关社区", later.getJsonArray("messages").getJsonObject(0).getString("text"));
    }

    @Test
    void a_visitor_gets_a_key_and_without_it_nobody_reads_along() {
        Reply first = app.nobody()
                .post("/api/chat", new JsonObject().put("text", "你好"))
                .expect(200);
        String conversation = first.string("conversation");
        String key = first.string("key");
        assertTrue(first.header("set-cookie").startsWith("linge_chat=" + key + ";"), () -> first.header("set-cookie"));
        assertTrue(first.header("set-cookie").contains("HTTPOnly"), () -> first.header("set-cookie"));
        app.nobody()
                .with("Cookie", "linge_chat=" + key)
                .get("/api/chat/" + conversation)
                .expect(200);
        app.nobody().get("/api/chat/" + conversation).refused(404, "not-found");
        app.nobody()
                .with("X-Chat-Key", Owner.random(18))
                .get("/api/chat/" + conversation)
                .refused(404, "not-found");
        app.resident().get("/api/chat/" + conversation).refused(404, "not-found");
        app.nobody()
                .post(
                        "/api/chat",
                        new JsonObject().put("conversation", conversation).put("text", "我也说一句"))
                .refused(404, "not-found");
    }

    @Test
    void who_signs_in_takes_the_conversation_along_and_the_browsers_next_user_does_not_get_it() {
        String key = Owner.random(18);
        Talker visitor = new Talker(app.nobody().with("X-Chat-Key", key));
        visitor.say("我要反映路灯的事");
        Client signedIn = app.resident().with("X-Chat-Key", key);
        Talker resident = new Talker(signedIn);
        resident.conversation = visitor.conversation;
        resident.say("我登录好了");
        signedIn.get("/api/chat/" + visitor.conversation).expect(200);
        app.nobody()
                .with("X-Chat-Key", key)
                .get("/api/chat/" + visitor.conversation)
                .refused(404, "not-found");
        assertEquals(
                visitor.conversation,
                signedIn.get("/api/me/conversations")
                        .expect(200)
                        .json()
                        .getJsonArray("items")
                        .getJsonObject(0)
                        .getString("conversation"));
    }

    @Test
    void the_same_message_sent_again_gets_the_same_answer_and_is_heard_once() {
        Client visitor = app.nobody()
                .with("X-Chat-Key", Owner.random(18))
                .with("Idempotency-Key", UUID.randomUUID().toString());
        JsonObject body = new JsonObject().put("text", "楼上漏水，滴到我家了");
        JsonObject first = visitor.post("/api/chat", body).expect(200).json();
        // The answer was lost: neither the conversation's id nor what was said came back.
        JsonObject again = visitor.post("/api/chat", body).expect(200).json();
        assertEquals(first, again);
        assertEquals(
                1,
                app.count(
                        "SELECT count(*) FROM chat_messages WHERE side = 'RESIDENT' AND conversation = $1",
                        first.getString("conversation")));
        visitor.post("/api/chat", new JsonObject().put("text", "别的话")).refused(409, "key-reused");
    }

    @Test
    void messages_at_once_on_two_nodes_are_heard_one_after_the_other_and_none_is_lost() throws Exception {
        Talker talker = new Talker(app.nobody().with("X-Chat-Key", Owner.random(18)));
        talker.say("你好");
        try (TestApp other = TestApp.on(app.database(), java.util.Map.of("LINGE_DEMO", "true"))) {
            ExecutorService people = Executors.newFixedThreadPool(6);
            try {
                List<Future<Reply>> replies = new ArrayList<>();
                for (int i = 0; i < 12; i++) {
                    Client at = i % 2 == 0 ? talker.client : talker.client.at(other.url());
                    JsonObject body = new JsonObject()
                            .put("conversation", talker.conversation)
                            .put("text", "第" + i + "句");
                    replies.add(people.submit(() -> at.post("/api/chat", body)));
                }
                for (Future<Reply> reply : replies) {
                    reply.get().expect(200);
                }
            } finally {
                people.shutdownNow();
            }
        }
        List<String> said =
                talker.client.get("/api/chat/" + talker.conversation).json().getJsonArray("messages").stream()
                        .map(JsonObject.class::cast)
                        .filter(message -> message.getString("from").equals("RESIDENT"))
                        .map(message -> message.getString("text"))
                        .toList();
        assertEquals(13, said.size(), said::toString);
        assertEquals(13, new HashSet<>(said).size(), said::toString);
        // The bot's own memory has them too: each was heard on top of the one before.
        assertEquals(13, app.count("SELECT version FROM conversations WHERE id = $1", talker.conversation));
    }

    @Test
    void many_asking_at_once_get_the_answers_one_would_get() throws Exception {
        List<String> questions = List.of("老板拖欠工资怎么办", "110报警", "家里着火了", "我的网格员是谁", "今天天气怎么样", "离婚孩子归谁");
        List<String> alone = new ArrayList<>();
        for (String question : questions) {
            alone.add(words(new Talker(app.nobody()).say(question)));
        }
        ExecutorService people = Executors.newFixedThreadPool(8);
        try {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 48; i++) {
                String question = questions.get(i % questions.size());
                answers.add(people.submit(() -> words(new Talker(app.nobody()).say(question))));
            }
            for (int i = 0; i < answers.size(); i++) {
                assertEquals(alone.get(i % questions.size()), answers.get(i).get());
            }
        } finally {
            people.shutdownNow();
        }
    }

    @Test
    void an_answer_flows_as_events_where_that_is_asked_for() {
        Reply flowing = app.nobody()
                .with("Accept", "text/event-stream")
                .post("/api/chat", new JsonObject().put("text", "路灯坏了"));
        assertEquals(200, flowing.status());
        assertTrue(
                flowing.header("content-type").startsWith("text/event-stream"), () -> flowing.header("content-type"));
        List<String> events = flowing.text()
                .lines()
                .filter(line -> line.startsWith("event: "))
                .map(line -> line.substring("event: ".length()))
                .toList();
        assertEquals("thinking", events.get(0));
        assertTrue(events.contains("reply"), events::toString);
        assertEquals("done", events.get(events.size() - 1));
        app.nobody()
                .with("Accept", "text/event-stream")
                .post(
                        "/api/chat",
                        new JsonObject()
                                .put("conversation", "nobodys-conversation-0")
                                .put("text", "喂"))
                .refused(404, "not-found");
    }

    @Test
    void photos_and_places_may_be_said_alone() throws java.io.IOException {
        Client resident = app.resident();
        String photo = resident.send("POST", "/api/media", "application/octet-stream", Pictures.png())
                .expect(201)
                .string("id");
        Talker talker = new Talker(resident);
        talker.send(new JsonObject().put("media", new JsonArray().add(photo)));
        JsonObject answer =
                talker.send(new JsonObject().put("point", TestApp.streetLamp().getJsonObject("point")));
        assertFalse(words(answer).isEmpty());
        JsonObject kept = resident.get("/api/chat/" + talker.conversation).json();
        assertEquals(
                photo,
                kept.getJsonArray("messages")
                        .getJsonObject(0)
                        .getJsonArray("media")
                        .getString(0));
        app.nobody().post("/api/chat", new JsonObject()).refused(400, "bad-input");
    }

    @Test
    void what_was_said_can_be_taken_along_and_forgotten() {
        Client resident = app.resident();
        Talker talker = new Talker(resident);
        talker.say("这句话我要带走");
        JsonObject copy = resident.get("/api/me/conversations").expect(200).json();
        assertTrue(copy.encode().contains("这句话我要带走"));
        resident.delete("/api/me/conversations").expect(204);
        resident.get("/api/chat/" + talker.conversation).refused(404, "not-found");
        assertEquals(0, app.count("SELECT count(*) FROM chat_messages WHERE conversation = $1", talker.conversation));
    }

    @Test
    void a_conversation_keeps_a_bounded_number_of_messages() {
        Talker talker = new Talker(app.nobody().with("X-Chat-Key", Owner.random(18)));
        talker.say("你好");
        app.count("""
                WITH many AS (INSERT INTO chat_messages (conversation, side, text, more, at)
                  SELECT $1, 'BOT', 'x', '{}', now() FROM generate_series(1, 600) RETURNING id)
                SELECT count(*) FROM many""", talker.conversation);
        talker.say("还在吗");
        assertEquals(
                ConversationStore.MOST_MESSAGES,
                app.count("SELECT count(*) FROM chat_messages WHERE conversation = $1", talker.conversation));
    }

    @Test
    void a_person_answers_in_the_chat_and_hands_back_to_the_bot() {
        Client resident = app.resident();
        Talker talker = new Talker(resident);
        talker.say("你好");
        JsonObject asked = talker.say("我要找人工，转人工");
        assertEquals("WAITING", asked.getString("desk"), asked::encode);
        String county = app.grid().substring(0, 6);
        Client dispatcher = app.staff("dispatcher-" + county);
        JsonObject item = dispatcher.get("/api/desk/conversations").expect(200).json().getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.getString("conversation").equals(talker.conversation))
                .findFirst()
                .orElseThrow();
        assertEquals("WAITING", item.getString("desk"));
        JsonObject answered = dispatcher
                .post(
                        "/api/desk/conversations/" + talker.conversation + "/answers",
                        new JsonObject().put("text", "您好，我是分流员，请讲。"))
                .expect(200)
                .json();
        assertEquals("ANSWERED", answered.getString("desk"));
        JsonArray messages =
                resident.get("/api/chat/" + talker.conversation).json().getJsonArray("messages");
        JsonObject last = messages.getJsonObject(messages.size() - 1);
        assertEquals("STAFF", last.getString("from"));
        assertEquals("您好，我是分流员，请讲。", last.getString("text"));
        linge.Eventually.holds(
                "the resident was told",
                () -> resident.get("/api/inbox").json().getJsonArray("items").stream()
                        .anyMatch(one ->
                                ("chat:" + talker.conversation).equals(((JsonObject) one).getString("subject"))));
        // While a person is there the bot keeps quiet, but not where somebody is in danger.
        JsonObject quiet = talker.say("我想问问工资的事");
        assertEquals(0, quiet.getJsonArray("replies").size());
        assertEquals("WAITING", quiet.getString("desk"));
        assertTrue(words(talker.say("家里着火了，快来人")).contains("119"));
        dispatcher
                .post("/api/desk/conversations/" + talker.conversation + "/close", null)
                .expect(200);
        assertNotEquals(0, talker.say("老板拖欠工资怎么办").getJsonArray("replies").size());
        dispatcher
                .post(
                        "/api/desk/conversations/" + talker.conversation + "/answers",
                        new JsonObject().put("text", "再说一句"))
                .refused(409, "out-of-turn");
    }

    @Test
    void silent_conversations_are_forgotten_after_the_days_of_the_setting() {
        try (TestApp house =
                TestApp.on(TestApp.demoDatabase(), java.util.Map.of("LINGE_DEMO", "true", "LINGE_CHAT_DAYS", "3"))) {
            String old = house.nobody()
                    .post("/api/chat", new JsonObject().put("text", "你好"))
                    .expect(200)
                    .string("conversation");
            house.clock().forward(java.time.Duration.ofDays(2));
            String fresh = house.nobody()
                    .post("/api/chat", new JsonObject().put("text", "你好"))
                    .expect(200)
                    .string("conversation");
            house.clock().forward(java.time.Duration.ofDays(2));
            house.houseKeeping();
            assertEquals(0, house.count("SELECT count(*) FROM conversations WHERE id = $1", old));
            assertEquals(1, house.count("SELECT count(*) FROM conversations WHERE id = $1", fresh));
        }
    }

    @Test
    void danger_is_answered_even_when_the_database_is_gone() {
        TestApp house = TestApp.on(TestApp.demoDatabase(), java.util.Map.of("LINGE_DEMO", "true"));
        try {
            String conversation = house.nobody()
                    .post("/api/chat", new JsonObject().put("text", "你好"))
                    .expect(200)
                    .string("conversation");
            house.database().drop();
            JsonObject told = house.nobody()
                    .post(
                            "/api/chat",
                            new JsonObject().put("conversation", conversation).put("text", "家里着火了，快来人啊"))
                    .expect(200)
                    .json();
            assertTrue(words(told).contains("119"), told::encode);
            assertEquals(false, told.getBoolean("kept"));
            assertNull(told.getString("case"));
            Reply flowing = house.nobody()
                    .with("Accept", "text/event-stream")
                    .post("/api/chat", new JsonObject().put("text", "有人晕倒了没有呼吸"));
            assertTrue(flowing.text().contains("120"), flowing::text);
        } finally {
            house.close();
        }
    }
}
