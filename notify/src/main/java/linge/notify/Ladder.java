package linge.notify;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;

/**
 * In which order a notice looks for a way beside the inbox: the first rung that has words for it and is open to the person
 * takes it; a rung that cannot now hands it on to the next.
 *
 * @param rungs names of channels, the best first; the inbox is none of them, it gets every notice
 * @param together how long after a message others about the same matter wait to become one; zero sends each by itself
 * @param stale after how long a notice that names no deadline is worth nothing over the ladder
 */
public record Ladder(List<String> rungs, Duration together, Duration stale) {

    /** WeChat from free to precious, then SMS, then the browser. */
    public static final Ladder USUAL = new Ladder(
            List.of("wechat-service", "wechat-template", "wechat-subscription", Sms.NAME, "web-push"),
            Duration.ofMinutes(1),
            Duration.ofDays(3));

    public Ladder {
        rungs = List.copyOf(rungs);
        if (rungs.contains(InApp.NAME) || new HashSet<>(rungs).size() != rungs.size()) {
            throw new IllegalArgumentException("a ladder names each channel once, and not the inbox: " + rungs);
        }
        if (together.isNegative() || stale.isNegative() || stale.isZero()) {
            throw new IllegalArgumentException("a ladder's times are not negative: " + together + ", " + stale);
        }
    }

    /** The same times over these rungs. */
    public Ladder over(String... others) {
        return new Ladder(List.of(others), together, stale);
    }

    /** The channels as a relay wants them: those that are no rung first, then by rung. */
    public List<Channel> inOrder(List<Channel> channels) {
        return channels.stream()
                .sorted(Comparator.comparing(channel -> rungs.indexOf(channel.name())))
                .toList();
    }
}
