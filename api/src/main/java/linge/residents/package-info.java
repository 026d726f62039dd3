/** Residents: sign-in by phone and SMS code, name and saved home. */
@org.jspecify.annotations.NullMarked
package linge.residents;
