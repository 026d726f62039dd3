package linge.wechat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import linge.chat.SideDoor;
import linge.grids.GeoPoint;
import linge.notify.Ledgers;
import linge.notify.NotSent;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Words;
import org.jspecify.annotations.Nullable;

/** What each kind of message and event means here, and what it is answered with. Called again for a message, it does no more. */
final class Answering implements Hearing.Answerer {

    /** Asks the platform for bytes that somebody sent. */
    @FunctionalInterface
    interface Pictures {
        Future<Buffer> fetch(String mediaId);
    }

    /** Takes a photo in for a resident; its id. */
    @FunctionalInterface
    interface Album {
        Future<String> keep(Buffer photo, Caller.Resident owner);
    }

    /** What a scene of a QR code stands for: where, and what it is called. */
    @FunctionalInterface
    interface Places {
        @Nullable
        Place of(String scene);
    }

    /** Where a QR code hangs. */
    record Place(String name, GeoPoint point) {}

    /** What answering stands on. */
    record Ground(
            SideDoor chat,
            Followers followers,
            Pictures pictures,
            Album album,
            Places places,
            Ledgers ledgers,
            Told told,
            ReplyText reply) {}

    /** The key of a row that only says: somebody has just bound their phone, go on with what waited for it. */
    static final String BOUND = "linge.bound";

    private static final String WELCOME = """
            您好，这里是长治邻格。路灯坏了、漏水、欠薪、邻里纠纷，用平常的话直接说就行，也可以发语音、照片和位置。
            我会找到对应的网格，报上去，每一步都告诉您。遇到危险请先打 110、119、120。""";

    private final Ground on;

    Answering(Ground on) {
        this.on = on;
    }

    @Override
    public Future<List<String>> answer(Heard heard) {
        Incoming incoming = heard.incoming();
        // What a person writes lets us write to them for a while; the ledger takes the same message again for the same.
        Future<Void> opened =
                incoming.isFromPerson() ? on.ledgers().heard(incoming.openid(), heard.at()) : Future.succeededFuture();
        return opened.compose(done -> on.followers().know(incoming.openid(), null, null))
                .compose(who -> incoming.isEvent() ? event(heard, who) : message(heard, who));
    }

    private Future<List<String>> message(Heard heard, Followers.Follower who) {
        Incoming in = heard.incoming();
        return switch (in.kind()) {
            case "text" -> words(heard, who, in.text("Content"), "您发来的是空白，请说点什么。");
            case "voice" -> words(heard, who, in.text("Recognition"), "这段语音没有听清，请再说一遍，或者打字告诉我。");
            case "link" -> words(heard, who, linkWords(in), "这个链接是空的，请用文字说说是什么事。");
            case "location" -> point(heard, who);
            case "image" -> image(heard, who);
            case "video", "shortvideo" ->
                say("这里还收不了视频。" + on.reply().link("/report", "在网页上报") + "可以传视频；拍成照片也可以直接发给我。");
            default -> say("这种消息我看不懂，请用文字、语音、照片或位置告诉我。");
        };
    }

    private Future<List<String>> words(Heard heard, Followers.Follower who, @Nullable String words, String otherwise) {
        String text = Words.of(words);
        return text == null ? say(otherwise) : chat(heard, who, new JsonObject().put("text", text));
    }

    private static @Nullable String linkWords(Incoming in) {
        List<String> parts = new ArrayList<>();
        for (String name : List.of("Title", "Description", "Url")) {
            String part = in.text(name);
            if (part != null) {
                parts.add(part);
            }
        }
        return parts.isEmpty() ? null : String.join("\n", parts);
    }

    /** WeChat's location messages are in gcj02, whatever the map on the phone. */
    private Future<List<String>> point(Heard heard, Followers.Follower who) {
        double lat = heard.incoming().number("Location_X");
        double lon = heard.incoming().number("Location_Y");
        if (!(Math.abs(lat) <= 90) || !(Math.abs(lon) <= 180)) {
            return say("这个位置读不出来，请再发一次，或者写下小区、村子的名字。");
        }
        return chat(
                heard,
                who,
                new JsonObject()
                        .put(
                                "point",
                                new JsonObject().put("lon", lon).put("lat", lat).put("crs", "gcj02")));
    }

    private Future<List<String>> image(Heard heard, Followers.Follower who) {
        String media = heard.incoming().text("MediaId");
        Caller.Resident resident = who.resident();
        if (media == null) {
            return say("这张照片没有收到，请再发一次。");
        }
        if (resident == null) {
            return say("照片要知道是谁发的才能收下。" + on.reply().link("/wechat/bound", "点这里绑定手机号") + "，绑好以后请再发一次。");
        }
        return on.pictures()
                .fetch(media)
                .compose(photo -> on.album().keep(photo, resident))
                .compose(id -> chat(heard, who, new JsonObject().put("media", new JsonArray().add(id))))
                .recover(failure -> failure instanceof NotSent gone && gone.kind() == NotSent.Kind.NEVER
                        ? say("这张照片取不到了，请再发一次。")
                        : Future.failedFuture(failure));
    }

    private Future<List<String>> event(Heard heard, Followers.Follower who) {
        Incoming in = heard.incoming();
        String key = Objects.requireNonNullElse(in.text("EventKey"), "");
        return switch (in.event()) {
            case "subscribe" ->
                on.followers().follow(who).compose(done -> {
                    String scene = key.startsWith("qrscene_") ? key.substring("qrscene_".length()) : "";
                    return scanned(heard, who, scene).map(more -> {
                        List<String> all = new ArrayList<>();
                        all.add(WELCOME + (more.isEmpty() ? "" : "\n\n" + more.get(0)));
                        all.addAll(more.subList(Math.min(1, more.size()), more.size()));
                        return ReplyText.texts(String.join("\n\n", all));
                    });
                });
            case "unsubscribe" -> on.followers().unfollow(who).map(List.of());
            case "scan" -> scanned(heard, who, key).map(more -> more.isEmpty() ? List.of(WELCOME) : more);
            case "click" -> chat(heard, who, new JsonObject().put("choice", key));
            case BOUND -> bound(heard, who);
            case "templatesendjobfinish" -> on.told().templateFinished(in).map(List.of());
            case "subscribe_msg_popup_event", "subscribe_msg_change_event" ->
                on.told().consents(in).map(List.of());
            case "subscribe_msg_sent_event" -> on.told().subscriptionsSent(in).map(List.of());
            // A position told unasked on entering is not needed for anything, so it is not kept; of a page opened
            // we know from the page.
            default -> Future.succeededFuture(List.of());
        };
    }

    /** Goes on with what waited for the phone; a second try may find that said already, and gets the answer it got. */
    private Future<List<String>> bound(Heard heard, Followers.Follower who) {
        return on.chat()
                .waitsForSignIn(new SideDoor.Guest(who.resident(), who.chatKey()), who.conversation())
                .compose(waits -> waits || heard.tries() > 1
                        ? chat(heard, who, new JsonObject().put("choice", "sign-in"))
                        : say("绑定好了。以后办到哪一步，都会在这里告诉您；有事直接说就行。"));
    }

    /** The chat knows the place whose code was scanned; nothing is said for a scene that is none of ours. */
    private Future<List<String>> scanned(Heard heard, Followers.Follower who, String scene) {
        Place place = scene.isEmpty() ? null : on.places().of(scene);
        if (place == null) {
            return Future.succeededFuture(List.of());
        }
        GeoPoint at = place.point();
        JsonObject point = new JsonObject()
                .put("lon", at.lon())
                .put("lat", at.lat())
                .put("crs", at.crs().label())
                .put("accuracy", at.accuracy());
        return chat(heard, who, new JsonObject().put("point", point));
    }

    private Future<List<String>> chat(Heard heard, Followers.Follower who, JsonObject body) {
        SideDoor.Guest guest = new SideDoor.Guest(who.resident(), who.chatKey());
        return on.chat()
                .hear(guest, who.conversation(), "wechat:" + heard.id(), body)
                .compose(answer -> {
                    JsonArray replies = answer.getJsonArray("replies");
                    Future<Void> goesOn = Boolean.TRUE.equals(answer.getBoolean("kept"))
                            ? on.followers().talkIn(who, answer.getString("conversation"))
                            : Future.succeededFuture();
                    return goesOn.map(on.reply().of(replies));
                })
                .recover(failure -> failure instanceof Refusal refusal && refusal.kind() == Refusal.Kind.BAD_INPUT
                        ? say("这条消息我看不懂，请用文字告诉我。")
                        : Future.failedFuture(failure));
    }

    private static Future<List<String>> say(String words) {
        return Future.succeededFuture(List.of(words));
    }
}
