package linge.wechat;

import io.vertx.core.json.JsonObject;
import java.net.HttpCookie;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import linge.Client;
import linge.Reply;
import linge.notify.wechat.platform.Follower;

/** The browser inside somebody's WeChat: keeps cookies, and goes through the platform's sign-in. */
final class Browser {

    private final WeChatWorld world;
    private final Follower who;
    private final Map<String, HttpCookie> cookies = new LinkedHashMap<>();
    private String csrf = "";

    Browser(WeChatWorld world, Follower who) {
        this.world = world;
        this.who = who;
    }

    /** A page of ours by its path. */
    Reply get(String path) {
        return keep(client(path).get(path));
    }

    /** Opens a link of ours that leads through the platform; where it comes back to, before that is opened. */
    String granted(String path) {
        String there = get(path).expect(302).header("location");
        return WeChatWorld.soon(who.opens(there)).replace(WeChatWorld.PUBLIC, "");
    }

    /** Opens a link of ours that leads through the platform and back; where it ends. */
    String opens(String path) {
        return get(granted(path)).expect(302).header("location");
    }

    String signsIn(String to) {
        return opens("/wechat/login?to=" + java.net.URLEncoder.encode(to, java.nio.charset.StandardCharsets.UTF_8));
    }

    /** Proves a phone by the code in its SMS. */
    Reply binds(String phone, boolean confirm) {
        client().post("/api/sms-codes", new JsonObject().put("phone", phone)).expect(202);
        return binding(new JsonObject()
                .put("phone", phone)
                .put("code", world.app.code(phone))
                .put("confirm", confirm));
    }

    Reply binding(JsonObject body) {
        Reply reply = keep(client("/api/wechat/binding").post("/api/wechat/binding", body));
        if (reply.status() == 201) {
            csrf = reply.string("csrf");
        }
        return reply;
    }

    /** This browser as a client of the contract; like a page, it asks first who it is. */
    Client client() {
        if (csrf.isEmpty() && cookies.containsKey("linge_session")) {
            csrf = client("/api/sessions").get("/api/sessions").expect(200).string("csrf");
        }
        return client("/api/wechat");
    }

    private Client client(String path) {
        String bare = path.replaceFirst("[?#].*$", "");
        String header = cookies.values().stream()
                .filter(cookie -> bare.startsWith(cookie.getPath()))
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        Client client = new Client(URI.create(world.app.url().toString()));
        client = header.isEmpty() ? client : client.with("Cookie", header);
        return csrf.isEmpty() ? client : client.with("X-CSRF-Token", csrf);
    }

    private Reply keep(Reply reply) {
        for (String header : reply.headers().allValues("set-cookie")) {
            HttpCookie cookie = HttpCookie.parse(header).get(0);
            if (cookie.getMaxAge() == 0) {
                cookies.remove(cookie.getName());
            } else {
                cookies.put(cookie.getName(), cookie);
            }
        }
        return reply;
    }
}
