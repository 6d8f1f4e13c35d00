package palette.bench;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.engine.Tensor;
import palette.family.PalA;
import palette.fit.Task;
import palette.fit.TrainingSet;

/** Few items and millions of pairs, as in a Polis conversation: PAL-A with a 2-layer f, K=4. */
final class PolisTask {
  private static final int BATCH = 65_536;
  private final PalA.Spec spec =
      PalA.spec()
          .prototypes(4)
          .dimension(64)
          .mlp(256)
          .identity(false)
          .rates(1e-3, 1e-3, 1e-2)
          .mapPrior(0)
          .userPrior(0);
  private final TrainingSet study;
  private final Map<String, Tensor> start = new LinkedHashMap<>();

  private PolisTask(Path data) {
    this.study = study(data);
    start.put("f.1.weight", tensor(data, "f1"));
    start.put("f.1.bias", new Tensor(new long[] {256}, new float[256]));
    start.put("f.2.weight", tensor(data, "f2"));
    start.put("f.2.bias", new Tensor(new long[] {64}, new float[64]));
    start.put("prototypes", tensor(data, "prototypes"));
    float[][] users = NpyArray.read(data, "users").rows();
    float[][] met = new float[study.users.size()][];
    for (int u = 0; u < met.length; u++) met[u] = users[Integer.parseInt(study.users.id(u))];
    start.put("users.offset", Tensor.of(met, 4));
  }

  /** The task over a folder that the peer has written. */
  static PolisTask of(Path data) {
    return new PolisTask(data);
  }

  private static Tensor tensor(Path data, String name) {
    var array = NpyArray.read(data, name);
    long[] shape = Arrays.stream(array.shape()).asLongStream().toArray();
    return new Tensor(shape, array.values());
  }

  private static TrainingSet study(Path data) {
    int[] user = NpyArray.read(data, "user").positions();
    int[] chosen = NpyArray.read(data, "chosen").positions();
    int[] rejected = NpyArray.read(data, "rejected").positions();
    var builder = Preferences.builder();
    for (int i = 0; i < user.length; i++) {
      builder.add(Comparison.of("" + user[i], "" + chosen[i], "" + rejected[i]));
    }
    var answers = builder.build();
    var vectors = new LinkedHashMap<String, float[]>();
    float[][] rows = NpyArray.read(data, "items").rows();
    for (String id : answers.items().ids()) vectors.put(id, rows[Integer.parseInt(id)]);
    answers = answers.withItems(answers.items().withVectors(vectors));
    return TrainingSet.of(answers, answers.first(0), false, false);
  }

  /** Trains from the start, rows in their order. */
  PeerTask.Run train(int epochs, int threads) {
    int n = study.train.size();
    int[] order = new int[n];
    Arrays.setAll(order, i -> i);
    double[] seconds = new double[epochs];
    var task = Task.of(spec.batch(BATCH).threads(threads), study, Device.cpu());
    try (var objective = Starts.open(task, start, 0)) {
      for (int epoch = 0; epoch < epochs; epoch++) {
        long began = System.nanoTime();
        for (int from = 0; from < n; from += BATCH) {
          objective.step(order, from, Math.min(n, from + BATCH));
        }
        seconds[epoch] = (System.nanoTime() - began) / 1e9;
      }
      double loss = objective.measure(study.train).loss();
      return new PeerTask.Run(PeerTask.typical(seconds), loss, Double.NaN);
    }
  }
}
