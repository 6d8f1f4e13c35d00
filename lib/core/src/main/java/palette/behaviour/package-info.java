/**
 * From a reward to what it picks, and what that costs: the best of n answers and where more of it
 * harms, one answer for many people, and what listening to one person does to truth and to others.
 *
 * <p>The field's words (Sorensen et al., "A Roadmap to Pluralistic Alignment", arXiv 2402.05070):
 * an answer is steerable where a {@link palette.behaviour.Judge} of a person or a prototype picks
 * it, distributional where it comes as often as people want it and Overton where everything that
 * somebody wants is among what is shown ({@link palette.behaviour.Council#firstChoices} has both).
 *
 * <pre>{@code
 * BestOfN.pick(Judge.of(person), null, candidates);
 * Council.of(model, model.users()).rank(null, candidates, Council.Rule.MAXIMIN);
 * }</pre>
 */
package palette.behaviour;
