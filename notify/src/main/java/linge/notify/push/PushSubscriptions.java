package linge.notify.push;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;
import java.util.List;
import linge.notify.Addresses;
import linge.notify.Addresses.Address;
import linge.notify.Audience;

/** The devices people asked to be told on. A person has several; a device is one person's, who signed in there last. */
public final class PushSubscriptions {

    /** The scheme of their addresses: the value is the endpoint, the details its keys. */
    static final String SCHEME = Addresses.WEB_PUSH;

    /** More devices than anybody carries; the one that subscribed first makes room. */
    static final int DEVICES = 10;

    private final SqlClient db;
    private final Addresses addresses;
    private final Endpoints endpoints;

    public PushSubscriptions(SqlClient db, Addresses addresses, Endpoints endpoints) {
        this.db = db;
        this.addresses = addresses;
        this.endpoints = endpoints;
    }

    /**
     * What a browser's {@code PushSubscription} says.
     *
     * @param p256dh the device's public key, base64url of 65 bytes
     * @param auth its secret, base64url of 16 bytes
     */
    public record Subscription(String endpoint, String p256dh, String auth) {

        ECPublicKey key() {
            return P256.publicKey(Base64.getUrlDecoder().decode(p256dh));
        }

        byte[] secret() {
            byte[] secret = Base64.getUrlDecoder().decode(auth);
            if (secret.length != Sealed.AUTH) {
                throw new IllegalArgumentException("a device's secret is 16 bytes");
            }
            return secret;
        }

        static Subscription of(Address address) {
            JsonObject keys = address.details();
            return new Subscription(address.value(), keys.getString("p256dh"), keys.getString("auth"));
        }
    }

    /**
     * Keeps a device for a person; the same once more renews it. One that was another's is theirs no longer.
     *
     * @return fails with {@link IllegalArgumentException} for an endpoint or keys that cannot be pushed to
     */
    public Future<Void> keep(Audience who, Subscription subscription) {
        try {
            endpoints.parse(subscription.endpoint());
            subscription.key();
            subscription.secret();
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(e);
        }
        JsonObject keys = new JsonObject().put("p256dh", subscription.p256dh()).put("auth", subscription.auth());
        return addresses
                .keep(db, who, SCHEME, subscription.endpoint(), keys)
                .compose(kept -> addresses.of(who, SCHEME))
                .compose(all -> removeEach(all.subList(Math.min(DEVICES, all.size()), all.size())));
    }

    /** Takes one of a person's devices away, by its name; answers whether there was one. */
    public Future<Boolean> remove(Audience who, String device) {
        return addresses.of(who, SCHEME).compose(all -> {
            List<Address> meant = all.stream()
                    .filter(one -> device(one.value()).equals(device))
                    .toList();
            return removeEach(meant).map(!meant.isEmpty());
        });
    }

    /** Takes all of a person's devices away. */
    public Future<Void> removeAll(Audience who) {
        return addresses.of(who, SCHEME).compose(this::removeEach);
    }

    private Future<Void> removeEach(List<Address> some) {
        return Future.all(some.stream()
                        .map(one -> addresses.remove(db, SCHEME, one.value()))
                        .toList())
                .mapEmpty();
    }

    /**
     * A device's name that may stand in an address line: base64url of its endpoint's SHA-256. The endpoint itself may not; who
     * holds it and our key could push.
     */
    public static String device(String endpoint) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(endpoint.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
