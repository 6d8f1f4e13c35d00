package palette.family;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import palette.fit.Basis;
import palette.fit.Inputs;
import palette.fit.Parameter;
import palette.fit.Parameters;
import palette.fit.Sizes;
import palette.reward.Option;

/**
 * PAL-A with a sign for each axis of its latent space: on some axes a user likes what is near, on
 * others what is far (an anti-ideal point),
 *
 * <pre>
 * reward_u(x) = -sum_l s_l (u_l - a_l)^2,   u = F x + e_x,   a = sum_k w_k p_k</pre>
 *
 * with F in R^(d x D), prototypes p_k in R^d, signs s = tanh(t) between -1 and 1, and offsets e_x
 * of known items as {@link palette.fit.ModelSpec#carriesIdentities} says. Since s_l a_l^2 stands on
 * both sides of a pair, margins stay linear in w:
 *
 * <pre>R_k = sum_l s_l (2 u_l p_kl - u_l^2)</pre>
 *
 * so a newcomer is placed by a convex problem as in PAL-A. An axis of sign 0 says nothing. Where a
 * reward is no distance any more there is no map of people and things: what lies nearest to
 * somebody need not be what they like best. Signs begin at random, and an axis that begins on the
 * wrong side may stay there: where all is nearness PAL-A does better, and {@code restarts} helps.
 * Items that nobody has judged it reads better than PAL-A by their vectors alone, by .018 in
 * accuracy on the statements of one conversation (lib/BENCHMARKS.md). An item and its prompt are
 * one input.
 *
 * <pre>{@code
 * var model = SignedPal.spec().prototypes(3).with(SignedPal.DIMENSION, 4).fit(split.train());
 * }</pre>
 *
 * Source: PAL's ideal points (see {@link PalA}); unfolding with anti-ideal axes is Carroll's
 * ("Individual differences and multidimensional scaling", 1972).
 */
public record SignedPal() implements Basis {
  /** d, the size of the latent space; 16 unless set. */
  public static final Option<Integer> DIMENSION = PalSpec.DIMENSION;

  static final Parameter F = Parameter.map("f.weight"); // [d][D]
  static final Parameter PROTOTYPES = Parameter.prototype("prototypes.latent"); // [K][d]
  static final Parameter SIGNS = Parameter.scale("signs"); // t, [1][d]

  /** The defaults of every fit: two prototypes in 16 dimensions. */
  public static BasisSpec spec() {
    return BasisSpec.of(new SignedPal());
  }

  @Override
  public String name() {
    return "PAL-A, signed";
  }

  @Override
  public boolean joint() {
    return true;
  }

  @Override
  public List<Option<?>> options() {
    return List.of(DIMENSION);
  }

  @Override
  public List<Parameter.Start> start(Sizes n) {
    int d = n.get(DIMENSION);
    double deviation = 1 / Math.sqrt(d);
    var start = new ArrayList<Parameter.Start>();
    if (n.inputs() > 0) start.add(F.normal(deviation, d, n.inputs()));
    start.add(PROTOTYPES.normal(deviation, n.prototypes(), d));
    start.add(SIGNS.normal(1, 1, d));
    if (n.inputs() == 0 || n.identities()) start.add(n.ownNumbers(deviation, d));
    return start;
  }

  @Override
  public NDArray rewards(Parameters p, Inputs x) {
    NDArray u = points(p, x);
    NDArray signed = u.mul(p.get(SIGNS).tanh());
    NDArray dots = signed.matMul(p.get(PROTOTYPES).transpose());
    return dots.add(dots).sub(signed.mul(u).sum(new int[] {1}, true));
  }

  private static NDArray points(Parameters p, Inputs x) {
    NDArray u = x.hasItems() ? x.items(v -> v.matMul(p.get(F).transpose())) : null;
    return x.plusOwn(u, p.get(Parameter.IDENTITY));
  }
}
