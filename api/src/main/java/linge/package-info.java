/** The service: composition root, settings, commands. */
@org.jspecify.annotations.NullMarked
package linge;
