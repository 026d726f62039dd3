/** Text made fit to read: one form of each character, and words. */
@org.jspecify.annotations.NullMarked
package linge.bot.text;
