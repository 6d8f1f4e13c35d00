/**
 * How good is a model, for whom, and how sure can one be? Accuracies with intervals over users,
 * sweeps over an option, a newcomer's accuracy answer by answer, all families of models on the same
 * splits, recovery of a known truth.
 *
 * <pre>{@code
 * var evaluation = Evaluation.of(model, split.test());
 * evaluation.macroAccuracy();                 // every user counts the same
 * Evaluation.compare(List.of(evaluation, Evaluation.of(baseline, split.test())));
 * Trials.of(voices).run(Families.all());      // which family, how many prototypes, how sure
 * }</pre>
 */
package palette.evaluate;
