/** Whether two reports tell of one matter, and why. */
@org.jspecify.annotations.NullMarked
package linge.bot.twins;
