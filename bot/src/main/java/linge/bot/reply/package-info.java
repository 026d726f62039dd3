/** Answers to residents, read before they go out. */
@org.jspecify.annotations.NullMarked
package linge.bot.reply;
