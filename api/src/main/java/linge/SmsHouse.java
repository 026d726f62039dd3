package linge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
import linge.notify.Templates;
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
 * @param reports where pushed status reports go
 * @param channel for notices
 * @param codes for sign-in codes
 */
record SmsHouse(
        LocalSmsGateway local, @Nullable SmsProviders providers, SmsReports reports, Sms channel, Residents.Sms codes) {

    /** @throws Settings.Wrong when a template has no number with a provider that needs one */
    static SmsHouse open(SmsSettings settings, Vertx vertx, Pool db, Clock clock) {
        LocalSmsGateway local = new LocalSmsGateway(db, clock);
        SmsReports reports = new SmsReports(new Receipts(db, clock), clock);
        List<SmsAccount> accounts = settings.accounts();
        SmsProviders providers =
                accounts.isEmpty() ? null : SmsProviders.open(vertx, db, clock, accounts, templates(settings), reports);
        SmsGateway gateway = providers == null ? local : providers;
        return new SmsHouse(
                local,
                providers,
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
                    several.states().forEach((provider, state) -> named.put("sms-" + provider, state));
                    return named;
                });
    }

    private static TemplateBook templates(SmsSettings settings) {
        Path file = settings.templates();
        List<String> providers = settings.accounts().stream()
                .filter(account -> !(account instanceof SmsAccount.Smpp))
                .map(SmsAccount::provider)
                .toList();
        try {
            String csv = file == null ? TemplateBook.shipped() : Files.readString(file);
            return TemplateBook.read(csv, Templates.standard(), providers);
        } catch (NoSuchFileException e) {
            throw wrong(file, "没有这个文件");
        } catch (CharacterCodingException e) {
            throw wrong(file, "不是 UTF-8 文件");
        } catch (IllegalArgumentException | IOException e) {
            throw wrong(file, String.valueOf(e.getMessage()));
        }
    }

    private static Settings.Wrong wrong(@Nullable Path file, String what) {
        return new Settings.Wrong("短信模板不能用（LINGE_SMS_TEMPLATES" + (file == null ? "" : "=" + file) + "）：" + what);
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
