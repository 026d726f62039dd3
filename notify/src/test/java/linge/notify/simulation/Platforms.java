package linge.notify.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The other sides: they keep their rules by themselves, know nothing of our ledgers, and count what they are sent. Their
 * faults (outages, lost answers) are drawn from the seed.
 */
final class Platforms {

    /** What came of a call. TAKEN_UNHEARD and LOST look the same from outside: no answer. */
    enum Answer {
        TAKEN,
        TAKEN_UNHEARD,
        LOST,
        DOWN,
        OVER_QUOTA,
        GONE
    }

    private static final ZoneId CHANGZHI = ZoneId.of("Asia/Shanghai");

    private final Dice dice;
    private final InstantSource clock;
    private final int templatesADay;
    private final Map<String, Deque<Instant>> windows = new HashMap<>();
    private final Map<String, Instant> heard = new HashMap<>();
    private final Map<String, Integer> consents = new HashMap<>();
    private final Map<LocalDate, Integer> templates = new HashMap<>();
    private final Map<String, Deque<Instant>> phones = new HashMap<>();
    private final Map<Long, Integer> tries = new HashMap<>();

    /** Deliveries that were taken, by how often: more than once is an effect twice. */
    final Map<Long, Integer> effects = new HashMap<>();

    final Map<String, Integer> counts = Collections.synchronizedMap(new TreeMap<>());
    int overQuota;

    /** Deliveries with a try whose end nobody knows: as the channels' own table of tries, they outlive a node. */
    private final Set<Long> unsure = new HashSet<>();

    Platforms(Dice dice, InstantSource clock, int templatesADay) {
        this.dice = dice;
        this.clock = clock;
        this.templatesADay = templatesADay;
    }

    synchronized void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    synchronized void hears(String openid, Instant at) {
        heard.put(openid, at);
        windows.put(openid, new ArrayDeque<>());
    }

    synchronized void agrees(String openid) {
        consents.merge(openid, 1, Integer::sum);
    }

    synchronized void nobodyKnows(long delivery) {
        unsure.add(delivery);
    }

    synchronized boolean isUnsure(long delivery) {
        return unsure.contains(delivery);
    }

    /** A customer-service message: five within 48 hours of the follower's last message. */
    synchronized Answer service(String openid, long delivery) {
        Instant now = clock.instant();
        Instant opened = heard.get(openid);
        Deque<Instant> sent = windows.getOrDefault(openid, new ArrayDeque<>());
        boolean closed = opened == null || !now.isBefore(opened.plus(Duration.ofHours(48))) || sent.size() >= 5;
        return answer("wechat", openid, delivery, closed, false, () -> sent.add(now));
    }

    /** A template message: so many a day; drops a second one of the same delivery. */
    synchronized Answer template(String openid, long delivery) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), CHANGZHI);
        boolean full = templates.getOrDefault(today, 0) >= templatesADay;
        return answer("wechat", openid, delivery, full, true, () -> templates.merge(today, 1, Integer::sum));
    }

    /** A subscription message: one for each consent. */
    synchronized Answer subscription(String openid, long delivery) {
        boolean none = consents.getOrDefault(openid, 0) < 1;
        return answer("wechat", openid, delivery, none, false, () -> consents.merge(openid, -1, Integer::sum));
    }

    /** An SMS: five in an hour and ten in 24 for one number, whichever gateway. */
    synchronized Answer sms(String gateway, String phone, long delivery) {
        Instant now = clock.instant();
        Deque<Instant> sent = phones.computeIfAbsent(phone, p -> new ArrayDeque<>());
        sent.removeIf(at -> !at.isAfter(now.minus(Duration.ofHours(24))));
        long hour = sent.stream()
                .filter(at -> at.isAfter(now.minus(Duration.ofHours(1))))
                .count();
        return answer(gateway, phone, delivery, hour >= 5 || sent.size() >= 10, false, () -> sent.add(now));
    }

    /** A push service; drops a second one of the same topic. */
    synchronized Answer push(String endpoint, long delivery) {
        return answer("push", endpoint, delivery, false, true, () -> {});
    }

    private Answer answer(
            String platform, String to, long delivery, boolean overQuota, boolean dropsSecond, Runnable take) {
        int nth = tries.merge(delivery, 1, Integer::sum);
        if (isDown(platform)) {
            count(platform + ": call during an outage");
            // Half of the calls find the door shut; the others are heard or not, and never answered.
            if (dice.happens(0.5, "shut", platform, to, nth, clock.instant().getEpochSecond())) {
                return Answer.DOWN;
            }
            if (dice.happens(0.5, "heard", platform, to, nth, clock.instant().getEpochSecond())) {
                return Answer.LOST;
            }
        }
        if (dropsSecond && effects.containsKey(delivery)) {
            count(platform + ": second send dropped");
            return Answer.TAKEN;
        }
        if (overQuota) {
            this.overQuota++;
            return Answer.OVER_QUOTA;
        }
        if (platform.equals("wechat") && City.hasLeft(to)) {
            return Answer.GONE;
        }
        take.run();
        effects.merge(delivery, 1, Integer::sum);
        boolean answered = !isDown(platform) && !dice.happens(0.001, "answer", platform, to, nth, delivery % 1_000);
        if (!answered) {
            count(platform + ": taken, answer lost");
        }
        return answered ? Answer.TAKEN : Answer.TAKEN_UNHEARD;
    }

    /** About one outage in twelve days for each platform, of a quarter of an hour to six hours. */
    boolean isDown(String platform) {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, CHANGZHI);
        if (!dice.happens(1 / 12.0, "outage", platform, today.toEpochDay())) {
            return false;
        }
        Instant begins = today.atStartOfDay(CHANGZHI).toInstant().plus(Duration.ofMinutes((long)
                (dice.draw("begins", platform, today.toEpochDay()) * 1_000)));
        Duration lasts = Duration.ofMinutes(15 + (long) (dice.draw("lasts", platform, today.toEpochDay()) * 345));
        return !now.isBefore(begins) && now.isBefore(begins.plus(lasts));
    }
}
