package linge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import linge.notify.Addresses;
import linge.notify.LocalSmsGateway;
import linge.notify.Receipts;
import linge.notify.Sms;
import linge.notify.SmsGateway;
import linge.notify.sms.SmsAccount;
import linge.notify.sms.SmsProviders;
import linge.notify.sms.SmsReports;
import linge.notify.sms.TemplateBook;
import linge.residents.Residents;
import org.jspecify.annotations.Nullable;

/**
 * All about SMS: the providers of the settings, or the local gateway where there are none.
 *
 * @param local keeps texts for the demo's page
 * @param providers null where the local gateway carries all
 * @param platforms of providers that fill templates of their own, as {@code template_map} knows them
 * @param book every way in which SMS are said
 * @param reports where pushed status reports go
 * @param channel for notices
 * @param codes for sign-in codes
 */
record SmsHouse(
        LocalSmsGateway local,
        @Nullable SmsProviders providers,
        List<String> platforms,
        TemplateBook book,
        SmsReports reports,
        Sms channel,
        Residents.Sms codes) {

    static SmsHouse open(SmsSettings settings, Vertx vertx, Pool db, Clock clock) {
        LocalSmsGateway local = new LocalSmsGateway(db, clock);
        SmsReports reports = new SmsReports(new Receipts(db, clock), clock);
        List<SmsAccount> accounts = settings.accounts();
        TemplateBook book = TemplateBook.shipped();
        SmsProviders providers =
                accounts.isEmpty() ? null : SmsProviders.open(vertx, db, clock, accounts, book, reports);
        SmsGateway gateway = providers == null ? local : providers;
        return new SmsHouse(
                local,
                providers,
                accounts.stream()
                        .filter(account -> !(account instanceof SmsAccount.Smpp))
                        .map(account -> TemplateBook.platform(account.provider()))
                        .toList(),
                book,
                reports,
                new Sms(gateway, settings.sign(), new Addresses(db, clock)),
                new CodeSms(gateway, settings.sign()));
    }

    /** By channel, what the providers' breakers say now. */
    Map<String, Supplier<Map<String, String>>> circuits() {
        SmsProviders several = providers;
        return several == null
                ? Map.of()
                : Map.of(Sms.NAME, () -> {
                    Map<String, String> named = new LinkedHashMap<>();
                    several.states().forEach((provider, state) -> named.put(TemplateBook.platform(provider), state));
                    return named;
                });
    }

    /** Does not wait for carriers. */
    Future<Void> start() {
        return providers == null ? Future.succeededFuture() : providers.start();
    }

    Future<Void> stop() {
        return providers == null ? Future.succeededFuture() : providers.stop();
    }

    Future<Void> forgetOld() {
        return providers == null ? Future.succeededFuture() : providers.forgetOld();
    }
}
