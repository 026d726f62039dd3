package linge.notify.sms;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import linge.notify.Ledgers;
import linge.notify.Receipts;
import linge.notify.SmsGateway;

/** The engine that asks carriers in order, over carriers that are functions: for simulations outside this package. */
public final class Carriers {

    /** What came of asking one. */
    public enum Outcome {
        TAKEN,
        BUSY,
        NUMBER_LIMIT,
        UNKNOWN
    }

    private Carriers() {}

    /** @param inOrder carriers by name, as they are asked */
    public static SmsGateway of(
            Pool pool, InstantSource clock, Map<String, Function<SmsGateway.Message, Future<Outcome>>> inOrder) {
        List<SmsProvider> providers = new ArrayList<>();
        inOrder.forEach((name, carrier) -> providers.add(new Carrier(name, carrier)));
        SmsReports reports = new SmsReports(new Receipts(pool, clock), clock);
        return new SmsProviders(providers, new Parts(pool, clock, reports), new Ledgers(pool, clock), clock);
    }

    /** Under what a status report on this message comes back. */
    public static String receipt(String carrier, SmsGateway.Message message) {
        return SmsReport.receipt(carrier, number(message));
    }

    private static String number(SmsGateway.Message message) {
        return message.phone() + "-" + Objects.requireNonNull(message.delivery());
    }

    private record Carrier(String name, Function<SmsGateway.Message, Future<Outcome>> carrier) implements SmsProvider {
        @Override
        public Future<String> send(SmsGateway.Message message) {
            return carrier.apply(message).map(outcome -> switch (outcome) {
                case TAKEN -> number(message);
                case BUSY -> throw new Refused(Refused.Meaning.BUSY, "connection refused");
                case NUMBER_LIMIT -> throw new Refused(Refused.Meaning.NUMBER_LIMIT, "too many for this number");
                case UNKNOWN -> throw new Refused(Refused.Meaning.UNKNOWN, "no answer");
            });
        }
    }
}
