package linge.wechat;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import linge.notify.wechat.Troubles;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees what is wrong with the account as a whole and would else be seen by nobody: a clock that is off, a menu that is not there. */
final class Watchman {

    private static final Logger log = LoggerFactory.getLogger(Watchman.class);

    static final String MENU = "/cgi-bin/menu/get";
    static final int NO_MENU = 46003;
    /** Ours, not one of the platform's codes. */
    private static final int CLOCK = 0;

    private static final Duration LOOK_EVERY = Duration.ofHours(1);
    private static final Duration NOTE_EVERY = Duration.ofMinutes(1);

    private final Platform platform;
    private final Troubles troubles;
    private final Clock clock;
    private volatile @Nullable Instant looked;
    private volatile @Nullable Instant noted;

    Watchman(Platform platform, Troubles troubles, Clock clock) {
        this.platform = platform;
        this.troubles = troubles;
        this.clock = clock;
    }

    /** A push was the platform's and its time was not ours. A caught push sent again looks the same: it is told, not believed. */
    void clockIsOff(Duration by) {
        Instant now = clock.instant();
        Instant last = noted;
        if (last != null && now.isBefore(last.plus(NOTE_EVERY))) {
            return;
        }
        noted = now;
        long minutes = by.toMinutes();
        String words = "推送的时间比本机" + (by.isNegative() ? "早 " : "晚 ") + Math.abs(minutes) + " 分钟";
        troubles.note(Callback.PATH, CLOCK, words)
                .onFailure(failure -> log.warn("that the clock is off could not be noted", failure));
    }

    /** Asks at most once an hour whether followers have a menu; what the platform does not answer is looked at the next time. */
    Future<Void> look() {
        Instant now = clock.instant();
        Instant last = looked;
        if (last != null && now.isBefore(last.plus(LOOK_EVERY))) {
            return Future.succeededFuture();
        }
        looked = now;
        return platform.hasMenu()
                .compose(there -> there ? troubles.over(MENU) : troubles.note(MENU, NO_MENU, NO_MENU + " 公众号还没有菜单"))
                .recover(failure -> {
                    log.info("the account's menu could not be looked at: {}", failure.getMessage());
                    return Future.succeededFuture();
                });
    }
}
