package linge.whistle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One called department.
 *
 * @param late when the clock found it late; stays when it comes after all
 * @param report the check-in, with the line of the case's history its photos hang on
 */
record Call(
        String department,
        boolean lead,
        CallState state,
        Instant due,
        @Nullable Instant late,
        @Nullable Report report,
        @Nullable Opinion opinion,
        @Nullable Excuse excuse) {

    /**
     * A check-in as it is kept.
     *
     * @param key sent with it; the same again is the same check-in
     * @param seq the line of the case's history
     */
    record Report(CheckIn checkIn, String key, int seq) {}

    /**
     * What an assisting department says to the conclusion.
     *
     * @param words why not; may be said when it agrees
     */
    record Opinion(boolean agreed, @Nullable String words, Instant at, String by) {}

    record Excuse(String words, Instant at, String by) {}

    static Call to(String department, boolean lead, Instant due) {
        return new Call(department, lead, CallState.CALLED, due, null, null, null, null);
    }

    Call in(CallState state) {
        return new Call(department, lead, state, due, late, report, opinion, excuse);
    }

    Call lateSince(Instant at) {
        return new Call(department, lead, CallState.LATE, due, at, report, opinion, excuse);
    }

    Call reported(Report report) {
        return new Call(department, lead, CallState.REPORTED_IN, due, late, report, opinion, excuse);
    }

    Call signed(Opinion opinion) {
        return new Call(department, lead, CallState.DONE, due, late, report, opinion, excuse);
    }

    /** The conclusion is another one: what was signed before counts no more. */
    Call unsigned() {
        return state == CallState.DONE && !lead
                ? new Call(department, lead, CallState.REPORTED_IN, due, late, report, null, excuse)
                : this;
    }

    Call excused(Excuse excuse) {
        return new Call(department, lead, CallState.EXCUSED, due, late, report, opinion, excuse);
    }
}
