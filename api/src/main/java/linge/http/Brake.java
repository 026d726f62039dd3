package linge.http;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import linge.shared.Refusal;

/**
 * Slows an address down that asks too much of what needs no sign-in: a bucket an address, refilled steadily. Kept in memory on
 * each node; only guards its own CPU, so nothing is lost with it.
 */
public final class Brake {

    private static final int ADDRESSES = 20_000;

    private final double perSecond;
    private final double burst;
    private final Clock clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > ADDRESSES;
        }
    };

    private record Bucket(double left, long atMillis) {}

    /** @param burst how many at once; {@code perSecond} how many come back each second */
    public Brake(double perSecond, double burst, Clock clock) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.clock = clock;
    }

    /** Counts one request, or refuses it with {@code TOO_OFTEN} and the seconds to wait. */
    public synchronized void take(String address) {
        long now = clock.millis();
        Bucket bucket = buckets.getOrDefault(address, new Bucket(burst, now));
        double left = Math.min(burst, bucket.left() + Math.max(0, now - bucket.atMillis()) / 1000.0 * perSecond);
        if (left < 1) {
            buckets.put(address, new Bucket(left, now));
            throw Refusal.tooOften((long) Math.ceil((1 - left) / perSecond));
        }
        buckets.put(address, new Bucket(left - 1, now));
    }
}
