/** Placeholder. */
@org.jspecify.annotations.NullMarked
package linge.bot;
