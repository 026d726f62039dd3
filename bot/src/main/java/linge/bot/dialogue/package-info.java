/** A conversation that feels like a good clerk's: what was said, what is meant, what to say next. Pure: no I/O, no clock. */
@org.jspecify.annotations.NullMarked
package linge.bot.dialogue;
