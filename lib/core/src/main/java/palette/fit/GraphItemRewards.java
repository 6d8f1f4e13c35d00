package palette.fit;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import palette.engine.Inference;
import palette.engine.Tensor;

/** {@link ItemRewards} of any basis: its expression over rows of pairs, and the numbers kept. */
final class GraphItemRewards implements ItemRewards {
  private final Basis basis;
  private final Fitted fitted;
  private final ItemRewards.Scene scene;
  private final boolean prompted; // a pair's reward hangs on what was asked
  private final Map<Long, double[]> known = new HashMap<>();

  GraphItemRewards(Basis basis, Fitted fitted, ItemRewards.Scene scene) {
    this.basis = basis;
    this.fitted = fitted;
    this.scene = scene;
    this.prompted = fitted.prompts().size() > 0;
  }

  /** An item before a prompt. */
  private record Pair(int item, int prompt) {}

  @Override
  public void prepare(int[] items, int[] prompts) {
    var pairs = new ArrayList<Pair>();
    for (int i = 0; i < items.length; i++) {
      if (known.putIfAbsent(key(items[i], prompts[i]), new double[0]) != null) continue;
      pairs.add(new Pair(items[i], prompts[i]));
    }
    double[][] rewards = rewards(pairs);
    for (int i = 0; i < rewards.length; i++) {
      known.put(key(pairs.get(i).item, pairs.get(i).prompt), rewards[i]);
    }
  }

  private long key(int item, int prompt) {
    return ((long) item << 32) | (prompted ? prompt + 1 : 0);
  }

  private double[][] rewards(List<Pair> pairs) {
    boolean joint = basis.joint() && prompted;
    float[][] items = new float[pairs.size()][];
    float[][] prompts = new float[prompted && !joint ? pairs.size() : 0][];
    int[] identity = new int[pairs.size()];
    for (int i = 0; i < items.length; i++) {
      var pair = pairs.get(i);
      float[] x = scene.items()[pair.item];
      items[i] = joint ? TrainingSet.concat(x, scene.prompt(pair.prompt)) : x;
      if (prompts.length > 0) prompts[i] = scene.prompt(pair.prompt);
      identity[i] = scene.known()[pair.item];
    }
    return Inference.run(
        learned(), items.length, (p, rows) -> rewards(p, rows, items, prompts, identity));
  }

  private NDArray rewards(
      Map<String, NDArray> p,
      Inference.Rows rows,
      float[][] items,
      float[][] prompts,
      int[] identity) {
    var x =
        new Inputs(
            items[0].length == 0 ? null : rows.of(items),
            null,
            prompts.length == 0 ? null : rows.of(prompts),
            null,
            Arrays.copyOfRange(identity, rows.from(), rows.to()),
            Inputs.Dropout.NONE);
    return basis.rewards(new Parameters(p, fitted.settings()), x);
  }

  private Map<String, Tensor> learned() {
    var learned = new HashMap<>(fitted.parameters());
    UserWeights.NAMES.forEach(learned::remove);
    LearnedLoss.NAMES.forEach(learned::remove);
    return learned;
  }

  @Override
  public void rewards(int item, int prompt, double[] into) {
    double[] r = known.get(key(item, prompt));
    System.arraycopy(r, 0, into, 0, r.length);
  }
}
