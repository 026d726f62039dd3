/** The leader's board: how an area did in a period, each figure with its definition and the cases behind it. */
@org.jspecify.annotations.NullMarked
package linge.board;
