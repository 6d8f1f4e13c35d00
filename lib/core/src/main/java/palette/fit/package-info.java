/**
 * From a family's one statement, a {@link palette.fit.Basis}, to a fitted model: training, early
 * stopping, temperature, the prior on a newcomer, saving and loading. Who writes a family needs
 * {@link palette.fit.Basis}, {@link palette.fit.Parameter}, {@link palette.fit.Parameters}, {@link
 * palette.fit.Inputs} and {@link palette.fit.Sizes}; the rest is public for the families' sake and
 * may change.
 *
 * <pre>{@code
 * var model = BasisSpec.of(new Linear()).prototypes(3).fit(train); // Basis has that family
 * }</pre>
 */
package palette.fit;
