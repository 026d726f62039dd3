/**
 * The law of the land, imported and searched: statutes are read into an index folder, questions find their articles.
 *
 * <p>Statutes are not shipped: whoever runs Linge imports them. Only law in force is searched; what was repealed or
 * replaced can still be looked up by name and number, and says so.
 */
@org.jspecify.annotations.NullMarked
package linge.bot.knowledge.law;
