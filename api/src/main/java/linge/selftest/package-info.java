/** A suite that an operator runs against a live deployment. */
@org.jspecify.annotations.NullMarked
package linge.selftest;
