package palette.family;

import ai.djl.ndarray.NDArray;
import java.util.List;
import palette.fit.Basis;
import palette.fit.Inputs;
import palette.fit.Parameter;
import palette.fit.Parameters;
import palette.fit.Sizes;
import palette.reward.Space;

/**
 * A rank model: K factors of items, which everybody weighs freely,
 *
 * <pre>reward_u(x) = w_u . (V x + e_x),   V in R^(K x D), e_x in R^K, w_u in R^K</pre>
 *
 * with e_x an item's own factors, shrunk and 0 for an item unknown to the training; {@link
 * palette.fit.ModelSpec#carriesIdentities} says when items have any. Users are shrunk to their
 * mean, so the mean's direction is the population's score, and what leaves it are tastes: nobody
 * has to lie between prototypes, and a taste has an opposite. The table of all rewards, users by
 * items, has rank K.
 *
 * <p>The price: factors are known up to a turn only, so that they mean nothing one by one, and no
 * weights bound how far a few answers can carry a newcomer but the prior's. Prompts are ignored.
 *
 * <pre>{@code
 * var model = Rank.spec().prototypes(4).seed(7).fit(split.train());
 * }</pre>
 *
 * Source: matrix factorisation with item features, as in collaborative filtering (Koren, Bell and
 * Volinsky, "Matrix Factorization Techniques for Recommender Systems", 2009), on pairs.
 */
public record Rank() implements Basis {
  static final Parameter V = Parameter.map("factors"); // [K][D]

  /** Four factors, and items free to be their own: what Polis validates best. */
  public static BasisSpec spec() {
    return BasisSpec.of(new Rank()).prototypes(4).identityPrior(5e-4);
  }

  @Override
  public String name() {
    return "Rank";
  }

  @Override
  public Space space() {
    return Space.FREE;
  }

  @Override
  public List<Parameter.Start> start(Sizes n) {
    return n.mapAndOwn(V, 1 / Math.sqrt(n.inputs()));
  }

  @Override
  public NDArray rewards(Parameters p, Inputs x) {
    return x.mapPlusOwn(p.get(V), p.get(Parameter.IDENTITY));
  }
}
