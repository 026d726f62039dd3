package linge.whistle;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import linge.media.MediaItem;
import linge.shared.Caller;
import linge.shared.Names;
import org.jspecify.annotations.Nullable;

/** Whistles as the contract shows them, with what each person may do now. */
final class WhistleView {

    private final Names names;
    private final Clock clock;

    WhistleView(Names names, Clock clock) {
        this.names = names;
        this.clock = clock;
    }

    /** Schema {@code WhistleSummary}. */
    JsonObject summary(WhistleLists.Shown shown, Caller.Staff who) {
        return summary(shown, who, Map.of());
    }

    /**
     * Schema {@code Whistle}.
     *
     * @param photos of the case, by the line of its history
     */
    JsonObject whole(
            WhistleLists.Shown shown, List<Line> lines, Map<Integer, List<MediaItem>> photos, Caller.Staff who) {
        JsonArray told = new JsonArray();
        lines.forEach(line -> told.add(line(shown.whistle(), line)));
        return summary(shown, who, photos).put("lines", told);
    }

    private JsonObject summary(WhistleLists.Shown shown, Caller.Staff who, Map<Integer, List<MediaItem>> photos) {
        Whistle whistle = shown.whistle();
        Whistle.Facts f = whistle.facts();
        JsonArray calls = new JsonArray();
        whistle.calls().forEach(call -> calls.add(call(whistle, call, photos)));
        JsonArray acts = new JsonArray();
        whistle.offered(who).forEach(act -> acts.add(act.name()));
        return new JsonObject()
                .put("id", f.id().toString())
                .put("number", f.number())
                .put("text", shown.about().text())
                .put("category", names.category(shown.about().category()))
                .put("address", shown.about().address())
                .put("areaName", names.area(f.area()))
                .put("centre", names.office(f.centre(), null))
                .put("emergency", f.emergency())
                .put("reason", f.reason())
                .put("meeting", meeting(f.meeting()))
                .put("blownAt", f.blownAt().toString())
                .put(
                        "blownBy",
                        new JsonObject()
                                .put("name", f.by().name())
                                .put("roleName", f.by().role().label()))
                .put("state", whistle.now().state().name())
                .put("stateName", whistle.now().state().label())
                .put("version", whistle.now().version())
                .put("clock", dueClock(whistle))
                .put("calls", calls)
                .put("conclusion", conclusion(whistle.now().conclusion()))
                .put("closing", closing(whistle.now().closing()))
                .put("mine", mine(whistle, who))
                .put("acts", acts);
    }

    private JsonObject call(Whistle whistle, Call call, Map<Integer, List<MediaItem>> photos) {
        boolean awaited = whistle.now().state().open() && call.state().awaited();
        return new JsonObject()
                .put("department", names.department(call.department()))
                .put("lead", call.lead())
                .put("state", call.state().name())
                .put("stateName", call.state().label())
                .put("due", call.due().toString())
                .put("overdue", awaited && !call.due().isAfter(clock.instant()))
                .put("lateAt", text(call.late()))
                .put("report", report(call.report(), photos))
                .put("opinion", opinion(call.opinion()))
                .put("excuse", excuse(call.excuse()));
    }

    private static @Nullable JsonObject report(Call.@Nullable Report report, Map<Integer, List<MediaItem>> photos) {
        if (report == null) {
            return null;
        }
        CheckIn in = report.checkIn();
        CheckIn.Spot spot = in.spot();
        JsonArray media = new JsonArray();
        photos.getOrDefault(report.seq(), List.of()).forEach(item -> media.add(item.toJson()));
        return new JsonObject()
                .put("at", in.at().toString())
                .put("by", in.name())
                .put("people", new JsonArray(in.people()))
                .put(
                        "point",
                        spot == null
                                ? null
                                : new JsonObject()
                                        .put("lon", spot.lon())
                                        .put("lat", spot.lat())
                                        .put("crs", "wgs84")
                                        .put("accuracy", spot.accuracy()))
                .put("sentAs", spot == null ? null : spot.crs())
                .put("distance", in.distance())
                .put("standing", in.standing().name())
                .put("media", media);
    }

    private static @Nullable JsonObject opinion(Call.@Nullable Opinion opinion) {
        return opinion == null
                ? null
                : new JsonObject()
                        .put("agreed", opinion.agreed())
                        .put("words", opinion.words())
                        .put("at", opinion.at().toString())
                        .put("by", opinion.by());
    }

    private static @Nullable JsonObject excuse(Call.@Nullable Excuse excuse) {
        return excuse == null
                ? null
                : new JsonObject()
                        .put("words", excuse.words())
                        .put("at", excuse.at().toString())
                        .put("by", excuse.by());
    }

    private static JsonObject meeting(Meeting meeting) {
        return new JsonObject()
                .put("place", meeting.place())
                .put(
                        "point",
                        meeting.lon() == null
                                ? null
                                : new JsonObject()
                                        .put("lon", meeting.lon())
                                        .put("lat", meeting.lat())
                                        .put("crs", "wgs84"))
                .put("at", text(meeting.at()));
    }

    /** Schema {@code DueClock}; none once everybody is there. */
    private @Nullable JsonObject dueClock(Whistle whistle) {
        Whistle.Facts f = whistle.facts();
        return whistle.now().state() != WhistleState.CALLED
                ? null
                : new JsonObject()
                        .put("rule", f.rule().label())
                        .put("article", f.rule().article())
                        .put("startedAt", f.blownAt().toString())
                        .put("due", f.due().toString())
                        .put("overdue", !f.due().isAfter(clock.instant()));
    }

    private static @Nullable JsonObject conclusion(Whistle.@Nullable Conclusion conclusion) {
        return conclusion == null
                ? null
                : new JsonObject()
                        .put("words", conclusion.words())
                        .put("at", conclusion.at().toString())
                        .put("by", conclusion.by());
    }

    private static @Nullable JsonObject closing(Whistle.@Nullable Closing closing) {
        return closing == null
                ? null
                : new JsonObject()
                        .put("calledOff", closing.calledOff())
                        .put("words", closing.words())
                        .put("at", closing.at().toString())
                        .put("by", closing.by());
    }

    private static @Nullable String mine(Whistle whistle, Caller.Staff who) {
        Call mine = whistle.call(who.department());
        return mine == null ? null : mine.department();
    }

    private JsonObject line(Whistle whistle, Line line) {
        Line.By by = line.by();
        String department = line.department();
        return new JsonObject()
                .put("seq", line.seq())
                .put("act", line.act().name())
                .put("label", line.act().label())
                .put("at", line.at().toString())
                .put("words", line.words())
                .put(
                        "department",
                        department == null ? null : names.office(whistle.facts().county(), department))
                .put(
                        "by",
                        by == null
                                ? null
                                : new JsonObject()
                                        .put("name", by.name())
                                        .put("roleName", by.role().label()));
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
