package linge.board;

import java.time.Instant;
import linge.cases.CaseState;
import org.jspecify.annotations.Nullable;

/**
 * A case from its filing, or from a reopening, until the resident is answered. Pure: a move makes another Round.
 *
 * @param acceptDue the deadline for accepting that decides: the first that was passed as it stood, else the last
 * @param due the same for answering
 * @param verdictAt when the resident judged the answer
 */
record Round(
        int nth,
        int openedSeq,
        Instant openedAt,
        @Nullable Instant acceptDue,
        @Nullable Instant acceptedAt,
        @Nullable Instant due,
        @Nullable Integer closedSeq,
        @Nullable Instant closedAt,
        @Nullable Outcome outcome,
        @Nullable Instant verdictAt,
        @Nullable Boolean satisfied) {

    /** How a round ends. */
    enum Outcome {
        ANSWERED,
        DECLINED,
        WITHDRAWN
    }

    /** From this score on the resident is satisfied. */
    static final int SATISFIED = 4;

    /** A move as rounds see it, with the deadline that stands after it. */
    record Step(
            int seq,
            CaseState to,
            Instant at,
            @Nullable Instant due,
            @Nullable Integer score) {}

    static Round open(int nth, Step step) {
        boolean waits = step.to() == CaseState.SUBMITTED;
        return new Round(
                nth,
                step.seq(),
                step.at(),
                waits ? step.due() : null,
                null,
                waits ? null : step.due(),
                null,
                null,
                null,
                null,
                null);
    }

    /** How a state ends a round; null where somebody still owes the resident an answer. */
    static @Nullable Outcome outcome(CaseState state) {
        return switch (state) {
            case REPORTED, RATED, ARCHIVED -> Outcome.ANSWERED;
            case DECLINED -> Outcome.DECLINED;
            case WITHDRAWN -> Outcome.WITHDRAWN;
            default -> null;
        };
    }

    /** Whether this move begins the next round rather than going on with this one. */
    boolean isOver(Step step) {
        return closedAt != null && outcome(step.to()) == null;
    }

    Round after(Step step) {
        if (closedAt != null) {
            return isOver(step) ? judged(step.at(), false) : rated(step);
        }
        Outcome ended = outcome(step.to());
        boolean waiting = acceptedAt == null && acceptDue != null;
        boolean waits = waiting && step.to() == CaseState.SUBMITTED;
        Instant accepting = waits ? deciding(acceptDue, step) : acceptDue;
        Instant accepted = waiting && !waits && ended != Outcome.WITHDRAWN ? step.at() : acceptedAt;
        Instant answering = waits || ended != null ? due : deciding(due, step);
        return new Round(
                nth,
                openedSeq,
                openedAt,
                accepting,
                accepted,
                answering,
                ended == null ? null : Integer.valueOf(step.seq()),
                ended == null ? null : step.at(),
                ended,
                null,
                null);
    }

    /** A deadline that was passed stays the one that decides; whatever is set afterwards. */
    private static @Nullable Instant deciding(@Nullable Instant stood, Step step) {
        return stood != null && !step.at().isBefore(stood) ? stood : step.due();
    }

    private Round rated(Step step) {
        Integer score = step.score();
        return score == null ? this : judged(step.at(), score >= SATISFIED);
    }

    private Round judged(Instant at, boolean satisfied) {
        return verdictAt != null
                ? this
                : new Round(
                        nth,
                        openedSeq,
                        openedAt,
                        acceptDue,
                        acceptedAt,
                        due,
                        closedSeq,
                        closedAt,
                        outcome,
                        at,
                        satisfied);
    }
}
