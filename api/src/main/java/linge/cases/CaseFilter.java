package linge.cases;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import linge.bot.triage.Urgency;
import linge.clocks.WorkingTime;
import linge.db.Times;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Which of the cases one may see are wanted; the contract's schema {@code QueueFilter}, as a query and as a saved filter.
 *
 * @param states empty: any
 * @param category code, or the beginning of one
 * @param department who has it
 * @param area within this place or grid
 * @param from first day of filing, in the city's time
 * @param until last day of filing
 */
public record CaseFilter(
        View view,
        Set<CaseState> states,
        @Nullable String category,
        @Nullable String department,
        @Nullable String area,
        @Nullable Due due,
        @Nullable Urgency urgency,
        boolean supervised,
        boolean returned,
        @Nullable LocalDate from,
        @Nullable LocalDate until,
        @Nullable String words) {

    public enum View {
        /** What waits for me. */
        TODO,
        OPEN,
        CLOSED,
        ALL
    }

    public enum Due {
        OVERDUE,
        /** Until midnight in the city. */
        TODAY,
        /** Within 24 hours. */
        DAY
    }

    /** No condition at all. */
    static final CaseFilter EVERYTHING =
            new CaseFilter(View.ALL, Set.of(), null, null, null, null, null, false, false, null, null, null);

    /** @throws Refusal {@code BAD_INPUT} naming the field */
    public static CaseFilter of(JsonObject given) {
        Set<CaseState> states = EnumSet.noneOf(CaseState.class);
        given.getJsonArray("states", new JsonArray()).forEach(state -> states.add(state((String) state)));
        String area = given.getString("area");
        if (area != null && !AreaLevel.isCode(area)) {
            throw Refusal.badInput("/area", "没有这个地区，请重新选择。");
        }
        LocalDate from = day(given, "from");
        LocalDate until = day(given, "until");
        if (from != null && until != null && until.isBefore(from)) {
            throw Refusal.badInput("/until", "结束日期不能早于开始日期。");
        }
        String due = given.getString("due");
        String urgency = given.getString("urgency");
        return new CaseFilter(
                View.valueOf(given.getString("view", "open").toUpperCase(Locale.ROOT)),
                states,
                given.getString("category"),
                given.getString("department"),
                area,
                due == null ? null : Due.valueOf(due.toUpperCase(Locale.ROOT)),
                urgency == null ? null : Urgency.valueOf(urgency),
                given.getBoolean("supervised", false),
                given.getBoolean("returned", false),
                from,
                until,
                given.getString("q"));
    }

    /** The same without words. */
    CaseFilter wordless() {
        return new CaseFilter(
                view, states, category, department, area, due, urgency, supervised, returned, from, until, null);
    }

    /** As conditions over the table {@code cases} for one person in these posts; the words are another question. */
    Conditions conditions(List<Caller.Staff> posts, Instant now) {
        Object at = Times.at(now);
        Conditions all = view == View.TODO ? CaseScope.waitingFor(posts, at) : CaseScope.seenBy(posts);
        switch (view) {
            case TODO, OPEN -> all.and(CaseScope.OPEN);
            case CLOSED -> all.and("NOT (" + CaseScope.OPEN + ")");
            case ALL -> {}
        }
        if (!states.isEmpty()) {
            all.and("state IN ("
                    + states.stream().map(state -> "'" + state.name() + "'").collect(Collectors.joining(", ")) + ")");
        }
        if (category != null) {
            all.and("category LIKE ?", escaped(category) + "%");
        }
        if (department != null) {
            all.and("holder_department = ?", department);
        }
        if (area != null) {
            CaseScope.within(all, area);
        }
        if (urgency != null) {
            // A literal: only so does the planner see that the index of emergencies fits.
            all.and("urgency = '" + urgency.name() + "'");
        }
        if (supervised) {
            all.and("supervised");
        }
        if (returned) {
            all.and("id IN (SELECT case_id FROM case_history WHERE move = 'RETURN')");
        }
        if (from != null) {
            all.and(
                    "filed_at >= ?",
                    Times.at(from.atStartOfDay(WorkingTime.ZONE).toInstant()));
        }
        if (until != null) {
            all.and(
                    "filed_at < ?",
                    Times.at(until.plusDays(1).atStartOfDay(WorkingTime.ZONE).toInstant()));
        }
        return due == null ? all : due(all, due, now);
    }

    private static Conditions due(Conditions all, Due due, Instant now) {
        Instant end = switch (due) {
            case OVERDUE -> now;
            case TODAY ->
                now.atZone(WorkingTime.ZONE)
                        .toLocalDate()
                        .plusDays(1)
                        .atStartOfDay(WorkingTime.ZONE)
                        .toInstant();
            case DAY -> now.plusSeconds(24 * 3600);
        };
        // Only what is open is due; said so for the index of what is open.
        all.and(CaseScope.OPEN).and(CaseScope.DUE + " < ?", Times.at(end));
        return due == Due.OVERDUE ? all : all.and(CaseScope.DUE + " >= ?", Times.at(now));
    }

    private static CaseState state(String name) {
        return Arrays.stream(CaseState.values())
                .filter(state -> state.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.badInput("/states", "没有这种办理状态，请重新选择。"));
    }

    private static @Nullable LocalDate day(JsonObject given, String field) {
        String day = given.getString(field);
        try {
            return day == null ? null : LocalDate.parse(Objects.requireNonNull(day));
        } catch (DateTimeParseException wrong) {
            throw Refusal.badInput("/" + field, "没有这一天，请按“2026-11-26”的样子填写。");
        }
    }

    static String escaped(String words) {
        return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
