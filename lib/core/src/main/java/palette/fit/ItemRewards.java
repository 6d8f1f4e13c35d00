package palette.fit;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import palette.engine.Inference;
import palette.engine.Tensor;
import palette.numeric.VectorLoops;

/**
 * A fitted basis at work in plain numbers: the K rewards of some items before some prompts. Prompts
 * are named by their positions, -1 where nothing was asked.
 */
public interface ItemRewards {

  /**
   * Works out all pairs of an item and a prompt that will be asked for, in one go, if that helps.
   */
  default void prepare(int[] items, int[] prompts) {}

  /** r(x, c), K numbers, of a pair that is prepared. */
  void rewards(int item, int prompt, double[] into);

  /** w . r(x, c), up to what is the same for all items before somebody. */
  default double reward(double[] w, int item, int prompt) {
    double[] r = new double[w.length];
    rewards(item, prompt, r);
    return VectorLoops.inner(w, r);
  }

  /** r(chosen, c) - r(rejected, c), the first K of {@code into}. */
  default void margins(int chosen, int rejected, int prompt, double[] into) {
    double[] other = new double[into.length];
    rewards(chosen, prompt, into);
    rewards(rejected, prompt, other);
    for (int k = 0; k < into.length; k++) into[k] -= other[k];
  }

  /** The margin at w; {@code gradient} receives dm/dw if it is not null. */
  default double margin(int chosen, int rejected, int prompt, double[] w, double[] gradient) {
    double[] row = gradient == null ? new double[w.length] : gradient;
    margins(chosen, rejected, prompt, row);
    return VectorLoops.inner(w, row);
  }

  /**
   * Some items and prompts in plain numbers.
   *
   * @param items a vector each; empty where items are known by id only
   * @param known the known item that each is, or -1
   * @param prompts a vector each; none for a model that was trained without prompts
   * @param promptInputs the length of a prompt's vector
   */
  record Scene(float[][] items, int[] known, float[][] prompts, int promptInputs) {

    /** The vector of a prompt by its position; zeros for -1, where nothing was asked. */
    public float[] prompt(int position) {
      return position < 0 ? new float[promptInputs] : prompts[position];
    }
  }

  /** Those of any basis: its expression over rows of pairs, and the numbers kept. */
  final class ByGraph implements ItemRewards {
    private final Basis basis;
    private final Fitted fitted;
    private final Scene scene;
    private final boolean prompted; // a pair's reward hangs on what was asked
    private final Map<Long, double[]> known = new HashMap<>();

    ByGraph(Basis basis, Fitted fitted, Scene scene) {
      this.basis = basis;
      this.fitted = fitted;
      this.scene = scene;
      this.prompted = fitted.prompts().size() > 0;
    }

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
      NDArray x = items[0].length == 0 ? null : rows.of(items);
      NDArray c = prompts.length == 0 ? null : rows.of(prompts);
      int[] known = Arrays.copyOfRange(identity, rows.from(), rows.to());
      return basis.rewards(new Parameters(p, fitted.settings()), Inputs.of(x, c, known));
    }

    private Map<String, Tensor> learned() {
      var learned = new HashMap<>(fitted.parameters());
      UserWeights.NAMES.forEach(learned::remove);
      LearnedLoss.NAMES.forEach(learned::remove);
      fitted.spec().encoderStart().forEach(start -> learned.remove(start.parameter().name()));
      return learned;
    }

    @Override
    public void rewards(int item, int prompt, double[] into) {
      double[] r = known.get(key(item, prompt));
      System.arraycopy(r, 0, into, 0, r.length);
    }
  }
}
