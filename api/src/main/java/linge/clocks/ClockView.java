package linge.clocks;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import linge.shared.Names;
import org.jspecify.annotations.Nullable;

/** Clocks as the contract shows them. */
public final class ClockView {
    private ClockView() {}

    /** As the schema {@code RunningClock}. */
    public static JsonObject of(RunningClock clock, Names names, Instant now) {
        Deadline deadline = clock.deadline();
        Integer unknown = deadline.unknownYear();
        return new JsonObject()
                .put("id", clock.id().toString())
                .put("rule", clock.rule().code())
                .put("label", clock.rule().label())
                .put("article", clock.rule().article())
                .put("countsFrom", clock.rule().countsFrom())
                .put("startedAt", clock.startedAt().toString())
                .put("due", deadline.due().toString())
                .put("yellow", shown(deadline.yellow()))
                .put("colour", clock.colour(now).name())
                .put("extended", clock.extended())
                .put("unit", clock.rule().unit().name())
                .put("pausedAt", shown(clock.pausedAt()))
                .put("provisional", deadline.provisional())
                .put("why", unknown == null ? null : CalendarUnknown.words(unknown))
                .put("stoppedAt", shown(clock.stoppedAt()))
                .put("outcome", clock.outcome() == null ? null : clock.outcome().name())
                .put("area", clock.area())
                .put("areaName", names.area(clock.area()));
    }

    /** As the schema {@code ClockStory}: the clock, where it stood still, and all that happened to it. */
    public static JsonObject of(RunningClock clock, List<ClockEvent> events, Names names, Instant now) {
        JsonArray pauses = new JsonArray();
        clock.pauses()
                .forEach(pause -> pauses.add(new JsonObject()
                        .put("from", pause.from().toString())
                        .put("to", pause.to().toString())));
        return of(clock, names, now).put("pauses", pauses).put("events", of(events));
    }

    /** As the schema {@code ClockEvent}, a list. */
    public static JsonArray of(List<ClockEvent> events) {
        JsonArray list = new JsonArray();
        events.forEach(one -> list.add(new JsonObject()
                .put("act", one.act().name())
                .put("at", one.at().toString())
                .put("dueBefore", shown(one.dueBefore()))
                .put("dueAfter", shown(one.dueAfter()))
                .put("why", one.why())));
        return list;
    }

    private static @Nullable String shown(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
