/** Trains and scores the shipped category model; not used while serving. */
@org.jspecify.annotations.NullMarked
package linge.bot.triage.train;
