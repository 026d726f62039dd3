/** The centre's desk: saved filters, one move on many cases, and where a case had best go, with reasons. */
@org.jspecify.annotations.NullMarked
package linge.desk;
