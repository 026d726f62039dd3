package linge.notify;

import java.time.Duration;

/**
 * How a relay works.
 *
 * @param node this node's name: who holds a lease
 * @param batch deliveries claimed at once, 1 to 1,000
 * @param lease how long a claim holds; after a crash the delivery waits that long. Longer than {@code answer}, with room
 *     for a lane of several and for clocks that differ
 * @param answer how long a channel may take to answer; then the try counts as failed
 * @param attempts tries before a delivery is parked, at least 1
 * @param backOff waiting between tries
 * @param poll how often to look without being woken: the safety net for lost wake-ups, and what notices due retries
 */
public record RelaySettings(
        String node, int batch, Duration lease, Duration answer, int attempts, BackOff backOff, Duration poll) {

    public RelaySettings {
        if (node.isBlank() || batch < 1 || batch > 1_000 || attempts < 1) {
            throw new IllegalArgumentException("a relay has a name, a batch of 1 to 1000 and at least one attempt");
        }
        if (answer.isZero() || answer.isNegative() || lease.compareTo(answer) <= 0 || poll.toMillis() < 1) {
            throw new IllegalArgumentException("a relay's lease is longer than it waits for an answer, and it polls");
        }
    }

    /** For a city: twelve tries over about two hours outlast the usual outage of a provider. */
    public static RelaySettings of(String node) {
        return new RelaySettings(
                node,
                50,
                Duration.ofMinutes(2),
                Duration.ofSeconds(20),
                12,
                new BackOff(Duration.ofSeconds(5), Duration.ofHours(1)),
                Duration.ofSeconds(5));
    }
}
