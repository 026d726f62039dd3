package linge.notify.wechat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import linge.notify.Addresses;
import linge.notify.Channel;
import linge.notify.Ledgers;
import linge.notify.TemplateMap;

/** The three channels over one official account, put together. */
public final class WeChatChannels {

    /** Shorter than a relay waits for a channel. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Exchange exchange;
    private final AccessTokens tokens;
    private final Troubles troubles;
    private final Tries tries;
    private final List<Channel> channels;

    /** @param links where a tap on a message leads */
    public WeChatChannels(Vertx vertx, Pool db, InstantSource clock, OfficialAccount account, Links links) {
        this(vertx, db, clock, account, links, PATIENCE);
    }

    /** @param patience how long WeChat may take to answer: shorter than a relay waits for a channel */
    public WeChatChannels(
            Vertx vertx, Pool db, InstantSource clock, OfficialAccount account, Links links, Duration patience) {
        this.exchange = new Exchange(vertx, account.api(), patience);
        this.troubles = new Troubles(db, clock);
        this.tokens = new AccessTokens(vertx, db, clock, account, exchange, troubles);
        this.tries = new Tries(db, clock);
        Sending sending = new Sending(
                clock,
                account,
                exchange,
                tokens,
                new Addresses(db, clock),
                new Ledgers(db, clock),
                new TemplateMap(db, clock),
                troubles);
        this.channels = List.of(
                new ServiceMessages(sending, links),
                new TemplateMessages(sending, tries, links),
                new SubscriptionMessages(sending, links));
    }

    /** In the ladder's order: {@code wechat-service}, {@code wechat-template}, {@code wechat-subscription}. */
    public List<Channel> inOrder() {
        return channels;
    }

    /** The account's token, for whoever else calls WeChat in its name. */
    public AccessTokens tokens() {
        return tokens;
    }

    public Troubles troubles() {
        return troubles;
    }

    /** Housekeeping, to be run now and then on any node; answers how many rows went. */
    public Future<Integer> sweep() {
        return tries.sweep();
    }

    /** Once no relay uses the channels any more. */
    public Future<Void> close() {
        return exchange.close();
    }
}
