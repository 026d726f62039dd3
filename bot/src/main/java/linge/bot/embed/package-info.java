/** Sentences to vectors: our own WordPiece and the Chinese sentence model that lies in its jar. */
@org.jspecify.annotations.NullMarked
package linge.bot.embed;
