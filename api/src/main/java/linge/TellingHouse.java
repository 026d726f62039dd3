package linge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import linge.live.LiveHints;
import linge.notices.NoticesApi;
import linge.notify.Channel;
import linge.notify.InApp;
import linge.notify.Ladder;
import linge.notify.Outbox;
import linge.notify.Relay;
import linge.notify.RelaySettings;
import linge.notify.Templates;
import linge.notify.wechat.AccessTokens;
import linge.notify.wechat.OfficialAccount;
import linge.notify.wechat.WeChatChannels;
import linge.push.Push;
import linge.wechat.Account;
import linge.wechat.StoppedAnswers;
import org.jspecify.annotations.Nullable;

/**
 * How people are told: the channels of the settings as rungs of one ladder, the outbox that plans for them, and the relay that
 * serves them. A rung that nobody serves is never planned.
 *
 * @param weChat null where no official account is set
 */
record TellingHouse(
        Outbox outbox,
        Relay relay,
        NoticesApi notices,
        @Nullable WeChatChannels weChat) {

    /** What it stands on. */
    record Ground(Vertx vertx, Pool db, Clock clock, String node, PgConnectOptions listen) {}

    static TellingHouse open(
            Ground on, LiveHints hints, @Nullable Account account, SmsHouse sms, String signature, Push push) {
        Templates templates = Templates.standard();
        WeChatChannels weChat = account == null ? null : weChat(on, account);
        List<Channel> channels = new ArrayList<>();
        channels.add(new InApp(on.db(), (audience, id) -> hints.inboxGrew(audience)));
        if (weChat != null) {
            channels.addAll(weChat.inOrder());
        }
        channels.add(sms.channel());
        channels.add(push.channel());
        List<String> served = channels.stream().map(Channel::name).toList();
        Ladder ladder = Ladder.USUAL.over(
                Ladder.USUAL.rungs().stream().filter(served::contains).toArray(String[]::new));
        Relay relay = new Relay(
                on.vertx(),
                on.db(),
                ladder.inOrder(channels),
                templates,
                on.clock(),
                RelaySettings.of(on.node()),
                on.listen());
        NoticesApi notices = new NoticesApi(new NoticesApi.Ground(
                on.db(),
                on.clock(),
                templates,
                served,
                Stream.concat(Stream.of("wechat-template", "wechat-subscription"), sms.platforms().stream())
                        .toList(),
                sms.book(),
                weChat == null ? null : account(on, weChat),
                sms.circuits(),
                signature));
        return new TellingHouse(new Outbox(on.clock(), templates, ladder), relay, notices, weChat);
    }

    private static OfficialAccountAtDesk account(Ground on, WeChatChannels weChat) {
        return new OfficialAccountAtDesk(weChat.troubles(), new StoppedAnswers(on.db(), on.clock()));
    }

    private static WeChatChannels weChat(Ground on, Account account) {
        return new WeChatChannels(
                on.vertx(),
                on.db(),
                on.clock(),
                new OfficialAccount(account.appId(), account.secret(), account.api()),
                (who, subject) -> account.pageAbout(subject));
    }

    /** The one access token of all nodes, or null. */
    @Nullable
    AccessTokens tokens() {
        return weChat == null ? null : weChat.tokens();
    }

    /** After the relay has stopped. */
    Future<Void> close() {
        return weChat == null ? Future.succeededFuture() : weChat.close();
    }

    /** Housekeeping: what the platform told us and is old. */
    Future<?> forgetOld() {
        return weChat == null ? Future.succeededFuture() : weChat.sweep();
    }
}
