package linge.bot.reply;

/** How another case was answered. */
public record Earlier(String number, String report, String reply) {}
