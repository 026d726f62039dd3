/** Staff: accounts, passwords, areas and grid teams. */
@org.jspecify.annotations.NullMarked
package linge.staff;
