package linge.notices;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.notify.Backlog;
import linge.notify.Figures;
import linge.notify.Sms;
import linge.notify.TemplateMap;
import linge.notify.sms.TemplateBook;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** What an operator looks at: how things stand now, and how many went out how fast. */
final class Desk {

    private static final ZoneId CITY = ZoneId.of("Asia/Shanghai");
    private static final int BOUNCED = 200;
    private static final int MOST_BOUNCED = 500;

    /** How far back rates go, by which steps. */
    private enum Span {
        DAY(Figures.Per.HOUR, Duration.ofHours(1), 24),
        WEEK(Figures.Per.DAY, Duration.ofDays(1), 7),
        MONTH(Figures.Per.DAY, Duration.ofDays(1), 30);

        private final Figures.Per per;
        private final Duration step;
        private final int steps;

        Span(Figures.Per per, Duration step, int steps) {
            this.per = per;
            this.step = step;
            this.steps = steps;
        }

        /** When the first step begins; the last one is not over yet. */
        Instant from(Instant now) {
            LocalDateTime here = LocalDateTime.ofInstant(now, CITY);
            LocalDateTime last = here.truncatedTo(per == Figures.Per.HOUR ? ChronoUnit.HOURS : ChronoUnit.DAYS);
            return last.atZone(CITY).toInstant().minus(step.multipliedBy(steps - 1L));
        }
    }

    private final NoticesApi.Ground on;
    private final Figures figures;
    private final Backlog backlog;

    Desk(NoticesApi.Ground on) {
        this.on = on;
        this.figures = new Figures(on.db(), on.clock(), on.templates());
        this.backlog = new Backlog(on.db(), on.clock(), on.templates());
    }

    void mount(Contract contract) {
        contract.on("getNoticeDesk", this::now)
                .on("getNoticeRates", this::rates)
                .on("listBouncedNumbers", call -> {
                    NoticePolicy.operates(call);
                    return bounced()
                            .map(all -> Answer.ok(new JsonObject()
                                    .put(
                                            "items",
                                            new JsonArray(
                                                    all.stream().limit(BOUNCED).toList()))));
                });
    }

    private Future<Answer> now(Call call) {
        NoticePolicy.operates(call);
        Future<JsonObject> waiting = backlog.waiting();
        Future<JsonArray> quotas = quotas(figures);
        Future<Long> parked = backlog.parkedCount();
        Future<List<JsonObject>> bounced = bounced();
        OfficialAccount account = on.account();
        Future<JsonArray> troubles = account == null ? Future.succeededFuture(new JsonArray()) : account.troubles();
        Future<Long> stopped = account == null ? Future.succeededFuture(0L) : account.stopped();
        Future<JsonArray> unnumbered = unnumbered();
        return Future.all(List.of(waiting, quotas, parked, bounced, troubles, stopped, unnumbered))
                .map(all -> Answer.ok(new JsonObject()
                        .put(
                                "at",
                                on.clock()
                                        .instant()
                                        .truncatedTo(ChronoUnit.MILLIS)
                                        .toString())
                        .put("waiting", waiting.result())
                        .put("channels", new JsonArray(on.channels()))
                        .put("circuits", circuits())
                        .put("quotas", quotas.result())
                        .put("parked", parked.result())
                        .put("bounced", bounced.result().size())
                        .put("troubles", troubles.result())
                        .put("answers", stopped.result())
                        .put("unnumbered", unnumbered.result())));
    }

    /** Carriers of SMS with which some of ours have no template that can always be filled; the sign-in code is told apart. */
    private Future<JsonArray> unnumbered() {
        List<String> carriers = on.platforms().stream()
                .filter(platform -> platform.startsWith(Sms.NAME + "-"))
                .toList();
        // The shortest way of saying each is named as the template is.
        List<String> needed = on.book().ways().stream()
                .map(TemplateBook.Way::template)
                .distinct()
                .toList();
        TemplateMap map = new TemplateMap(on.db(), on.clock());
        return Future.all(carriers.stream().map(one -> map.ids(one, needed)).toList())
                .map(all -> {
                    JsonArray found = new JsonArray();
                    for (int i = 0; i < carriers.size(); i++) {
                        Map<String, String> ids = all.resultAt(i);
                        if (ids.size() < needed.size()) {
                            found.add(new JsonObject()
                                    .put("platform", carriers.get(i))
                                    .put("missing", needed.size() - ids.size())
                                    .put("code", !ids.containsKey(TemplateBook.CODE)));
                        }
                    }
                    return found;
                });
    }

    private JsonArray circuits() {
        JsonArray circuits = new JsonArray();
        on.circuits()
                .forEach((channel, states) -> states.get()
                        .forEach((name, state) -> circuits.add(new JsonObject()
                                .put("name", name)
                                .put("channel", channel)
                                .put("state", state))));
        return circuits;
    }

    /** Schema {@code NoticeQuota}, each. What the calendar opens is one count for all; the rest is counted apart. */
    static Future<JsonArray> quotas(Figures figures) {
        return figures.quotas().map(all -> {
            JsonArray shown = new JsonArray();
            all.stream().map(JsonObject.class::cast).forEach(quota -> {
                boolean each = !quota.getString("opening").equals("CALENDAR");
                Integer most = quota.getInteger("most");
                int used = quota.getInteger("used");
                shown.add(new JsonObject()
                        .put("name", quota.getString("name"))
                        .put("note", quota.getString("note"))
                        .put("most", most)
                        .put("seconds", quota.getInteger("seconds"))
                        .put("each", each)
                        .put("used", used)
                        .put("left", most == null || each ? null : Math.max(0, most - used))
                        .put("full", quota.getInteger("exhausted"))
                        // Of one of many it says nothing about the others.
                        .put("spentUntil", each ? null : quota.getString("spentUntil")));
            });
            return shown;
        });
    }

    static Future<JsonObject> quota(Figures figures, String name) {
        return quotas(figures)
                .map(all -> all.stream()
                        .map(JsonObject.class::cast)
                        .filter(quota -> quota.getString("name").equals(name))
                        .findFirst()
                        .orElseThrow(() -> Refusal.notFound("这项额度")));
    }

    /** Residents' numbers that do not take SMS. */
    private Future<List<JsonObject>> bounced() {
        return figures.bounced(MOST_BOUNCED)
                .map(all -> all.stream()
                        .map(JsonObject.class::cast)
                        .filter(one -> one.getString("scheme").equals("phone")
                                && one.getString("kind").equals("RESIDENT"))
                        .map(one -> new JsonObject()
                                .put("person", one.getString("audience"))
                                .put("phone", one.getString("value"))
                                .put("bouncedAt", one.getString("bouncedAt"))
                                .put("reason", one.getString("reason")))
                        .toList());
    }

    private Future<Answer> rates(Call call) {
        NoticePolicy.operates(call);
        String wanted = Objects.requireNonNullElse(call.query("span"), "day");
        Span span = Span.valueOf(wanted.toUpperCase(java.util.Locale.ROOT));
        Instant to = on.clock().instant().plusMillis(1);
        Instant from = span.from(to);
        Future<JsonArray> slots = figures.rates(from, to, span.per);
        Future<Map<String, JsonObject>> totals = backlog.totals(from, to);
        return Future.all(slots, totals)
                .map(both -> Answer.ok(new JsonObject()
                        .put("span", wanted)
                        .put("step", span.step.toSeconds())
                        .put("from", from.toString())
                        .put("to", to.truncatedTo(ChronoUnit.MILLIS).toString())
                        .put("channels", channels(span, from, slots.result(), totals.result()))));
    }

    private JsonArray channels(Span span, Instant from, JsonArray slots, Map<String, JsonObject> totals) {
        Map<String, JsonObject> bySlot = new HashMap<>();
        slots.stream()
                .map(JsonObject.class::cast)
                .forEach(slot -> bySlot.put(slot.getString("channel") + " " + slot.getString("at"), slot));
        Set<String> inOrder = new LinkedHashSet<>(on.channels());
        inOrder.retainAll(totals.keySet());
        inOrder.addAll(totals.keySet());
        JsonArray channels = new JsonArray();
        for (String channel : inOrder) {
            JsonArray steps = new JsonArray();
            for (int nth = 0; nth < span.steps; nth++) {
                Instant at = from.plus(span.step.multipliedBy(nth));
                steps.add(counts(at, bySlot.get(channel + " " + at)));
            }
            channels.add(new JsonObject()
                    .put("channel", channel)
                    .put("total", counts(from, totals.get(channel)))
                    .put("steps", steps));
        }
        return channels;
    }

    private static JsonObject counts(Instant at, @Nullable JsonObject found) {
        JsonObject counts = new JsonObject().put("at", at.toString());
        for (String name : List.of("sent", "delivered", "failed", "parked", "expired")) {
            counts.put(name, found == null ? 0 : found.getLong(name));
        }
        for (String name : List.of("p50", "p99")) {
            Double seconds = found == null ? null : found.getDouble(name);
            counts.put(name, seconds == null ? null : Math.round(seconds * 1000));
        }
        return counts;
    }
}
