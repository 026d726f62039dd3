/** Clocks: how long something may take, by which article, and what happens when the time runs out. Knows no case. */
@org.jspecify.annotations.NullMarked
package linge.clocks;
