/** Legal questions, cards and statutes, and applications for legal aid. */
@org.jspecify.annotations.NullMarked
package linge.legal;
