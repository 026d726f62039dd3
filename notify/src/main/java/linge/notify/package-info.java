/**
 * Tells people, never twice: a notice is put in the transaction that causes it, a relay delivers it over its channels,
 * and the inbox shows it. Knows SQL and Vert.x, and notices; knows nothing of cases.
 */
@org.jspecify.annotations.NullMarked
package linge.notify;
