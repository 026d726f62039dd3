package linge.notify;

import static linge.notify.World.await;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import linge.notify.wechat.OfficialAccount;
import linge.notify.wechat.WeChatChannels;
import linge.notify.wechat.platform.Follower;
import linge.notify.wechat.platform.WeChatPlatform;

/** A world with WeChat in it: one official account, served by two nodes, and residents who follow it. */
final class WeChatWorld implements AutoCloseable {

    static final Audience WANG = Audience.resident("wang", "13800000001");
    static final String TEMPLATE_ID = "TPL-of-a-step";

    final World world = new World();
    final WeChatPlatform platform = WeChatPlatform.start(world.vertx, world.clock, 7);
    final WeChatChannels node = node();
    final WeChatChannels other = node();
    final Channel service = node.inOrder().get(0);
    final Channel template = node.inOrder().get(1);
    final Channel subscription = node.inOrder().get(2);
    final TemplateMap map = new TemplateMap(world.pool, world.clock);
    final Follower wang = platform.follower("o-wang");

    private WeChatChannels node() {
        return node(URI.create(platform.api()), platform.account().secret());
    }

    WeChatChannels node(URI api, String secret) {
        return new WeChatChannels(
                world.vertx,
                world.pool,
                world.clock,
                new OfficialAccount(platform.account().appId(), secret, api),
                (who, subject) -> "https://linge.example.cn/cases/" + subject,
                Duration.ofSeconds(2));
    }

    /** Wang follows the account and is known by that; one template is approved and mapped. The nodes keep what they know. */
    void clear() {
        world.clear();
        // So that WeChat has forgotten the deliveries' numbers of the test before.
        world.clock.pass(Duration.ofMinutes(11));
        platform.forget();
        platform.faults().mend();
        platform.template(TEMPLATE_ID, "character_string1", "phrase2", "time3", "thing4");
        platform.quota(WeChatPlatform.TEMPLATE, 1000);
        platform.grant(WeChatPlatform.TEMPLATE);
        wang.alreadyFollowing().unblocks();
        await(world.addresses.keep(world.pool, WANG, Addresses.WECHAT, "o-wang", new JsonObject()));
        for (String channel : List.of("wechat-template", "wechat-subscription")) {
            await(map.set(
                    world.pool, new TemplateMap.Mapping(channel, "case-accepted", TEMPLATE_ID, new JsonObject())));
        }
    }

    /** A delivery as a relay would hand it over. */
    Envelope envelope(long delivery, String channel) {
        return envelope(delivery, channel, World.fields("CZ26-000017"));
    }

    Envelope envelope(long delivery, String channel, JsonObject fields) {
        return new Envelope(
                delivery,
                WANG,
                "CZ26-000017",
                "case-accepted",
                fields,
                world.templates.render(
                        "case-accepted", channel, fields, false, new Wording.Occasion(null, world.clock.instant())),
                false,
                world.clock.instant());
    }

    Sent send(Channel channel, long delivery) {
        return await(channel.send(envelope(delivery, channel.name())));
    }

    /** A send that has to be refused. */
    NotSent refused(Channel channel, long delivery) {
        return (NotSent) World.refusal(channel.send(envelope(delivery, channel.name())));
    }

    /** Done once the platform holds an answer back. */
    void whenHeld() {
        await(held());
    }

    private Future<Void> held() {
        return platform.faults().held() > 0
                ? Future.succeededFuture()
                : world.vertx.timer(5, TimeUnit.MILLISECONDS).compose(passed -> held());
    }

    /** What a quota has counted. */
    long used(String quota) {
        return world.count("quota_takes WHERE quota = '" + quota + "'");
    }

    boolean isReachable() {
        return await(world.addresses.of(WANG, Addresses.WECHAT)).get(0).works();
    }

    @Override
    public void close() {
        await(node.close());
        await(other.close());
        platform.close();
        world.close();
    }
}
