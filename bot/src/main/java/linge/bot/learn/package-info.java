/** A text classifier that anybody can train on labelled lines: features, training, calibration, model file, report. */
@org.jspecify.annotations.NullMarked
package linge.bot.learn;
