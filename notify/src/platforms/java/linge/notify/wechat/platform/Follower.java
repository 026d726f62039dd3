package linge.notify.wechat.platform;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A person with WeChat, who may follow the account. What they do reaches the service as a {@link Push}. */
public final class Follower {

    private static final Duration AFTER_A_MESSAGE = Duration.ofHours(48);
    private static final int MESSAGES_AFTER_A_MESSAGE = 5;
    private static final Duration AFTER_A_TOUCH = Duration.ofMinutes(1);
    private static final int MESSAGES_AFTER_A_TOUCH = 3;

    private final WeChatPlatform platform;
    private final String openid;
    private final Map<String, Integer> consents = new HashMap<>();

    private String nickname = "微信用户";
    private boolean following;
    private boolean blocking;
    private Instant followedAt = Instant.EPOCH;
    private String scene = "";
    private int messagesLeft;
    private Instant windowEnds = Instant.EPOCH;
    private int apologies;

    Follower(WeChatPlatform platform, String openid) {
        this.platform = platform;
        this.openid = openid;
    }

    public String openid() {
        return openid;
    }

    /** The same across the accounts of one owner. */
    public String unionid() {
        return "u" + openid;
    }

    public synchronized String nickname() {
        return nickname;
    }

    public synchronized Follower called(String name) {
        nickname = name;
        return this;
    }

    /** Begins to follow, by a search. */
    public Push follows() {
        return follows("");
    }

    private Push follows(String byScene) {
        synchronized (this) {
            following = true;
            followedAt = platform.now();
            scene = byScene;
            touch();
        }
        Xml event = event("subscribe").text("EventKey", byScene.isEmpty() ? "" : "qrscene_" + byScene);
        return platform.push(
                this, byScene.isEmpty() ? event : event.text("Ticket", platform.qrCodes.ticketOf(byScene)));
    }

    /** Follows already, without any event having been pushed: how most of a city begins. */
    public synchronized Follower alreadyFollowing() {
        following = true;
        followedAt = platform.now();
        return this;
    }

    public Push unfollows() {
        synchronized (this) {
            following = false;
            consents.clear();
            messagesLeft = 0;
            windowEnds = Instant.EPOCH;
        }
        return platform.push(this, event("unsubscribe").text("EventKey", ""));
    }

    /** Scans a code with a scene: a follow if they did not follow yet. */
    public Push scans(String ofScene) {
        if (!isFollowing()) {
            return follows(ofScene);
        }
        synchronized (this) {
            touch();
        }
        return platform.push(
                this, event("SCAN").text("EventKey", ofScene).text("Ticket", platform.qrCodes.ticketOf(ofScene)));
    }

    public Push clicks(String menuKey) {
        synchronized (this) {
            touch();
        }
        return platform.push(this, event("CLICK").text("EventKey", menuKey));
    }

    /** A tap on a menu's link: an event without effect on the window. */
    public Push views(String url) {
        return platform.push(this, event("VIEW").text("EventKey", url));
    }

    /** The whereabouts that WeChat reports by itself on entering the talk, in wgs84. */
    public Push isAt(double latitude, double longitude) {
        return platform.push(
                this,
                event("LOCATION")
                        .number("Latitude", latitude)
                        .number("Longitude", longitude)
                        .number("Precision", 40.0));
    }

    public Push says(String words) {
        return message("text", new Xml().text("Content", words));
    }

    /** A voice message; {@code recognised} is WeChat's guess at the words, empty when it made none. */
    public Push speaks(String recognised, byte[] amr) {
        String media = platform.media.keep(amr, "audio/amr", "voice.amr");
        return message(
                "voice", new Xml().text("MediaId", media).text("Format", "amr").text("Recognition", recognised));
    }

    public Push shows(byte[] jpeg) {
        String media = platform.media.keep(jpeg, "image/jpeg", "image.jpg");
        return message(
                "image",
                new Xml().text("PicUrl", platform.api() + "/mmbiz/" + media).text("MediaId", media));
    }

    /** A place picked on WeChat's map, in gcj02. */
    public Push points(double latitude, double longitude, String label) {
        return message(
                "location",
                new Xml()
                        .number("Location_X", latitude)
                        .number("Location_Y", longitude)
                        .number("Scale", 16)
                        .text("Label", label));
    }

    public Push shares(String title, String description, String url) {
        return message(
                "link",
                new Xml().text("Title", title).text("Description", description).text("Url", url));
    }

    /** A kind of message of no use here, e.g. {@code shortvideo}. */
    public Push sends(String type) {
        return message(type, new Xml().text("MediaId", "m" + type));
    }

    /** Says yes to one message of each template, in the box a page opened. */
    public Push allows(String... templates) {
        synchronized (this) {
            for (String template : templates) {
                consents.merge(template, 1, Integer::sum);
            }
        }
        return popup("accept", templates);
    }

    public Push refuses(String... templates) {
        return popup("reject", templates);
    }

    private Push popup(String status, String... templates) {
        Xml lists = new Xml();
        for (String template : templates) {
            lists.raw(
                    "List",
                    new Xml()
                            .text("TemplateId", template)
                            .text("SubscribeStatusString", status)
                            .number("PopupScene", 1)
                            .inner());
        }
        return platform.push(this, event("subscribe_msg_popup_event").raw("SubscribeMsgPopupEvent", lists.inner()));
    }

    /** Refuses the account's messages while following it: template messages are taken and then fail. */
    public synchronized Follower blocks() {
        blocking = true;
        return this;
    }

    public synchronized Follower unblocks() {
        blocking = false;
        return this;
    }

    /** Everything this person saw, oldest first. */
    public List<Effect> seen() {
        return platform.effects().stream()
                .filter(effect -> effect.openid().equals(openid))
                .toList();
    }

    /** How often WeChat told them that the account cannot serve them now. */
    public synchronized int apologies() {
        return apologies;
    }

    /** Opens a link of {@code /connect/oauth2/authorize} in WeChat and says yes; answers where it leads back to. */
    public Future<String> opens(String authorizeUrl) {
        return platform.oauth.openAs(this, authorizeUrl);
    }

    public synchronized boolean isFollowing() {
        return following;
    }

    synchronized boolean isBlocking() {
        return blocking;
    }

    synchronized Instant followedAt() {
        return followedAt;
    }

    synchronized String scene() {
        return scene;
    }

    synchronized void heardApology() {
        apologies++;
    }

    /** Uses up one consent. */
    synchronized boolean takeConsent(String template) {
        int left = consents.getOrDefault(template, 0);
        if (left == 0) {
            return false;
        }
        consents.put(template, left - 1);
        return true;
    }

    /** Uses up one of the window's messages. */
    synchronized Code takeReply() {
        if (!following || !platform.now().isBefore(windowEnds)) {
            return Code.WINDOW_CLOSED;
        }
        if (messagesLeft == 0) {
            return Code.WINDOW_USED_UP;
        }
        messagesLeft--;
        return Code.OK;
    }

    /** Does not add up: what is left is raised to the greater number, and the end to the later one. */
    private void touch() {
        open(AFTER_A_TOUCH, MESSAGES_AFTER_A_TOUCH);
    }

    private void open(Duration window, int messages) {
        Instant now = platform.now();
        messagesLeft = Math.max(now.isBefore(windowEnds) ? messagesLeft : 0, messages);
        Instant ends = now.plus(window);
        windowEnds = ends.isAfter(windowEnds) ? ends : windowEnds;
    }

    private Push message(String type, Xml content) {
        synchronized (this) {
            if (!following) {
                throw new IllegalStateException(openid + " does not follow the account and cannot write to it");
            }
            open(AFTER_A_MESSAGE, MESSAGES_AFTER_A_MESSAGE);
        }
        return platform.push(this, type, content);
    }

    private static Xml event(String name) {
        return new Xml().text("Event", name);
    }
}
