/** Conversations: what people say to the bot, what it wishes for, and a person where the bot is not enough. */
@org.jspecify.annotations.NullMarked
package linge.chat;
