package linge.demo;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** What time it is in a script. */
final class ScriptClock extends Clock {

    private volatile Instant now;

    ScriptClock(Instant now) {
        this.now = now;
    }

    /** Never back. */
    void at(Instant later) {
        if (later.isAfter(now)) {
            now = later;
        }
    }

    void restart(Instant at) {
        now = at;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("only instants are asked for");
    }
}
