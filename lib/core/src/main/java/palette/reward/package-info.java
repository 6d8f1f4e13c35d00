/**
 * Reward models that know that people differ: PAL-A, PAL-B, and the population model that does not.
 *
 * <pre>{@code
 * var model = PalA.spec().prototypes(3).dimension(2).seed(7).fit(split.train());
 * model.rank("ann", null, List.of("tea", "coffee"));
 * }</pre>
 */
package palette.reward;
