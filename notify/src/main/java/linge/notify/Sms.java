package linge.notify;

import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** SMS through a gateway, signed as carriers demand. */
public final class Sms implements Channel {

    /** The channel's name. */
    public static final String NAME = "sms";

    /** Whom residents see as the sender. */
    public static final String SIGNATURE = "邻格";

    private final SmsGateway gateway;
    private final String signature;
    private final @Nullable Addresses addresses;

    public Sms(SmsGateway gateway) {
        this(gateway, SIGNATURE, null);
    }

    /**
     * @param signature the one registered with the carrier, without the brackets
     * @param addresses where a number that does not exist is written down, or null
     */
    public Sms(SmsGateway gateway, String signature, @Nullable Addresses addresses) {
        this.gateway = gateway;
        this.signature = signature;
        this.addresses = addresses;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean reaches(Audience audience) {
        return audience.phone() != null;
    }

    @Override
    public boolean idempotent() {
        return gateway.idempotent();
    }

    @Override
    public Future<Sent> send(Envelope envelope) {
        String phone = envelope.audience().phone();
        if (phone == null) {
            return Future.failedFuture(NotSent.nextChannel("no phone"));
        }
        return gateway.send(new SmsGateway.Message(
                        envelope.delivery(),
                        phone,
                        signed(signature, envelope.words().text()),
                        envelope.template(),
                        Field.briefly(envelope.fields())))
                .recover(failure ->
                        bounced(failure, envelope.audience()).transform(noted -> Future.failedFuture(failure)));
    }

    /** Writes down that a number does not exist; that it could not be written must not hide why nothing was sent. */
    private Future<Void> bounced(Throwable failure, Audience who) {
        boolean gone = failure instanceof NotSent refusal && refusal.kind() == NotSent.Kind.NEVER;
        return gone && addresses != null
                ? addresses.bouncedOver(NAME, who, String.valueOf(failure.getMessage()))
                : Future.succeededFuture();
    }

    /** The words with the signature before them, in the brackets that carriers look for. */
    public static String signed(String signature, String text) {
        return "【" + signature + "】" + text;
    }
}
