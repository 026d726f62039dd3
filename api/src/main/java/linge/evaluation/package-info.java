/** Evaluation: what grid teams did counted by editable rules, published with its evidence, objected to, rewarded and honoured. */
@org.jspecify.annotations.NullMarked
package linge.evaluation;
