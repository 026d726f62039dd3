package linge.notify.webhook;

import java.time.Duration;
import linge.notify.BackOff;

/**
 * How other systems are told.
 *
 * @param node this node's name: who holds a lease
 * @param lines how many webhooks a round takes in hand
 * @param batch how many events one after the other before others get their turn
 * @param lease how long a claim holds unless renewed; after a crash the line waits that long
 * @param answer how long the other side may take to answer
 * @param backOff waiting between tries of a line that fails
 * @param patience how long a line may fail before the webhook is switched off; what waits is kept
 * @param refusals how often a message may be refused before it is left out
 * @param poll how often to look without being woken
 */
public record WebhookSettings(
        String node,
        int lines,
        int batch,
        Duration lease,
        Duration answer,
        BackOff backOff,
        Duration patience,
        int refusals,
        Duration poll) {

    public WebhookSettings {
        if (lease.compareTo(answer.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("a lease outlasts the wait for an answer by far");
        }
    }

    /** Five days of failing, a holiday's length, with a try at least every hour. */
    public static WebhookSettings of(String node) {
        return new WebhookSettings(
                node,
                20,
                100,
                Duration.ofMinutes(2),
                Duration.ofSeconds(15),
                new BackOff(Duration.ofSeconds(5), Duration.ofHours(1)),
                Duration.ofDays(5),
                5,
                Duration.ofSeconds(5));
    }
}
