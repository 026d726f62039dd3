package linge.bot.learn;

/** A label and the share of belief it has, 0 to 1. */
public record Share(String label, double confidence) {}
