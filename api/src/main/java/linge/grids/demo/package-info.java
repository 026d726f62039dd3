/** Generated ground for the demo city: no real grid's outline, and every answer says so. */
@org.jspecify.annotations.NullMarked
package linge.grids.demo;
