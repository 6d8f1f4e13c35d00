/**
 * How good is a model, for whom, and how sure can one be? Accuracies with intervals over users,
 * sweeps over an option, a newcomer's accuracy answer by answer, recovery of a known truth.
 *
 * <pre>{@code
 * var evaluation = Evaluation.of(model, split.test());
 * evaluation.macroAccuracy();                 // every user counts the same
 * Evaluation.compare(List.of(evaluation, Evaluation.of(baseline, split.test())));
 * }</pre>
 */
package palette.evaluate;
