/**
 * From a family's one statement, a {@link palette.fit.Basis}, to a fitted model: training, early
 * stopping, temperature, the prior on a newcomer, saving and loading. Who writes a family needs
 * {@link palette.fit.Basis}, {@link palette.fit.Parameter}, {@link palette.fit.Parameters}, {@link
 * palette.fit.Inputs} and {@link palette.fit.Sizes}; the rest is public for the families' sake and
 * may change.
 *
 * <pre>{@code
 * record Linear() implements Basis {
 *   static final Parameter V = Parameter.prototype("basis");
 *   public String name() { return "linear"; }
 *   public List<Parameter.Start> start(Sizes n) {
 *     return List.of(V.normal(0.1, n.prototypes(), n.inputs()));
 *   }
 *   public NDArray rewards(Parameters p, Inputs x) {
 *     return x.itemVectors().matMul(p.get(V).transpose());
 *   }
 * }
 * var model = BasisSpec.of(new Linear()).prototypes(3).fit(train);
 * }</pre>
 */
package palette.fit;
