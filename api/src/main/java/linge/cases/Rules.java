package linge.cases;

import linge.clocks.WorkingTime;

/** What a move goes by beside the case itself. */
record Rules(WorkingTime time, Chain chain, Patience patience) {
    Rules(WorkingTime time, Chain chain) {
        this(time, chain, Patience.ENDLESS);
    }
}
