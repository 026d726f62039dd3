package linge.notify.sms;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import linge.notify.Receipts;
import linge.notify.Sms;
import org.jspecify.annotations.Nullable;

/** Status reports of all providers, brought into one form and on to {@link Receipts}. */
public final class SmsReports {

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    /** Says neither that it arrived nor that it did not. */
    private static final Set<String> ON_THE_WAY = Set.of("REQUEST_SUCCESS", "ENROUTE", "ACCEPTD");

    private static final Pattern OUR_NUMBER = Pattern.compile("[0-9]{1,18}");

    private final Receipts receipts;
    private final CodeBook codes;
    private final InstantSource clock;

    public SmsReports(Receipts receipts, InstantSource clock) {
        this.receipts = receipts;
        this.codes = CodeBook.shipped();
        this.clock = clock;
    }

    /**
     * Takes in what a provider pushed.
     *
     * @param body as it came: Alibaba Cloud's SmsReport or Tencent Cloud's status callback, a JSON array of reports
     * @return how many there were, once all are kept; fails with {@link IllegalArgumentException} for a body or a provider
     *     that is none
     */
    public Future<Integer> pushed(String provider, Buffer body) {
        List<Told> reports;
        try {
            reports = read(provider, body);
        } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
            return Future.failedFuture(new IllegalArgumentException("no status reports: " + e.getMessage(), e));
        }
        Future<Void> kept = Future.succeededFuture();
        for (Told told : reports) {
            kept = kept.compose(before -> settle(told));
        }
        return kept.map(reports.size());
    }

    private List<Told> read(String provider, Buffer body) {
        JsonArray given = new JsonArray(body);
        List<Told> reports = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            JsonObject one = given.getJsonObject(i);
            if (one == null) {
                throw new IllegalArgumentException("nothing where a report should be");
            }
            SmsReport report = switch (provider) {
                case Aliyun.NAME -> aliyun(one);
                case Tencent.NAME -> tencent(one);
                default -> throw new IllegalArgumentException(provider + " pushes none");
            };
            if (report != null) {
                reports.add(new Told(report, one.getString("out_id", ""), one.getString("phone_number", "")));
            }
        }
        return reports;
    }

    /**
     * A report as it was pushed.
     *
     * @param delivery the number we gave the message, where the vendor repeats it
     */
    private record Told(SmsReport report, String delivery, String phone) {}

    private @Nullable SmsReport aliyun(JsonObject said) {
        return report(
                Aliyun.NAME,
                said.getString("biz_id"),
                Boolean.TRUE.equals(said.getBoolean("success")),
                said.getString("report_time"),
                said.getString("err_code", ""),
                said.getString("err_msg", ""));
    }

    private @Nullable SmsReport tencent(JsonObject said) {
        return report(
                Tencent.NAME,
                said.getString("sid"),
                "SUCCESS".equals(said.getString("report_status")),
                said.getString("user_receive_time"),
                said.getString("errmsg", ""),
                said.getString("description", ""));
    }

    /**
     * One report; null for one that decides nothing.
     *
     * @param time as both vendors write it, in China's time
     */
    @Nullable
    SmsReport report(
            String provider,
            @Nullable String message,
            boolean arrived,
            @Nullable String time,
            String code,
            String words) {
        if (message == null || message.isBlank()) {
            throw new IllegalArgumentException("a report without a message's number");
        }
        if (arrived) {
            return SmsReport.arrived(provider, message, at(time));
        }
        if (ON_THE_WAY.contains(code)) {
            return null;
        }
        Refused refusal = codes.refusal("report", code, words, Refused.Meaning.BUSY, clock);
        return SmsReport.failed(
                provider,
                message,
                at(time),
                provider + "：" + refusal.reason(),
                refusal.meaning() == Refused.Meaning.NUMBER);
    }

    private Instant at(@Nullable String time) {
        if (time == null || time.isBlank()) {
            return clock.instant();
        }
        try {
            return LocalDateTime.parse(time.strip(), STAMP).atZone(CHINA).toInstant();
        } catch (DateTimeException unreadable) {
            return clock.instant();
        }
    }

    /** One whose send nobody knew the end of has no receipt yet: it is found by the number we gave it. */
    private Future<Void> settle(Told told) {
        SmsReport report = told.report();
        return settle(report)
                .compose(settled ->
                        report.arrived() && OUR_NUMBER.matcher(told.delivery()).matches()
                                ? receipts.arrivedAfterAll(
                                                Sms.NAME,
                                                Long.parseLong(told.delivery()),
                                                told.phone(),
                                                report.receipt(),
                                                report.at())
                                        .mapEmpty()
                                : Future.succeededFuture());
    }

    /** Hands one on; a sign-in code's finds no delivery, which is as it should be. */
    Future<Void> settle(SmsReport report) {
        return (report.arrived()
                        ? receipts.arrived(Sms.NAME, report.receipt(), report.at())
                        : receipts.failed(Sms.NAME, report.receipt(), report.reason(), report.bounced()))
                .mapEmpty();
    }
}
