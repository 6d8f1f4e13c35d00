/**
 * What every reward model can do, whatever its family: score pairs, rank items, place somebody by
 * answers. Evaluation, personalization and figures ask for no more. Losses, options and the history
 * of a fit are here too, since all families share them.
 *
 * <pre>{@code
 * RewardModel model = PalA.spec().prototypes(3).dimension(2).seed(7).fit(split.train());
 * model.rank("ann", null, List.of("tea", "coffee"));
 * }</pre>
 */
package palette.reward;
