package linge.notify.wechat.platform;

import java.time.Instant;

/** How many calls of one kind a day may hold; the day begins at midnight in China. */
final class Quota {

    private final int aDay;
    private long day;
    private int used;

    Quota(int aDay) {
        this.aDay = aDay;
    }

    synchronized boolean isLeft(Instant now) {
        long today = Days.of(now);
        if (today != day) {
            day = today;
            used = 0;
        }
        return used < aDay;
    }

    synchronized boolean take(Instant now) {
        if (!isLeft(now)) {
            return false;
        }
        used++;
        return true;
    }
}
