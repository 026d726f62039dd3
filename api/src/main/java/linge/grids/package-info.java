/** Grids: which ground belongs to which team, and which grid a point or an address means. */
@org.jspecify.annotations.NullMarked
package linge.grids;
