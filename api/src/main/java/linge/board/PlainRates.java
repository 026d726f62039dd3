package linge.board;

import io.vertx.core.Future;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import linge.db.Times;
import org.jspecify.annotations.Nullable;

/**
 * The figures once more, by walking the raw history of every case line by line: for whoever does not take the board's word. Shares
 * nothing with it but the questions; knows no rounds, and asks of each deadline whether it was passed while it stood.
 */
public final class PlainRates {

    private static final int FETCH = 2_000;

    private static final String LINES = """
            SELECT c.id, h.move::text AS move, h.to_state::text AS state, h.at, r.seq IS NOT NULL AS was_read, r.due_at, r.score
            FROM cases c JOIN case_history h ON h.case_id = c.id
            LEFT JOIN case_readings r ON r.case_id = h.case_id AND r.seq = h.seq
            WHERE c.area LIKE $1 || '%' ORDER BY c.id, h.seq""";

    private static final Set<String> ANSWERED = Set.of("REPORTED", "RATED", "ARCHIVED");
    private static final Set<String> DROPPED = Set.of("DECLINED", "WITHDRAWN");

    /** A line of history with the deadline after it. */
    record Line(
            String move,
            String state,
            Instant at,
            @Nullable Instant due,
            @Nullable Integer score) {
        boolean answers() {
            return ANSWERED.contains(state);
        }

        boolean ends() {
            return answers() || DROPPED.contains(state);
        }
    }

    private final Instant from;
    private final Instant until;
    private final Map<Figure, Count> counts = new EnumMap<>(Figure.class);

    PlainRates(Instant from, Instant until) {
        this.from = from;
        this.until = until;
        for (Figure figure : Figure.values()) {
            counts.put(figure, Count.NONE);
        }
    }

    /** Walks all cases of an area; memory holds one case at a time. */
    public static Future<Map<Figure, Count>> of(Pool db, Period period, Instant now, String area) {
        PlainRates rates = new PlainRates(period.from(), period.until(now));
        Walk walk = new Walk(rates);
        return db.withTransaction(tx -> tx.prepare(LINES).compose(statement -> {
                    Cursor cursor = statement.cursor(Tuple.of(area));
                    return walk.on(cursor).eventually(() -> closed(cursor, statement));
                }))
                .map(done -> rates.counts);
    }

    private static Future<Void> closed(Cursor cursor, PreparedStatement statement) {
        return cursor.close().eventually(statement::close);
    }

    /** Gathers the lines of one case after the other. */
    private static final class Walk {
        private final PlainRates rates;
        private final List<Line> lines = new ArrayList<>();
        private @Nullable UUID of;
        private @Nullable Instant due;

        Walk(PlainRates rates) {
            this.rates = rates;
        }

        Future<Void> on(Cursor cursor) {
            return cursor.read(FETCH).compose(rows -> {
                rows.forEach(this::take);
                if (cursor.hasMore()) {
                    return on(cursor);
                }
                rates.add(lines);
                return Future.succeededFuture();
            });
        }

        private void take(Row row) {
            UUID id = row.getUUID("id");
            if (!id.equals(of)) {
                rates.add(lines);
                lines.clear();
                of = id;
                due = null;
            }
            if (Boolean.TRUE.equals(row.getBoolean("was_read"))) {
                due = Times.orNull(row, "due_at");
            }
            Short score = row.getShort("score");
            lines.add(new Line(
                    row.getString("move"),
                    row.getString("state"),
                    Times.of(row, "at"),
                    due,
                    score == null ? null : (int) score));
        }
    }

    Map<Figure, Count> counts() {
        return counts;
    }

    /** Counts one case: from filing to the answer, and again from each reopening. */
    void add(List<Line> all) {
        int start = 0;
        for (int i = 1; i <= all.size(); i++) {
            boolean reopened =
                    i < all.size() && all.get(i - 1).ends() && !all.get(i).ends();
            if (i == all.size() || reopened) {
                once(all.subList(start, i), start == 0, reopened ? all.get(i) : null);
                start = i;
            }
        }
    }

    private void once(List<Line> lines, boolean first, @Nullable Line reopening) {
        Instant opened = lines.get(0).at();
        int last = 0;
        while (last < lines.size() && !lines.get(last).ends()) {
            last++;
        }
        Line end = last < lines.size() ? lines.get(last) : null;
        boolean answered = end != null && end.answers();
        boolean endedBefore = end != null && end.at().isBefore(from);
        boolean endedBy = end != null && end.at().isBefore(until);

        if (first && within(opened)) {
            count(Figure.FILED, true);
        }
        boolean inHand = opened.isBefore(until) && !endedBefore;
        if (inHand && !(endedBy && !answered)) {
            count(Figure.COMPLETION, endedBy);
        }
        if (inHand) {
            List<Line> open = lines.subList(0, Math.min(last + 1, lines.size()));
            count(Figure.RETURNED, marked(open, Set.of("RETURN")));
            count(Figure.SUPERVISED, marked(open, Set.of("SUPERVISE", "WARN")));
            count(Figure.REOPENED, !first && !opened.isBefore(from));
        }
        boolean lateToAccept = accepting(lines, end);
        boolean lateToAnswer = answering(lines, last, end, answered);
        if (opened.isBefore(until) && !endedBy) {
            count(Figure.OVERDUE, lateToAccept || lateToAnswer);
        }
        verdict(lines, last, reopening);
    }

    /** Counts whether it was accepted in time; answers whether it is late by the end of the period, still unaccepted. */
    private boolean accepting(List<Line> lines, @Nullable Line end) {
        int taken = 0;
        while (taken < lines.size() && lines.get(taken).state().equals("SUBMITTED")) {
            taken++;
        }
        if (taken == 0) {
            return false;
        }
        Line taking = taken < lines.size() ? lines.get(taken) : null;
        Stood deadline = Stood.over(lines, 0, taken);
        if (deadline == null) {
            return false;
        }
        boolean withdrawn = taking != null && taking.state().equals("WITHDRAWN");
        boolean inTime = !deadline.passed() && taking != null;
        Instant known = inTime && taking != null ? taking.at() : deadline.at();
        if (!(withdrawn && inTime) && within(known)) {
            count(Figure.ACCEPTED_ON_TIME, inTime);
        }
        boolean takenBy = taking != null && !withdrawn && taking.at().isBefore(until);
        return deadline.at().isBefore(until)
                && !takenBy
                && (end == null || !end.at().isBefore(until));
    }

    /** Counts whether it was answered in time; answers whether a deadline for it was passed by the end of the period. */
    private boolean answering(List<Line> lines, int last, @Nullable Line end, boolean answered) {
        int begins = 0;
        while (begins < last && lines.get(begins).state().equals("SUBMITTED")) {
            begins++;
        }
        Stood deadline = begins < last ? Stood.over(lines, begins, last) : null;
        if (deadline == null) {
            return false;
        }
        boolean inTime = !deadline.passed() && end != null;
        Instant known = inTime && end != null ? end.at() : deadline.at();
        if (!(inTime && !answered) && within(known)) {
            count(Figure.ON_TIME, inTime);
        }
        return deadline.at().isBefore(until);
    }

    /** The first deadline that was passed while it stood; or else the one that stood last. */
    private record Stood(Instant at, boolean passed) {

        /** Over the lines from {@code first}, until the one at {@code after} put an end to it, or nothing did. */
        static @Nullable Stood over(List<Line> lines, int first, int after) {
            Instant last = null;
            for (int i = first; i < after; i++) {
                last = lines.get(i).due();
                if (last == null) {
                    continue;
                }
                boolean ending = i + 1 == after;
                if (i + 1 >= lines.size()) {
                    return new Stood(last, true);
                }
                Instant next = lines.get(i + 1).at();
                if (ending ? next.isAfter(last) : !next.isBefore(last)) {
                    return new Stood(last, true);
                }
            }
            return last == null ? null : new Stood(last, false);
        }
    }

    private void verdict(List<Line> lines, int last, @Nullable Line reopening) {
        for (int i = last + 1; i < lines.size(); i++) {
            Integer score = lines.get(i).score();
            if (lines.get(i).move().equals("RATE") && score != null) {
                if (within(lines.get(i).at())) {
                    count(Figure.SATISFACTION, score == 4 || score == 5);
                }
                return;
            }
        }
        if (reopening != null && within(reopening.at())) {
            count(Figure.SATISFACTION, false);
        }
    }

    private boolean marked(List<Line> lines, Set<String> moves) {
        return lines.stream().anyMatch(line -> moves.contains(line.move()) && within(line.at()));
    }

    private boolean within(Instant at) {
        return !at.isBefore(from) && at.isBefore(until);
    }

    private void count(Figure figure, boolean meets) {
        counts.computeIfPresent(figure, (same, so) -> so.plus(1, meets ? 1 : 0));
    }
}
