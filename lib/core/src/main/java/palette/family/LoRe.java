package palette.family;

import ai.djl.ndarray.NDArray;
import java.util.List;
import palette.fit.Basis;
import palette.fit.Inputs;
import palette.fit.Parameter;
import palette.fit.Parameters;
import palette.fit.Sizes;

/**
 * LoRe, low-rank reward modelling: K linear rewards over an encoder's vectors, which everybody
 * mixes,
 *
 * <pre>reward_u(x) = x . V w_u / 100,   V in R^(D x K), w_u on the simplex</pre>
 *
 * The temperature that a fit calibrates takes the place of the 100. It is PAL-B with f the identity
 * and constant linear heads without length 1: no latent space, and so no map of people and things.
 * Prompts are ignored, since vectors of the published kind have read them already. Items need
 * vectors.
 *
 * <pre>{@code
 * var model = LoRe.spec().prototypes(5).seed(7).fit(split.train());
 * }</pre>
 *
 * Source: Bose et al., "LoRe: Personalizing LLMs via Low-Rank Reward Modeling", arXiv 2504.14439.
 * Of its two trainings this is the plain one, by Palette's loop and priors.
 */
public record LoRe() implements Basis {
  static final Parameter V = Parameter.prototype("basis"); // V', [K][D]

  /** The defaults of every fit, two rewards to mix. */
  public static BasisSpec spec() {
    return BasisSpec.of(new LoRe());
  }

  @Override
  public String name() {
    return "LoRe";
  }

  @Override
  public List<Parameter.Start> start(Sizes n) {
    int inputs = n.withVectors(name()).inputs();
    return List.of(V.normal(1 / Math.sqrt(inputs), n.prototypes(), inputs));
  }

  @Override
  public NDArray rewards(Parameters p, Inputs x) {
    return x.itemVectors().matMul(p.get(V).transpose());
  }
}
