package linge.bot.triage.train;

/** A complaint with its category. */
public record Line(String code, String text) {}
