/** The grid team's work in the field: today, what was found, visits, patrols, campaigns, the ledger. */
@org.jspecify.annotations.NullMarked
package linge.fieldwork;
