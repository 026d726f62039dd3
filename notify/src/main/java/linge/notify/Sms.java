package linge.notify;

import io.vertx.core.Future;

/** SMS through a gateway, signed as carriers demand. */
public final class Sms implements Channel {

    /** The channel's name. */
    public static final String NAME = "sms";

    /** Whom residents see as the sender. */
    public static final String SIGNATURE = "邻格";

    private final SmsGateway gateway;
    private final String signature;

    public Sms(SmsGateway gateway) {
        this(gateway, SIGNATURE);
    }

    /** A deployment may have registered another signature with its carrier; given here without the brackets. */
    public Sms(SmsGateway gateway, String signature) {
        this.gateway = gateway;
        this.signature = signature;
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
                envelope.fields()));
    }

    /** The words with the signature before them, in the brackets that carriers look for. */
    public static String signed(String signature, String text) {
        return "【" + signature + "】" + text;
    }
}
