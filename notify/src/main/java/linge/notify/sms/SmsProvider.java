package linge.notify.sms;

import io.vertx.core.Future;
import linge.notify.SmsGateway;

/** One carrier of SMS, asked once for each message; which one is asked next is not its business. */
interface SmsProvider {

    /** Its name in lower case, as in the settings: {@code aliyun}. */
    String name();

    /**
     * Hands one message over.
     *
     * @return its number there, for status reports; or a failure that is {@link Refused} where anything is known of the
     *     message's fate. Any other failure counts as {@link Refused.Meaning#UNKNOWN}
     */
    Future<String> send(SmsGateway.Message message);

    /** Does not wait for the other side: a service starts while a carrier is away. */
    default Future<Void> start() {
        return Future.succeededFuture();
    }

    default Future<Void> stop() {
        return Future.succeededFuture();
    }
}
