/** A deployment's own grids from a GeoJSON file: read, checked fault by fault, and taken whole or not at all. */
@org.jspecify.annotations.NullMarked
package linge.grids.intake;
