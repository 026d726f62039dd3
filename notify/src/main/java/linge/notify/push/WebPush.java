package linge.notify.push;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import linge.notify.Addresses;
import linge.notify.Addresses.Address;
import linge.notify.Channel;
import linge.notify.Envelope;
import linge.notify.NotSent;
import linge.notify.Sent;
import linge.notify.push.PushService.Answer;
import linge.notify.push.PushSubscriptions.Subscription;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Web Push to every device a person subscribed. A person is reached when one of them took the notice; one whose push service is
 * busy is tried again beside the ladder's usual waits, without telling the others twice, for a quarter of an hour.
 */
public final class WebPush implements Channel {

    /** The channel's name. */
    public static final String NAME = Addresses.WEB_PUSH;

    private static final Logger log = LoggerFactory.getLogger(WebPush.class);

    /** Bytes of the message: what every push service must take, then less and less for one that says 413. */
    private static final int[] SIZES = {Sealed.LONGEST, 1_200, 400};

    /** How long a push service keeps it for a device that is switched off, when the notice itself has no deadline. */
    private static final Duration USUAL_LIFE = Duration.ofDays(3);

    /** Push services keep nothing longer than four weeks. */
    private static final Duration LONGEST_LIFE = Duration.ofDays(28);

    /** A device still busy that long after another one took the notice is left to the inbox. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private static final String TAKEN = "SELECT device FROM push_taken WHERE delivery = $1";

    private static final String MARK_TAKEN = """
            INSERT INTO push_taken (delivery, device, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
            """;

    private final Pool db;
    private final Addresses addresses;
    private final PushService service;
    private final InstantSource clock;

    /**
     * A channel that signs with these keys.
     *
     * @param contact how push services reach whoever runs this, {@code mailto:} or {@code https:}, or null
     */
    public WebPush(
            Vertx vertx,
            Pool db,
            Addresses addresses,
            Endpoints endpoints,
            VapidKeys keys,
            @Nullable String contact,
            InstantSource clock) {
        this.db = db;
        this.addresses = addresses;
        this.service = new PushService(vertx, endpoints, new Vapid(keys, contact, clock), clock);
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** How one device's push service took it. */
    private sealed interface Outcome {
        record Taken(String device, @Nullable String receipt) implements Outcome {}

        record Later(@Nullable Duration earliest, String reason) implements Outcome {}

        /** There is no such device any more, or it is not to be pushed to as it stands. */
        record Lost() implements Outcome {}
    }

    /** A second copy replaces the first on the device, silently: so a try whose end nobody knows may be repeated. */
    @Override
    public Future<Sent> send(Envelope envelope) {
        return addresses.of(envelope.audience(), PushSubscriptions.SCHEME).compose(all -> {
            List<Address> devices = all.stream().filter(Address::works).toList();
            return devices.isEmpty()
                    ? Future.failedFuture(NotSent.nextChannel("no device takes pushes"))
                    : taken(envelope.delivery()).compose(before -> sendTo(devices, before, envelope));
        });
    }

    private Future<Sent> sendTo(List<Address> devices, Set<String> before, Envelope envelope) {
        return Future.all(devices.stream()
                        .filter(one -> !before.contains(PushSubscriptions.device(one.value())))
                        .map(one -> push(one, envelope))
                        .toList())
                .compose(all -> settle(all.list(), before, envelope));
    }

    private Future<Sent> settle(List<Outcome> outcomes, Set<String> before, Envelope envelope) {
        List<Outcome.Taken> taken = only(outcomes, Outcome.Taken.class);
        List<Outcome.Later> later = only(outcomes, Outcome.Later.class);
        boolean reached = !taken.isEmpty() || !before.isEmpty();
        boolean waitedLong = clock.instant().isAfter(envelope.at().plus(PATIENCE));
        if (reached && (later.isEmpty() || waitedLong)) {
            return Future.succeededFuture(new Sent(taken.stream()
                    .map(Outcome.Taken::receipt)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null)));
        }
        if (later.isEmpty()) {
            return Future.failedFuture(NotSent.nextChannel("no device takes pushes any more"));
        }
        NotSent again = again(later, reached);
        return mark(envelope.delivery(), taken).compose(marked -> Future.failedFuture(again));
    }

    /** As late as the most patient of them asks for: nobody is asked before its time. */
    private static NotSent again(List<Outcome.Later> later, boolean reached) {
        String reason = later.get(0).reason() + (reached ? " (another device took it)" : "");
        return later.stream()
                .map(Outcome.Later::earliest)
                .filter(Objects::nonNull)
                .max(Duration::compareTo)
                .map(earliest -> NotSent.tryAgainAfter(earliest, reason))
                .orElseGet(() -> NotSent.tryAgain(reason));
    }

    /** Fails only with the database. */
    private Future<Outcome> push(Address device, Envelope envelope) {
        return push(device, envelope, 0)
                .recover(lost -> lost instanceof IllegalArgumentException
                        ? keptAside(device, "cannot be pushed to: " + lost.getMessage())
                        : Future.succeededFuture(new Outcome.Later(null, "no answer: " + lost.getMessage())));
    }

    private Future<Outcome> push(Address device, Envelope envelope, int size) {
        byte[] message = Payload.of(envelope, SIZES[size]);
        return service.push(Subscription.of(device), message, headers(envelope))
                .compose(answer -> answer.status() == 413 && size + 1 < SIZES.length
                        ? push(device, envelope, size + 1)
                        : outcome(device, answer));
    }

    private Future<Outcome> outcome(Address device, Answer answer) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return Future.succeededFuture(
                    new Outcome.Taken(PushSubscriptions.device(device.value()), answer.location()));
        }
        if (status == 404 || status == 410) {
            return addresses
                    .remove(db, PushSubscriptions.SCHEME, device.value())
                    .map(new Outcome.Lost());
        }
        String reason = "push service answered " + status + (answer.words().isBlank() ? "" : ": " + answer.words());
        if (status == 429 || status >= 500) {
            return Future.succeededFuture(new Outcome.Later(answer.earliest(), reason));
        }
        return keptAside(device, reason);
    }

    /** Ours to put right, e.g. keys that changed: the device rests until its page subscribes again, which it does when it opens. */
    private Future<Outcome> keptAside(Address device, String reason) {
        log.warn("a device is pushed to no more until it subscribes again: {}", reason);
        return addresses
                .bounced(PushSubscriptions.SCHEME, device.value(), reason)
                .map(new Outcome.Lost());
    }

    private Map<String, String> headers(Envelope envelope) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("TTL", String.valueOf(life(envelope).toSeconds()));
        headers.put("Urgency", envelope.urgent() ? "high" : "normal");
        if (!envelope.subject().isBlank()) {
            headers.put("Topic", topic(envelope));
        }
        return headers;
    }

    private Duration life(Envelope envelope) {
        Instant deadline = envelope.deadline();
        Duration left = deadline == null ? USUAL_LIFE : Duration.between(clock.instant(), deadline);
        return left.isNegative() ? Duration.ZERO : left.compareTo(LONGEST_LIFE) > 0 ? LONGEST_LIFE : left;
    }

    /** Of two notices about one case that wait for a device, it hears the newer: 32 characters that say nothing to others. */
    private static String topic(Envelope envelope) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest((envelope.audience().id() + " " + envelope.subject()).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(hash, 24));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Future<Set<String>> taken(long delivery) {
        return db.preparedQuery(TAKEN).execute(Tuple.of(delivery)).map(rows -> {
            Set<String> devices = new HashSet<>();
            rows.forEach(row -> devices.add(row.getString("device")));
            return devices;
        });
    }

    private Future<Void> mark(long delivery, List<Outcome.Taken> taken) {
        if (taken.isEmpty()) {
            return Future.succeededFuture();
        }
        return db.preparedQuery(MARK_TAKEN)
                .executeBatch(taken.stream()
                        .map(one ->
                                Tuple.of(delivery, one.device(), clock.instant().atOffset(ZoneOffset.UTC)))
                        .toList())
                .mapEmpty();
    }

    private static <T extends Outcome> List<T> only(List<Outcome> outcomes, Class<T> kind) {
        return outcomes.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
