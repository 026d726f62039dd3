/** What the law says to a resident: cards in plain words, the articles they rest on, and who can help. */
@org.jspecify.annotations.NullMarked
package linge.bot.knowledge;
