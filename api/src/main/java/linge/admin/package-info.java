/** What administrators look after as a whole: areas, grids to come, and who did what. */
@org.jspecify.annotations.NullMarked
package linge.admin;
