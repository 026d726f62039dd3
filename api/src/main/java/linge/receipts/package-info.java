/** Where others tell what came of what was sent. */
@org.jspecify.annotations.NullMarked
package linge.receipts;
