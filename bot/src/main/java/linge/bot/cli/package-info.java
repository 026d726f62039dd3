/** The command line of the bot: one file a command; results on standard output as JSON lines, messages on standard error. */
@org.jspecify.annotations.NullMarked
package linge.bot.cli;
