package palette.family;

import ai.djl.ndarray.NDArray;
import java.util.List;
import palette.engine.Torch;
import palette.fit.Basis;
import palette.fit.FitSpec;
import palette.fit.Fitted;
import palette.fit.Inputs;
import palette.fit.ItemRewards;
import palette.fit.Parameter;
import palette.fit.Parameters;
import palette.fit.Plan;
import palette.fit.Sizes;
import palette.fit.Task;
import palette.reward.Option;
import palette.reward.Space;

/**
 * {@link Vpl}'s maps in tensors. A user is a point z of R^L where other families have weights, and
 * rewards are not linear in it, so this family plans and works in its own way.
 *
 * <pre>
 * pair      h = s(E2 s(A e_c + B e_r + a) + b)                        A over B: encode.1 [2H][D]
 * person    mean over their pairs of softmax(Q h (K h)' / sqrt H) V h, then to mu and log var
 * reward    out . s(R2 s(R e + Z z + c) + d)
 * </pre>
 *
 * with s(t) = max(t, t / 5).
 */
record VplBasis() implements Basis {
  static final Parameter ENCODE1 = Parameter.map("encode.1.weight");
  static final Parameter ENCODE1_BIAS = Parameter.map("encode.1.bias");
  static final Parameter ENCODE2 = Parameter.map("encode.2.weight");
  static final Parameter ENCODE2_BIAS = Parameter.map("encode.2.bias");
  static final Parameter QUERY = Parameter.map("attention.query");
  static final Parameter KEY = Parameter.map("attention.key");
  static final Parameter VALUE = Parameter.map("attention.value");
  static final Parameter MU = Parameter.map("posterior.mean");
  static final Parameter MU_BIAS = Parameter.map("posterior.mean.bias");
  static final Parameter LOG_VARIANCE = Parameter.map("posterior.logVariance");
  static final Parameter LOG_VARIANCE_BIAS = Parameter.map("posterior.logVariance.bias");
  static final Parameter REWARD1 = Parameter.map("reward.1.weight");
  static final Parameter REWARD1_USER = Parameter.map("reward.1.user");
  static final Parameter REWARD1_BIAS = Parameter.map("reward.1.bias");
  static final Parameter REWARD2 = Parameter.map("reward.2.weight");
  static final Parameter REWARD2_BIAS = Parameter.map("reward.2.bias");
  static final Parameter OUT = Parameter.map("reward.out");

  static final Option<Integer> HIDDEN = PalSpec.HIDDEN;
  static final Option<Double> DIVERGENCE = Option.of("divergence", 3e-6);
  static final Option<Integer> CONTEXT = Option.of("context", 16);

  @Override
  public String name() {
    return "VPL";
  }

  @Override
  public Space space() {
    return Space.FREE;
  }

  @Override
  public boolean linear() {
    return false;
  }

  @Override
  public List<Option<?>> options() {
    return List.of(HIDDEN, DIVERGENCE, CONTEXT);
  }

  @Override
  public List<Parameter.Start> start(Sizes n) {
    int inputs = n.withVectors(name()).inputs();
    int h = n.get(HIDDEN);
    int latent = n.get(FitSpec.PROTOTYPES);
    double wide = 1 / Math.sqrt(inputs);
    double deep = 1 / Math.sqrt(h);
    return List.of(
        ENCODE1.uniform(wide, 2 * h, inputs),
        ENCODE1_BIAS.zeros(h),
        ENCODE2.uniform(deep, h, h),
        ENCODE2_BIAS.zeros(h),
        QUERY.uniform(deep, h, h),
        KEY.uniform(deep, h, h),
        VALUE.uniform(deep, h, h),
        MU.uniform(deep, latent, h),
        MU_BIAS.zeros(latent),
        LOG_VARIANCE.uniform(deep, latent, h),
        LOG_VARIANCE_BIAS.zeros(latent),
        REWARD1.uniform(wide, h, inputs),
        REWARD1_USER.uniform(1 / Math.sqrt(latent), h, latent),
        REWARD1_BIAS.zeros(h),
        REWARD2.uniform(deep, h, h),
        REWARD2_BIAS.zeros(h),
        OUT.uniform(deep, 1, h));
  }

  // ----------------------------------------------------------------------------------- encoding

  /** What is believed of some people: means and logarithms of variances, each [n][L]. */
  record Posterior(NDArray mu, NDArray logVariance) {

    /** mu + sigma e. */
    NDArray sample(Parameters p, NDArray e) {
      return mu.add(logVariance.mul(p.number(0.5)).exp().mul(e));
    }

    /** The mean over people of KL(N(mu, sigma^2) || N(0, I)) = -sum(1 + lv - mu^2 - e^lv) / 2. */
    NDArray divergence(Parameters p) {
      NDArray sums = logVariance.add(1).sub(mu.square()).sub(logVariance.exp());
      return sums.sum().mul(p.number(-0.5 / mu.getShape().get(0)));
    }
  }

  /** What each item brings to a pair it is chosen or rejected in, [m][D] to [m][2H]. */
  NDArray sides(Parameters p, NDArray x) {
    return x.matMul(p.get(ENCODE1).transpose());
  }

  /**
   * What some people's answers tell, as many each; {@code chosen} and {@code rejected} are places
   * among the sides, one person after another.
   */
  Posterior posterior(Parameters p, NDArray sides, NDArray chosen, NDArray rejected, int people) {
    int h = (int) p.get(ENCODE2).getShape().get(0);
    NDArray first = Torch.rows(sides.get(":, :" + h), chosen);
    NDArray then = Torch.rows(sides.get(":, " + h + ":"), rejected);
    NDArray inside = bent(p, first.add(then).add(p.get(ENCODE1_BIAS)));
    NDArray pairs = bent(p, Torch.linear(inside, p.get(ENCODE2), p.get(ENCODE2_BIAS)));
    NDArray person = attended(p, pairs, people, h);
    return new Posterior(
        clamped(p, Torch.linear(person, p.get(MU), p.get(MU_BIAS))),
        clamped(p, Torch.linear(person, p.get(LOG_VARIANCE), p.get(LOG_VARIANCE_BIAS))));
  }

  /** Every pair looks at all of a person's; their mean, [people][H]. */
  static NDArray attended(Parameters p, NDArray pairs, int people, int h) {
    NDArray q = pairs.matMul(p.get(QUERY).transpose()).reshape(people, -1, h);
    NDArray k = pairs.matMul(p.get(KEY).transpose()).reshape(people, -1, h);
    NDArray v = pairs.matMul(p.get(VALUE).transpose()).reshape(people, -1, h);
    NDArray scores = Torch.bmm(q, k.transpose(0, 2, 1)).mul(p.number(1 / Math.sqrt(h)));
    return Torch.bmm(scores.softmax(2), v).mean(new int[] {1});
  }

  static NDArray clamped(Parameters p, NDArray x) {
    return x.minimum(p.number(1)).maximum(p.number(-1));
  }

  private static NDArray bent(Parameters p, NDArray x) {
    return x.maximum(x.mul(p.number(0.2)));
  }

  // ---------------------------------------------------------------------------------- rewarding

  /** What each item brings to its reward, [m][D] to [m][H]. */
  NDArray content(Parameters p, NDArray x) {
    return Torch.linear(x, p.get(REWARD1), p.get(REWARD1_BIAS));
  }

  /** Rewards of n items, [n][H], for as many people, [n][L]; shape [n]. */
  NDArray reward(Parameters p, NDArray content, NDArray z) {
    NDArray inside = bent(p, content.add(z.matMul(p.get(REWARD1_USER).transpose())));
    NDArray deep = bent(p, Torch.linear(inside, p.get(REWARD2), p.get(REWARD2_BIAS)));
    return deep.matMul(p.get(OUT).transpose()).reshape(-1);
  }

  /** Not in K parts; {@link #plan} and {@link #at} do without. */
  @Override
  public NDArray rewards(Parameters p, Inputs x) {
    throw new UnsupportedOperationException("Rewards of VPL have no parts.");
  }

  @Override
  public Plan plan(Task task) {
    return new Plan(
        "encoder",
        "people are read from their answers",
        (start, seed) -> new VplObjective(task, start, seed));
  }

  @Override
  public ItemRewards at(Fitted fitted, ItemRewards.Scene scene) {
    return new VplRewards(this, fitted, scene);
  }
}
