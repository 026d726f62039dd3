package linge.notify.wechat.platform;

import java.time.Instant;
import java.time.ZoneId;

/** WeChat's days begin at midnight in China. */
final class Days {

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private Days() {}

    static long of(Instant instant) {
        return instant.atZone(CHINA).toLocalDate().toEpochDay();
    }
}
