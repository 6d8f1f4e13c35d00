package palette.family;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import palette.engine.Tensor;
import palette.family.fast.SharedPairs;
import palette.fit.Basis;
import palette.fit.Inputs;
import palette.fit.Parameter;
import palette.fit.Parameters;
import palette.fit.Sizes;
import palette.fit.TrainingSet;
import palette.reward.Space;

/**
 * PReF, reward factorisation: a few base rewards, linear in an encoder's vectors, which everybody
 * weighs freely,
 *
 * <pre>reward_u(x) = lambda_u . phi(x),   phi(x) = F x,   F in R^(K x D), lambda_u in R^K</pre>
 *
 * It begins at a decomposition of who answered what where the same pairs were answered by many
 * ({@link SharedPairs}), and is then fitted to the answers' likelihood. A newcomer is placed by a
 * convex problem with a prior, where PReF's code takes gradient steps without one.
 *
 * <p>Ridges take the place of the mean length of pair features that PReF's code shrinks. Content is
 * all: two items of the same vector have the same rewards, and prompts are ignored, since vectors
 * of the published kind have read them already. Items need vectors.
 *
 * <pre>{@code
 * var model = Pref.spec().prototypes(5).seed(7).fit(split.train());
 * }</pre>
 *
 * Source: Shenfeld et al., "Language Model Personalization via Reward Factorization", arXiv
 * 2503.06358.
 */
public record Pref() implements Basis {
  static final Parameter F = Parameter.map("features"); // [K][D]

  /** The defaults of every fit with five base rewards. */
  public static BasisSpec spec() {
    return BasisSpec.of(new Pref()).prototypes(5);
  }

  @Override
  public String name() {
    return "PReF";
  }

  @Override
  public Space space() {
    return Space.FREE;
  }

  @Override
  public List<Parameter.Start> start(Sizes n) {
    int inputs = n.withVectors(name()).inputs();
    return List.of(F.normal(1 / Math.sqrt(inputs), n.prototypes(), inputs));
  }

  @Override
  public NDArray rewards(Parameters p, Inputs x) {
    return x.itemVectors().matMul(p.get(F).transpose());
  }

  @Override
  public Map<String, Tensor> begin(TrainingSet data, Map<String, Tensor> drawn) {
    int rewards = F.of(drawn).size(0);
    var shared = SharedPairs.of(data);
    if (Math.min(shared.size() - 1, data.users.size()) < rewards) return drawn;
    var begun = new LinkedHashMap<>(drawn);
    shared.decompose(rewards, F, begun);
    return begun;
  }
}
