/** Understanding a complaint: what it is about and where, on workers of its own. */
@org.jspecify.annotations.NullMarked
package linge.triage;
