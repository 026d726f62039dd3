package linge.admin;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import linge.admin.AuditTrail.Line;
import linge.admin.AuditTrail.Wanted;
import linge.board.ResponsePipe;
import linge.board.Sheet;
import linge.grids.Grids;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.shared.Caller;
import linge.shared.Names;
import linge.shared.Refusal;
import linge.shared.Role;
import linge.shared.Words;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The audit trail: a page, all that can be looked for, and a file. */
final class AuditApi {

    private static final Logger log = LoggerFactory.getLogger(AuditApi.class);

    private static final int PAGE = 50;
    private static final int FETCH = 500;
    /** Lines in one file; who needs more asks for fewer days. */
    private static final int MOST = 200_000;

    private static final int LONGEST = 100;
    private static final long PATIENCE_SECONDS = 60;
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final List<String> COLUMNS = List.of("时间", "姓名", "账号", "职务", "区域", "操作", "对象", "详情", "编号");

    private final AuditTrail trail;
    private final Names names;
    private final WorkerExecutor workers;

    AuditApi(Vertx vertx, AuditTrail trail, Names names) {
        this.trail = trail;
        this.names = names;
        this.workers = vertx.createSharedWorkerExecutor("linge-audit", 1, 20, TimeUnit.MINUTES);
    }

    void mount(Contract contract) {
        contract
                .on("listAudit", this::list)
                .on("listAuditActs", call -> {
                    AdminPolicy.reader(call);
                    return Future.succeededFuture(Answer.ok(Acts.shown()));
                })
                .stream("exportAudit", this::export);
    }

    private Future<Answer> list(Call call) {
        Caller.Staff who = AdminPolicy.reader(call);
        Wanted wanted = wanted(call, who);
        String after = call.query("after");
        int limit = call.integer("limit", PAGE);
        // Turning the page is the same look.
        Future<Void> noted = after == null ? trail.read(who, wanted) : Future.succeededFuture();
        return noted.compose(done -> trail.lines(wanted, before(after), limit + 1))
                .map(found -> {
                    List<Line> page = found.subList(0, Math.min(limit, found.size()));
                    JsonArray items = new JsonArray();
                    page.forEach(line -> items.add(shown(line)));
                    String next = found.size() > limit
                            ? String.valueOf(page.get(limit - 1).id())
                            : null;
                    return Answer.ok(new JsonObject().put("items", items).put("next", next));
                });
    }

    private static long before(@Nullable String after) {
        try {
            return after == null ? Long.MAX_VALUE : Long.parseLong(after);
        } catch (NumberFormatException e) {
            throw Refusal.badInput("/after", "翻页位置不对，请从第一页重新看起。");
        }
    }

    private JsonObject shown(Line line) {
        return new JsonObject()
                .put("id", line.id())
                .put("at", line.at().toString())
                .put("name", line.name())
                .put("user", line.user())
                .put("role", line.role())
                .put("roleName", Role.valueOf(line.role()).label())
                .put("area", line.area())
                .put("areaName", names.area(line.area()))
                .put("act", line.act())
                .put("actName", Acts.label(line.act()))
                .put("subject", line.subject())
                .put("details", details(line));
    }

    /** Pairs to read: a word and what it says; what was left empty is left out. */
    private JsonArray details(Line line) {
        JsonArray details = new JsonArray();
        line.details().forEach(one -> {
            Object value = one.getValue();
            if (value != null && !String.valueOf(value).isBlank()) {
                details.add(new JsonObject()
                        .put("name", Acts.detail(one.getKey()))
                        .put("value", value(one.getKey(), value)));
            }
        });
        return details;
    }

    private String value(String key, Object value) {
        return switch (key) {
            case "area" ->
                String.valueOf(value).matches("\\d{4}|\\d{6}|\\d{9}|\\d{12}|\\d{15}")
                        ? names.area(String.valueOf(value))
                        : String.valueOf(value);
            case "role" -> role(String.valueOf(value));
            default -> String.valueOf(value);
        };
    }

    private static String role(String name) {
        for (Role role : Role.values()) {
            if (role.name().equals(name)) {
                return role.label();
            }
        }
        return name;
    }

    private void export(Call call) {
        RoutingContext ctx = call.ctx();
        ctx.request().resume();
        Caller.Staff who = AdminPolicy.reader(call);
        Wanted wanted = wanted(call, who);
        Context here = ctx.vertx().getOrCreateContext();
        trail.exported(who, wanted)
                .compose(noted -> {
                    ctx.response()
                            .setChunked(true)
                            .putHeader("content-type", "text/csv; charset=utf-8")
                            .putHeader("cache-control", "no-store")
                            .putHeader(
                                    "content-disposition",
                                    "attachment; filename=\"linge-audit-" + wanted.area() + ".csv\"");
                    return workers.executeBlocking(
                            () -> {
                                write(Sheet.csv(new ResponsePipe(here, ctx.response())), wanted);
                                return null;
                            },
                            false);
                })
                .onFailure(failed -> {
                    if (ctx.response().headWritten()) {
                        log.warn("an export of the audit trail broke off", failed);
                        ctx.request().connection().close();
                    } else {
                        ctx.response().headers().remove("content-disposition");
                        ctx.fail(failed);
                    }
                });
    }

    /** Blocks: for workers. Page by page, so that no more than one is in memory. */
    private void write(Sheet sheet, Wanted wanted) throws IOException {
        sheet.row(COLUMNS);
        long before = Long.MAX_VALUE;
        for (int written = 0; written < MOST; ) {
            List<Line> lines = got(trail.lines(wanted, before, FETCH));
            for (Line line : lines) {
                sheet.row(cells(line));
            }
            written += lines.size();
            if (lines.size() < FETCH) {
                break;
            }
            before = lines.get(lines.size() - 1).id();
        }
        sheet.end();
    }

    private List<@Nullable Object> cells(Line line) {
        StringBuilder details = new StringBuilder();
        for (Object one : details(line)) {
            JsonObject pair = (JsonObject) one;
            details.append(details.length() == 0 ? "" : "；")
                    .append(pair.getString("name"))
                    .append("：")
                    .append(pair.getString("value"));
        }
        return java.util.Arrays.asList(
                WHEN.format(line.at().atZone(Grids.SHANGHAI)),
                line.name(),
                line.user(),
                Role.valueOf(line.role()).label(),
                names.area(line.area()),
                Acts.label(line.act()),
                line.subject(),
                details.toString(),
                line.id());
    }

    private static Wanted wanted(Call call, Caller.Staff who) {
        LocalDate from = day(call, "from");
        LocalDate to = day(call, "to");
        if (from != null && to != null && to.isBefore(from)) {
            throw Refusal.notSensible("/to", "结束的日子不能早于开始的日子。");
        }
        String act = call.query("act");
        if (act != null && !act.matches("[a-z]{1,40}([.-][a-z]{1,40}){0,4}")) {
            throw Refusal.badInput("/act", "没有这种操作，请重新选择。");
        }
        return new Wanted(
                AdminPolicy.area(who, call.query("area")), text(call, "who"), act, text(call, "subject"), from, to);
    }

    private static @Nullable String text(Call call, String name) {
        String asked = call.query(name);
        String text = asked == null ? null : Words.of(asked);
        if (text != null && text.length() > LONGEST) {
            throw Refusal.badInput("/" + name, "要找的字太长了，请只写一部分。");
        }
        return text;
    }

    private static @Nullable LocalDate day(Call call, String name) {
        String text = call.query(name);
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() >= 2000 && day.getYear() < 2200) {
                return day;
            }
        } catch (DateTimeException e) {
            throw Refusal.badInput("/" + name, "日期不对，应形如 2026-11-26。");
        }
        throw Refusal.badInput("/" + name, "日期不对，应形如 2026-11-26。");
    }

    /** Waits on a worker for what the database answers. */
    private static <T> T got(Future<T> future) throws IOException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(e);
        }
    }
}
