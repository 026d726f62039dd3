/** The admission list (准入清单): what departments may hand to grids, and single matters admitted on request. */
@org.jspecify.annotations.NullMarked
package linge.admission;
