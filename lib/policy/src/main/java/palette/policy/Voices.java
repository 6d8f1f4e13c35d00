package palette.policy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import palette.engine.Tensor;
import palette.engine.Torch;
import palette.support.Seeds;

/**
 * The soft tokens of those who speak, e_u in R^{voice * d} (P-RLHF, arXiv 2402.05133). Speaker 0 is
 * nobody in particular; user u of the training is speaker u + 1.
 */
enum Voices {
  /** All speak as one: e_0, learned as words are. */
  ONE {
    @Override
    Map<String, Tensor> start(Policy base, int users, int clusters, long seed) {
      return Map.of();
    }

    @Override
    NDArray of(Map<String, NDArray> p, int[] speakers) {
      return p.get(Gpt.VOICE);
    }
  },

  /** e_u = e_0 + o_u, with an offset of each user's own that begins at zero. */
  INDIVIDUAL {
    @Override
    Map<String, Tensor> start(Policy base, int users, int clusters, long seed) {
      int size = base.shape.voice() * base.shape.width();
      return Map.of(OFFSETS, new Tensor(new long[] {users, size}, new float[users * size]));
    }

    @Override
    NDArray of(Map<String, NDArray> p, int[] speakers) {
      NDArray offsets = p.get(OFFSETS);
      NDArray common = p.get(Gpt.VOICE);
      int[] users = Arrays.stream(speakers).map(s -> Math.max(s - 1, 0)).toArray();
      double[] known = Arrays.stream(speakers).mapToDouble(s -> Math.min(s, 1)).toArray();
      var shape = new Shape(known.length, 1);
      var type = offsets.getDataType();
      NDArray whose = Scripts.numbers(offsets.getManager(), known, shape, type);
      NDArray own = Torch.rows(offsets, users).mul(whose);
      return apart(common.reshape(1, -1).add(own), common);
    }
  },

  /** e_u = softmax(W_u) V over K shared voices; W_0 is the generic speaker's. */
  CLUSTER {
    @Override
    Map<String, Tensor> start(Policy base, int users, int clusters, long seed) {
      var random = Seeds.stream(seed, "voices");
      float[] common = base.weights.get(Gpt.VOICE).values();
      double[] v = Seeds.normal(clusters * common.length, size(common), random);
      for (int i = 0; i < v.length; i++) v[i] += common[i % common.length];
      double[] w = Seeds.normal((users + 1) * clusters, 1, random);
      Arrays.fill(w, 0, clusters, 0);
      var start = new LinkedHashMap<String, Tensor>();
      start.put(CLUSTERS, Tensor.of(v, clusters, common.length));
      start.put(LOGITS, Tensor.of(w, users + 1, clusters));
      return start;
    }

    @Override
    NDArray of(Map<String, NDArray> p, int[] speakers) {
      NDArray weights = Torch.rows(p.get(LOGITS), speakers).softmax(1);
      return apart(weights.matMul(p.get(CLUSTERS)), p.get(Gpt.VOICE));
    }
  };

  static final String ALL = "voices.";
  static final String OFFSETS = ALL + "offsets"; // [users][voice * d]
  static final String CLUSTERS = ALL + "clusters"; // [K][voice * d]
  static final String LOGITS = ALL + "logits"; // [1 + users][K]

  /** What is learned beside the model's own parameters, and its first numbers. */
  abstract Map<String, Tensor> start(Policy base, int users, int clusters, long seed);

  /** The soft tokens of some speakers, [speakers * voice][d]; null where a model has none. */
  abstract NDArray of(Map<String, NDArray> p, int[] speakers);

  /** The shapes of what {@link #start} begins with. */
  Map<String, long[]> shapes(Gpt gpt, int users, int clusters) {
    long size = gpt.voice() * gpt.width();
    var shapes = new LinkedHashMap<String, long[]>();
    if (this == INDIVIDUAL) shapes.put(OFFSETS, new long[] {users, size});
    if (this == CLUSTER) {
      shapes.put(CLUSTERS, new long[] {clusters, size});
      shapes.put(LOGITS, new long[] {users + 1, clusters});
    }
    return shapes;
  }

  /** One user's first numbers, those of the generic speaker. */
  Map<String, Tensor> newcomer(Map<String, Tensor> weights) {
    if (this == INDIVIDUAL) {
      int size = weights.get(OFFSETS).size(1);
      return Map.of(OFFSETS, new Tensor(new long[] {1, size}, new float[size]));
    }
    double[] generic = weights.get(LOGITS).rows()[0];
    int k = generic.length;
    double[] both = Arrays.copyOf(generic, 2 * k);
    System.arraycopy(generic, 0, both, k, k);
    return Map.of(LOGITS, Tensor.of(both, 2, k));
  }

  /** How much faster than the rest a parameter is learned: each user has few answers. */
  static int haste(String name) {
    return name.equals(LOGITS) ? 1000 : name.startsWith(ALL) ? 40 : 1;
  }

  /** Whether a parameter is what makes one user differ from another. */
  static boolean ofUsers(String name) {
    return name.equals(OFFSETS) || name.equals(LOGITS);
  }

  private static NDArray apart(NDArray rows, NDArray common) {
    return rows.reshape(new Shape(-1, common.getShape().get(1)));
  }

  /** The root of the mean square. */
  private static double size(float[] values) {
    double squares = 0;
    for (float value : values) squares += value * value;
    return Math.sqrt(squares / values.length);
  }

  /** The soft tokens of one speaker as plain numbers, [voice][d]. */
  Tensor numbers(Map<String, Tensor> weights, int speaker) {
    if (this == ONE) return weights.get(Gpt.VOICE);
    try (var scope = Torch.scope()) {
      var manager = scope.manager(Device.cpu());
      var arrays = new LinkedHashMap<String, NDArray>();
      weights.forEach(
          (name, tensor) -> {
            if (name.startsWith("voice")) arrays.put(name, Torch.create(manager, tensor));
          });
      return Torch.read(of(arrays, new int[] {speaker}));
    }
  }
}
