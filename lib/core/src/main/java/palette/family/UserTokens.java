package palette.family;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import palette.engine.Tensor;
import palette.fit.Basis;
import palette.fit.FitSpec;
import palette.fit.Inputs;
import palette.fit.Parameter;
import palette.fit.Parameters;
import palette.fit.Plan;
import palette.fit.Sizes;
import palette.fit.Task;
import palette.fit.UserWeights;
import palette.reward.Option;
import palette.reward.Space;
import palette.support.Checks;

/**
 * The reward form of P-DPO, personalised direct preference optimisation: a user is a token, a
 * vector e_u that the reward is told, and beside all users a generic one learns from everybody,
 *
 * <pre>reward_u(x) = e_u . (V x + e_x)
 * individual: e_u = e_0 + o_u in R^K        clusters: e_u = softmax(z_0 + z_u) on the simplex</pre>
 *
 * with o_u and z_u shrunk, and e_x an item's own numbers where items carry any ({@link
 * palette.fit.ModelSpec#carriesIdentities}). The loss of an answer is a mix of its user's and of
 * the generic user's, who is e_0 or softmax(z_0):
 *
 * <pre>alpha * loss(margin of u) + (1 - alpha) * loss(margin of the generic user)</pre>
 *
 * So the generic user serves whoever has said nothing. The option is the generic user's share, 1 -
 * alpha. P-DPO's tokens go into a language model and beta is its temperature; here the token meets
 * an item's vector in one product, and beta is what V learns. Prompts are ignored.
 *
 * <pre>{@code
 * var model = UserTokens.individual().prototypes(4).seed(7).fit(split.train());
 * }</pre>
 *
 * Source: Li et al., "Personalized Language Modeling from Personalized Human Feedback", arXiv
 * 2402.05133.
 */
public record UserTokens(boolean clusters) implements Basis {
  /** 1 - alpha, the generic user's share of the loss. */
  public static final Option<Double> GENERIC_SHARE = FitSpec.GENERIC_SHARE;

  static final Parameter V = Parameter.map("rewards"); // [K][D]

  /** Everybody a token of their own around the generic one; four numbers. */
  public static BasisSpec individual() {
    return spec(false).prototypes(4);
  }

  /** Everybody a mix of shared tokens; five of them, and people free to leave the middle. */
  public static BasisSpec clustered() {
    return spec(true).prototypes(5).userPrior(1e-3);
  }

  private static BasisSpec spec(boolean clusters) {
    var all = BasisSpec.of(new UserTokens(clusters)).with(GENERIC_SHARE, 0.5);
    return all.mapPrior(5e-4).identityPrior(5e-4);
  }

  @Override
  public String name() {
    return clusters ? "user tokens, clusters" : "user tokens";
  }

  @Override
  public Space space() {
    return clusters ? Space.SIMPLEX : Space.FREE;
  }

  @Override
  public List<Option<?>> options() {
    return List.of(GENERIC_SHARE);
  }

  @Override
  public List<Parameter.Start> start(Sizes n) {
    // Clusters that say the same at first leave nobody a reason to leave the middle.
    return n.mapAndOwn(V, clusters ? 1 : 1 / Math.sqrt(n.inputs()));
  }

  @Override
  public Plan plan(Task task) {
    Checks.require(!task.loss().choices(), name(), "a loss of single pairs", task.loss().name());
    return Plan.general(task);
  }

  @Override
  public NDArray rewards(Parameters p, Inputs x) {
    return x.mapPlusOwn(p.get(V), p.get(Parameter.IDENTITY));
  }

  /** The generic user. */
  @Override
  public double[] nobody(Map<String, Tensor> learned) {
    Tensor mean = UserWeights.MEAN.of(learned);
    if (mean == null) return null;
    double[] weights = mean.doubles();
    if (clusters) UserWeights.softmax(weights, 1);
    return weights;
  }
}
