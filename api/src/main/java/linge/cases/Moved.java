package linge.cases;

import org.jspecify.annotations.Nullable;

/** A move made: the case before and after, and the line it adds to the history. Filing has no before. */
public record Moved(@Nullable Case before, Case after, HistoryLine line) {}
