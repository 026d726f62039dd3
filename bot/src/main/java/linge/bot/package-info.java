/** Understands what residents write: where, what about, how urgent. Pure Java; knows nothing of cases, SQL or HTTP. */
@org.jspecify.annotations.NullMarked
package linge.bot;
