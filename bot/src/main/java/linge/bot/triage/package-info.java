/** Words to category, owning department and urgency. */
@org.jspecify.annotations.NullMarked
package linge.bot.triage;
