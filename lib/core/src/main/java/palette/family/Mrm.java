package palette.family;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import palette.engine.Tensor;
import palette.family.read.Reading;
import palette.fit.Inputs;
import palette.fit.Parameter;
import palette.fit.Parameters;
import palette.fit.Sizes;
import palette.reward.Option;
import palette.reward.Settings;

/**
 * MRM, meta reward modelling: base rewards that all share, and a start from which one gradient step
 * on somebody's answers arrives at their weights,
 *
 * <pre>reward_u(x) = w_u . (V x + e_x),   w_u = w_0 - rate * grad L_u(w_0)
 * L_u(w) = mean over their answers of -log s(w . (r(chosen) - r(rejected)))</pre>
 *
 * w_0, V and the items' own numbers e_x (where items carry them, see {@link
 * palette.fit.ModelSpec#carriesIdentities}) are learned so that the step is right for answers that
 * were not in it, through the step (MAML). People whom it serves badly count more: by softmax(mean
 * loss / tau), with tau the {@link #ROBUST} option. Whoever has said nothing has w_0.
 *
 * <p>What it cannot do: the step has one length, so that it goes as far on one answer as the mean
 * of a hundred says, and no certificate says how far it is from the best weights. Prompts are
 * ignored.
 *
 * <pre>{@code
 * var model = Mrm.spec().prototypes(8).seed(7).fit(split.train());
 * model.place(answersOfOne).margins(others);
 * }</pre>
 *
 * Source: "One Adapts to Any: Meta Reward Modeling for Personalized LLM Alignment", arXiv
 * 2601.18731. By Adam and batches of Palette's loop.
 */
public record Mrm() implements Reading {
  /** The length of the step. */
  public static final Option<Double> RATE = Option.of("innerRate", 4.0);

  /** tau: the smaller, the more do people count whom the model serves badly; 0: by answers. */
  public static final Option<Double> ROBUST = Option.of("robust", 1.0);

  static final Parameter V = Parameter.map("rewards"); // [K][D]
  static final Parameter START = new Parameter("start", Parameter.Kind.USERS); // w_0, [K]

  /** The defaults of every fit with eight base rewards. */
  public static BasisSpec spec() {
    return BasisSpec.of(new Mrm()).prototypes(8).identityPrior(5e-4).userPrior(0);
  }

  @Override
  public String name() {
    return "MRM";
  }

  @Override
  public List<Option<?>> options() {
    return List.of(RATE, ROBUST);
  }

  @Override
  public List<Parameter.Start> start(Sizes n) {
    var start = new ArrayList<>(n.mapAndOwn(V, 1 / Math.sqrt(n.inputs())));
    start.add(START.normal(1 / Math.sqrt(n.prototypes()), n.prototypes()));
    return start;
  }

  @Override
  public NDArray rewards(Parameters p, Inputs x) {
    return x.mapPlusOwn(p.get(V), p.get(Parameter.IDENTITY));
  }

  @Override
  public NDArray sides(Parameters p, Inputs x) {
    return rewards(p, x);
  }

  /** One step downhill from w_0. */
  @Override
  public People read(Parameters p, NDArray chosen, NDArray rejected, Noise noise) {
    NDArray start = p.get(START);
    NDArray gaps = chosen.sub(rejected);
    NDArray margins = gaps.mul(start).sum(new int[] {2}, true);
    NDArray uphill = Activation.sigmoid(margins.neg()).mul(gaps).mean(new int[] {1});
    return new People(start.add(uphill.mul(p.number(p.get(RATE)))), null);
  }

  @Override
  public double[] counts(Settings settings, double[] losses) {
    double tau = settings.get(ROBUST);
    if (tau == 0) return null;
    double most = Arrays.stream(losses).max().orElse(0);
    double[] counts = Arrays.stream(losses).map(loss -> Math.exp((loss - most) / tau)).toArray();
    double all = Arrays.stream(counts).sum();
    return Arrays.stream(counts).map(count -> count / all).toArray();
  }

  @Override
  public double[] nobody(Map<String, Tensor> learned) {
    return START.of(learned).doubles();
  }
}
