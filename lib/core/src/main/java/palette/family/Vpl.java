package palette.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import palette.engine.Tensor;
import palette.engine.Torch;
import palette.family.read.Reading;
import palette.fit.Inputs;
import palette.fit.Parameter;
import palette.fit.Parameters;
import palette.fit.Sizes;
import palette.reward.Option;
import palette.support.Seeds;

/**
 * Variational preference learning: an encoder reads a person's answers, and what it reads weighs
 * the rewards of a network,
 *
 * <pre>
 * pair      h = s(E2 s(A x_chosen + B x_rejected + a) + b)
 * person    mean over their pairs of softmax(Q h (K h)' / sqrt H) V h, to mu and log sigma^2
 * reward    reward_u(x) = (base + z) . (R2 s(R1 x + c) + e_x),   z ~ N(mu, sigma^2), in R^L</pre>
 *
 * with s(t) = max(t, t / 5), mu and log sigma^2 clamped to [-1, 1], and e_x an item's own numbers
 * where items carry any ({@link palette.fit.ModelSpec#carriesIdentities}). In training z is drawn,
 * and a nat of divergence from N(0, I) costs {@link #DIVERGENCE} beside the mean loss of an answer,
 * more and more as a cosine says; afterwards z = mu.
 *
 * <p>The known fault is a posterior that collapses, so that z says nothing: {@link
 * palette.family.read.ReadModel#activeUnits} counts the numbers of z that differ between users.
 * Items need vectors. Prompts are ignored, since vectors of the published kind have read them.
 *
 * <pre>{@code
 * var model = Vpl.spec().seed(7).fit(split.train());
 * model.place(answersOfOne).margins(others);
 * }</pre>
 *
 * Source: Poddar et al., "Personalizing Reinforcement Learning from Human Feedback with Variational
 * Preference Learning", arXiv 2408.10075. Unlike its code z is not scaled to one length in
 * training, since it is not afterwards; the reward is linear in z; items may have numbers of their
 * own; and a few hidden units do for vectors.
 */
public record Vpl() implements Reading {
  /** What a nat of divergence costs beside the mean loss of an answer. */
  public static final Option<Double> DIVERGENCE = Option.of("divergence", 3e-6);

  /** H, the hidden units of each layer. */
  public static final Option<Integer> HIDDEN = Option.of("hidden", 32);

  static final Parameter PAIR1 = Parameter.map("pair.1.weight"); // A over B, [2H][D]
  static final Parameter PAIR1_BIAS = Parameter.map("pair.1.bias");
  static final Parameter PAIR2 = Parameter.map("pair.2.weight");
  static final Parameter PAIR2_BIAS = Parameter.map("pair.2.bias");
  static final Parameter QUERY = Parameter.map("attention.query");
  static final Parameter KEY = Parameter.map("attention.key");
  static final Parameter VALUE = Parameter.map("attention.value");
  static final Parameter MU = Parameter.map("posterior.mean");
  static final Parameter MU_BIAS = Parameter.map("posterior.mean.bias");
  static final Parameter LOG_VARIANCE = Parameter.map("posterior.logVariance");
  static final Parameter LOG_VARIANCE_BIAS = Parameter.map("posterior.logVariance.bias");
  static final Parameter REWARD1 = Parameter.map("reward.1.weight");
  static final Parameter REWARD1_BIAS = Parameter.map("reward.1.bias");
  static final Parameter REWARD2 = Parameter.map("reward.2.weight");
  static final Parameter BASE = Parameter.scale("reward.base");
  private static final double FULL = 1e4; // steps until the divergence counts in full

  /**
   * The defaults: z of eight numbers, 32 hidden units, and a prior on maps that is weak: the usual
   * one shrinks the encoder before anything has been read with it.
   */
  public static BasisSpec spec() {
    var all = BasisSpec.of(new Vpl()).prototypes(8).identityPrior(5e-4);
    return all.mapPrior(1e-5).userPrior(0).epochs(20);
  }

  @Override
  public String name() {
    return "VPL";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(DIVERGENCE, HIDDEN);
  }

  @Override
  public List<Parameter.Start> start(Sizes n) {
    int inputs = n.withVectors(name()).inputs();
    int h = n.get(HIDDEN);
    int latent = n.prototypes();
    double wide = 1 / Math.sqrt(inputs);
    double deep = 1 / Math.sqrt(h);
    var start = new ArrayList<Parameter.Start>();
    start.add(PAIR1.uniform(wide, 2 * h, inputs));
    start.add(PAIR1_BIAS.zeros(h));
    for (var square : List.of(PAIR2, QUERY, KEY, VALUE)) start.add(square.uniform(deep, h, h));
    start.add(PAIR2_BIAS.zeros(h));
    for (var last : List.of(MU, LOG_VARIANCE, REWARD2)) start.add(last.uniform(deep, latent, h));
    start.add(MU_BIAS.zeros(latent));
    start.add(LOG_VARIANCE_BIAS.zeros(latent));
    start.add(REWARD1.uniform(wide, h, inputs));
    start.add(REWARD1_BIAS.zeros(h));
    start.add(BASE.uniform(1, latent));
    if (n.identities()) start.add(n.ownNumbers(0, latent));
    return start;
  }

  @Override
  public NDArray rewards(Parameters p, Inputs x) {
    NDArray hidden = bent(p, Torch.linear(x.itemVectors(), p.get(REWARD1), p.get(REWARD1_BIAS)));
    return x.plusOwn(hidden.matMul(p.get(REWARD2).transpose()), p.get(Parameter.IDENTITY));
  }

  // ------------------------------------------------------------------------------------ reading

  @Override
  public NDArray sides(Parameters p, Inputs x) {
    return x.itemVectors().matMul(p.get(PAIR1).transpose());
  }

  @Override
  public People read(Parameters p, NDArray chosen, NDArray rejected, Noise noise) {
    long h = p.get(PAIR2).getShape().get(0);
    NDArray both = chosen.get("..., :" + h).add(rejected.get("..., " + h + ":"));
    NDArray inside = bent(p, both.add(p.get(PAIR1_BIAS))).reshape(-1, h);
    NDArray pairs = bent(p, Torch.linear(inside, p.get(PAIR2), p.get(PAIR2_BIAS)));
    NDArray person = attended(p, pairs.reshape(both.getShape()));
    NDArray mu = clamped(p, Torch.linear(person, p.get(MU), p.get(MU_BIAS)));
    if (noise == null) return new People(mu.add(p.get(BASE)), null);
    NDArray logVariance =
        clamped(p, Torch.linear(person, p.get(LOG_VARIANCE), p.get(LOG_VARIANCE_BIAS)));
    double price = p.get(DIVERGENCE) * slope(noise.step());
    NDArray z = drawn(p, mu, logVariance, normal(mu, noise));
    return new People(z.add(p.get(BASE)), divergence(p, mu, logVariance).mul(p.number(price)));
  }

  private static NDArray normal(NDArray like, Noise noise) {
    Shape shape = like.getShape();
    double[] e = Seeds.normal((int) shape.size(), 1, noise.random());
    return Torch.create(like.getManager(), Tensor.of(e, shape.getShape()), like.getDataType());
  }

  /** Every pair, [people][pairs][H], looks at all of its person's; their mean, [people][H]. */
  static NDArray attended(Parameters p, NDArray pairs) {
    long h = pairs.getShape().get(2);
    NDArray q = pairs.matMul(p.get(QUERY).transpose());
    NDArray k = pairs.matMul(p.get(KEY).transpose());
    NDArray v = pairs.matMul(p.get(VALUE).transpose());
    NDArray scores = Torch.bmm(q, k.transpose(0, 2, 1)).mul(p.number(1 / Math.sqrt(h)));
    return Torch.bmm(scores.softmax(2), v).mean(new int[] {1});
  }

  static NDArray clamped(Parameters p, NDArray x) {
    return x.minimum(p.number(1)).maximum(p.number(-1));
  }

  /** mu + sigma e. */
  static NDArray drawn(Parameters p, NDArray mu, NDArray logVariance, NDArray e) {
    return mu.add(logVariance.mul(p.number(0.5)).exp().mul(e));
  }

  /** The mean over people of KL(N(mu, sigma^2) || N(0, I)) = -sum(1 + lv - mu^2 - e^lv) / 2. */
  static NDArray divergence(Parameters p, NDArray mu, NDArray logVariance) {
    NDArray sums = logVariance.add(1).sub(mu.square()).sub(logVariance.exp());
    return sums.sum().mul(p.number(-0.5 / mu.getShape().get(0)));
  }

  /** By how much the divergence counts: a cosine from .1 to 1 over ten thousand steps, again. */
  static double slope(int step) {
    return 0.1 + 0.45 * (1 - Math.cos(Math.PI * (step % (FULL + 1)) / FULL));
  }

  private static NDArray bent(Parameters p, NDArray x) {
    return x.maximum(x.mul(p.number(0.2)));
  }
}
