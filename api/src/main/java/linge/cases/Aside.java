package linge.cases;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What following a lead changes of a case, as it stood by itself: kept beside it while it is merged, so that splitting brings it all
 * back. The rest of a merged case (its office, urges, marks) stays its own all the time.
 */
record Aside(
        CaseState state,
        @Nullable DueRule rule,
        @Nullable Instant clockStarted,
        @Nullable Instant due,
        @Nullable Instant wake,
        Case.@Nullable Extension extension,
        int extendedDays) {

    static Aside of(Case.Now now) {
        return new Aside(
                now.state(),
                now.rule(),
                now.clockStarted(),
                now.due(),
                now.wake(),
                now.extension(),
                now.extendedDays());
    }

    /** The case by itself again. */
    Case.Now back(Case.Now merged) {
        return merged.but(n -> {
            n.state = state;
            n.rule = rule;
            n.clockStarted = clockStarted;
            n.due = due;
            n.wake = wake;
            n.extension = extension;
            n.extendedDays = extendedDays;
            n.suspendedAt = null;
            n.resumeTo = null;
            n.resolution = null;
            n.answer = null;
            n.mergedInto = null;
            n.aside = null;
        });
    }

    /** What the clock did to a deadline that is the same by itself and merged: it did it to both. */
    Aside after(Case.Now before, Case.Now now) {
        boolean same = rule == before.rule()
                && java.util.Objects.equals(clockStarted, before.clockStarted())
                && java.util.Objects.equals(due, before.due());
        return same
                ? new Aside(state, now.rule(), now.clockStarted(), now.due(), now.wake(), extension, now.extendedDays())
                : this;
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject()
                .put("state", state.name())
                .put("rule", rule == null ? null : rule.name())
                .put("clockStarted", text(clockStarted))
                .put("due", text(due))
                .put("wake", text(wake))
                .put("extendedDays", extendedDays);
        return extension == null
                ? json
                : json.put(
                        "extension",
                        new JsonObject()
                                .put("days", extension.days())
                                .put("words", extension.words())
                                .put("at", text(extension.at())));
    }

    static @Nullable Aside of(@Nullable JsonObject json) {
        if (json == null) {
            return null;
        }
        String rule = json.getString("rule");
        JsonObject asked = json.getJsonObject("extension");
        return new Aside(
                CaseState.valueOf(json.getString("state")),
                rule == null ? null : DueRule.valueOf(rule),
                json.getInstant("clockStarted"),
                json.getInstant("due"),
                json.getInstant("wake"),
                asked == null
                        ? null
                        : new Case.Extension(
                                asked.getInteger("days"), asked.getString("words"), asked.getInstant("at")),
                json.getInteger("extendedDays"));
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
