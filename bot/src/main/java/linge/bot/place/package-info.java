/** Words to places of the city: the gazetteer, its names, and how sure a find is. */
@org.jspecify.annotations.NullMarked
package linge.bot.place;
