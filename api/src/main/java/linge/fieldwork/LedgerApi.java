package linge.fieldwork;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import linge.grids.Grids;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.shared.Caller;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One's own ledger over HTTP: by month, by day, and as a file that is written as it is read. */
final class LedgerApi {

    private static final Logger log = LoggerFactory.getLogger(LedgerApi.class);

    private static final int LONGEST_DAYS = 366;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter SAID = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    /** Spreadsheets take a file for UTF-8 only by its mark. */
    private static final String MARK = "\uFEFF";

    private static final List<String> COLUMNS =
            List.of("日期", "时间", "事项", "诉求编号", "类别", "辖区", "地点", "户数", "无人应答户数", "人数", "内容", "手机记录的时间", "手机时钟偏差（秒）");

    private final Ledger ledger;

    LedgerApi(Ledger ledger) {
        this.ledger = ledger;
    }

    void mount(Contract contract) {
        contract.on("getLedger", this::month).on("getLedgerDay", this::day).stream("exportLedger", this::export);
    }

    private Future<Answer> month(Call call) {
        Caller.Staff who = FieldPolicy.worker(call);
        YearMonth month = month(String.valueOf(call.query("month")));
        return ledger.days(who, month.atDay(1), month.atEndOfMonth())
                .map(days -> Answer.ok(
                        new JsonObject().put("month", month.toString()).put("days", days)));
    }

    private Future<Answer> day(Call call) {
        Caller.Staff who = FieldPolicy.worker(call);
        return ledger.day(who, FieldLogApi.day(call.path("day"), "/day")).map(Answer::ok);
    }

    private static YearMonth month(String text) {
        try {
            YearMonth month = YearMonth.parse(text);
            if (month.getYear() >= 2000 && month.getYear() < 2200) {
                return month;
            }
        } catch (DateTimeException e) {
            throw Refusal.badInput("/month", "月份不对，应形如 2026-11。");
        }
        throw Refusal.badInput("/month", "月份不对，应形如 2026-11。");
    }

    private void export(Call call) {
        RoutingContext ctx = call.ctx();
        Caller.Staff who = FieldPolicy.worker(call);
        LocalDate from = FieldLogApi.day(String.valueOf(ctx.queryParams().get("from")), "/from");
        LocalDate to = FieldLogApi.day(String.valueOf(ctx.queryParams().get("to")), "/to");
        if (to.isBefore(from) || from.plusDays(LONGEST_DAYS).isBefore(to)) {
            throw Refusal.notSensible("/to", "结束日期应在开始日期之后，一次最多导出一年。");
        }
        HttpServerResponse response = ctx.response();
        ctx.request().resume();
        ledger.taken(who, from, to)
                .compose(noted -> ledger.each(who, from, to, rows -> {
                    response.setChunked(true)
                            .putHeader(HttpHeaders.CONTENT_TYPE, "text/csv; charset=utf-8")
                            .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                            .putHeader(
                                    "Content-Disposition",
                                    "attachment; filename=\"ledger-" + from + "-" + to + ".csv\"")
                            .write(MARK + line(COLUMNS));
                    return written(rows, response);
                }))
                .compose(done -> response.end())
                .onFailure(failure -> {
                    if (!response.headWritten() && !response.closed()) {
                        response.headers().clear();
                        ctx.fail(failure);
                    } else {
                        // The head is out: all that can still be said is that the rest does not come.
                        log.debug("a ledger broke off", failure);
                        ctx.request().connection().close();
                    }
                });
    }

    /** As fast as the other side reads, and no faster. */
    private Future<Void> written(RowStream<Row> rows, HttpServerResponse response) {
        Promise<Void> done = Promise.promise();
        response.exceptionHandler(done::tryFail).closeHandler(gone -> done.tryFail("the reader left"));
        rows.exceptionHandler(done::tryFail);
        rows.endHandler(end -> done.tryComplete());
        rows.handler(row -> {
            response.write(line(ledger.shown(row)));
            if (response.writeQueueFull()) {
                rows.pause();
                response.drainHandler(room -> rows.resume());
            }
        });
        return done.future();
    }

    private static String line(JsonObject entry) {
        Instant at = Instant.parse(entry.getString("at"));
        boolean counted = !entry.getString("kind").equals("MOVE");
        String said = entry.getString("saidAt");
        return line(List.of(
                DAY.format(at.atZone(Grids.SHANGHAI)),
                TIME.format(at.atZone(Grids.SHANGHAI)),
                text(entry.getString("label")),
                text(entry.getString("number")),
                text(entry.getString("category")),
                text(entry.getString("areaName")),
                text(entry.getString("place")),
                counted ? String.valueOf(entry.getInteger("households")) : "",
                counted ? String.valueOf(entry.getInteger("absent")) : "",
                counted ? String.valueOf(entry.getInteger("people")) : "",
                text(entry.getString("words")),
                said == null ? "" : SAID.format(Instant.parse(said).atZone(Grids.SHANGHAI)),
                said == null ? "" : String.valueOf(entry.getLong("aheadSeconds"))));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    static String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (String cell : cells) {
            line.append(line.length() == 0 ? "" : ",").append(cell(cell));
        }
        return line.append("\r\n").toString();
    }

    /** Quoted where needed; what a spreadsheet would take for a formula is text, as its writer meant. */
    private static String cell(String text) {
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 && !text.matches("-?\\d+")
                ? "'" + text
                : text;
        return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
