package linge.cases;

/** What a move goes by beside the case itself. */
record Rules(WorkingTime time, Chain chain) {}
