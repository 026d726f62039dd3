package linge.whistle;

import static linge.whistle.WhistleAct.Reach.ASSISTING;
import static linge.whistle.WhistleAct.Reach.AWAITED;
import static linge.whistle.WhistleAct.Reach.CENTRE;
import static linge.whistle.WhistleAct.Reach.CLOCK;
import static linge.whistle.WhistleAct.Reach.LEAD;
import static linge.whistle.WhistleAct.Reach.PRESENT;
import static linge.whistle.WhistleState.CALLED;
import static linge.whistle.WhistleState.GATHERED;
import static linge.whistle.WhistleState.HANDLING;
import static linge.whistle.WhistleState.SIGNING;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Everything that can be done with a whistle: its name, in which states, by whom, and whether words must be said. */
enum WhistleAct {
    BLOW("吹哨", Set.of(), CENTRE, true),
    REPORT_IN("签到", from(CALLED), AWAITED, false),
    NOTE("记录进展", from(CALLED, GATHERED, HANDLING, SIGNING), PRESENT, true),
    /** Written again it asks for all signatures again. */
    CONCLUDE("写联合结论", from(GATHERED, HANDLING, SIGNING), LEAD, true),
    COUNTERSIGN("会签", from(SIGNING), ASSISTING, false),
    EXCUSE("免到", from(CALLED, GATHERED, HANDLING, SIGNING), CENTRE, true),
    CLOSE("结束吹哨", from(SIGNING), CENTRE, false),
    /** The way out of every whistle that comes to nothing. */
    CALL_OFF("取消吹哨", from(CALLED, GATHERED, HANDLING, SIGNING), CENTRE, true),
    LATE("超时未到", from(CALLED), CLOCK, false),
    /** The case itself came to its end, e.g. the resident took it back. */
    END("诉求已结束", from(CALLED, GATHERED, HANDLING, SIGNING), CLOCK, true);

    /** Who. */
    enum Reach {
        /** Dispatchers and supervisors of the centre that blew it, and of those above. */
        CENTRE,
        /** A called department that is not there yet. */
        AWAITED,
        /** A department that reported in; the centre too. */
        PRESENT,
        /** The lead department. */
        LEAD,
        /** An assisting department that reported in and has not signed. */
        ASSISTING,
        CLOCK
    }

    private final String label;
    private final Set<WhistleState> from;
    private final Reach reach;
    private final boolean needsWords;

    WhistleAct(String label, Set<WhistleState> from, Reach reach, boolean needsWords) {
        this.label = label;
        this.from = from;
        this.reach = reach;
        this.needsWords = needsWords;
    }

    private static Set<WhistleState> from(WhistleState first, WhistleState... more) {
        return EnumSet.copyOf(java.util.stream.Stream.concat(java.util.stream.Stream.of(first), List.of(more).stream())
                .toList());
    }

    String label() {
        return label;
    }

    Set<WhistleState> from() {
        return from;
    }

    Reach reach() {
        return reach;
    }

    boolean needsWords() {
        return needsWords;
    }
}
