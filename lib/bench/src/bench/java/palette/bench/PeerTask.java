package palette.bench;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import palette.data.Catalog;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.data.PreferencesBuilder;
import palette.engine.Tensor;
import palette.family.PalA;
import palette.family.PalB;
import palette.fit.FitSpec;
import palette.fit.Plan;
import palette.fit.Task;
import palette.fit.Trainer;
import palette.fit.TrainingSet;

/**
 * A task of the PyTorch peers, trained by Palette: the same data, start, batches and learning
 * rates.
 */
final class PeerTask {
  private final Path folder;
  private final TrainingSet study;
  private final FitSpec<?> spec;
  private final Map<String, Tensor> start = new LinkedHashMap<>();
  private final NpyArray order;
  private final boolean b;

  private PeerTask(Path folder, FitSpec<?> spec, boolean b) {
    this.folder = folder;
    this.b = b;
    this.spec = spec.mapPrior(0).userPrior(0);
    this.order = read("order");
    this.study = study(answers(), order.shape()[1]);
  }

  /** How a fit went: seconds of an epoch (median, the first left out) and where it ended. */
  record Run(double seconds, double loss, double accuracy) {}

  /** pal-a-toy: linear f of 16 dimensions, 3 prototypes in input space. */
  static PeerTask palA(Path data) {
    var spec = PalA.spec().prototypes(3).dimension(16).identity(false).rates(5e-3, 5e-3, 5e-2);
    var task = new PeerTask(data.resolve("pal-a-toy"), spec, false);
    task.start.put("f.weight", transposed(task.read("init_w")));
    task.start.put(
        "prototypes", new Tensor(new long[] {3, 16}, task.read("init_prototypes").first(3)));
    task.start.put("users.offset", task.users(3));
    return task;
  }

  /** pal-b-tiny: MLPs 384-512-512, two prototypes. */
  static PeerTask palB(Path data) {
    int k = 2;
    var spec = PalB.spec().prototypes(k).dimension(512).hidden(512).identity(false);
    var task = new PeerTask(data.resolve("pal-b-tiny"), spec.rates(1e-3, 1e-3, 1e-2), true);
    task.put("f.1.weight", "init_f1", 1, 512, 384);
    task.put("f.2.weight", "init_f2", 1, 512, 512);
    task.put("heads.1.weight", "init_g1", k, k * 512, 384);
    task.start.put(
        "heads.2.weight",
        new Tensor(new long[] {k, 512, 512}, swapped(task.read("init_g2").first(k), 512)));
    for (String layer : List.of("f.1", "f.2")) task.zeros(layer + ".bias", 512);
    task.zeros("heads.1.bias", k * 512);
    task.zeros("heads.2.bias", k, 1, 512);
    task.start.put("scale", Tensor.of(new double[] {Math.log(1 / 0.07)}, 1));
    task.start.put("users.offset", task.users(k));
    return task;
  }

  /** Trains from the start the way a fit does; batch 0 is all rows. */
  Run train(int epochs, int batch, int threads) {
    return train(epochs, batch, threads, task -> task.basis().plan(task));
  }

  /** The same another way. */
  Run train(int epochs, int batch, int threads, Function<Task, Plan> way) {
    int n = study.train.size();
    int size = batch == 0 ? n : batch;
    double[] seconds = new double[epochs];
    var task = Task.of(spec.batch(size).threads(threads), study, Device.cpu());
    try (var objective = way.apply(task).opening().open(start, 0)) {
      for (int epoch = 0; epoch < epochs; epoch++) {
        int[] rows = order.positions(epoch % order.shape()[0]);
        long began = System.nanoTime();
        for (int from = 0; from < n; from += size) {
          objective.step(rows, from, Math.min(n, from + size));
        }
        seconds[epoch] = (System.nanoTime() - began) / 1e9;
      }
      double loss = objective.measure(study.train).loss();
      double accuracy = objective.measure(study.validation).accuracy();
      return new Run(typical(seconds), loss, accuracy);
    }
  }

  /** Training pairs. */
  int pairs() {
    return study.train.size();
  }

  /** How many distinct items and prompts the full batches of the first epoch have on average. */
  double[] distinct(int batch) {
    return distinct(study, order.positions(0), batch);
  }

  /** The same of other answers in another order. */
  static double[] distinct(TrainingSet study, int[] order, int batch) {
    int batches = order.length / batch;
    var mapped = Trainer.mapped(study, study.train, Arrays.copyOf(order, batches * batch), batch);
    return new double[] {mapped.items() / batches, mapped.prompts() / batches};
  }

  /** The median, the first left out; of an even number the larger of the two in the middle. */
  static double typical(double[] seconds) {
    Arrays.sort(seconds, 1, seconds.length);
    return seconds[1 + (seconds.length - 1) / 2];
  }

  // -------------------------------------------------------------------------------------- data

  private NpyArray read(String name) {
    return NpyArray.read(folder, name);
  }

  private static TrainingSet study(Preferences answers, int trained) {
    int[] train = IntStream.range(0, trained).toArray();
    int[] test = IntStream.range(trained, answers.size()).toArray();
    return TrainingSet.of(answers.select(train), answers.select(test), false, false);
  }

  /** Training answers first, test answers behind them. */
  private Preferences answers() {
    var builder = Preferences.builder();
    for (String part : List.of("train", "test")) add(part, builder);
    var answers = builder.build();
    answers = answers.withItems(described(answers.items(), "items"));
    return b ? answers.withPrompts(described(answers.prompts(), "prompts")) : answers;
  }

  private void add(String part, PreferencesBuilder builder) {
    Function<String, int[]> column = name -> read(part + "_" + name).positions();
    int[] user = column.apply("user");
    int[] left = column.apply("left");
    int[] right = column.apply("right");
    int[] answer = column.apply("answer");
    int[] prompt = b ? column.apply("prompt") : null;
    for (int i = 0; i < user.length; i++) {
      boolean wantsRight = answer[i] > 0;
      builder.add(
          new Comparison(
              "" + user[i],
              b ? "" + prompt[i] : null,
              "" + (wantsRight ? right[i] : left[i]),
              "" + (wantsRight ? left[i] : right[i])));
    }
  }

  private Catalog described(Catalog ids, String file) {
    var vectors = new LinkedHashMap<String, float[]>();
    float[][] rows = read(file).rows();
    for (String id : ids.ids()) vectors.put(id, rows[Integer.parseInt(id)]);
    return ids.withVectors(vectors);
  }

  /** The users' start in the study's order: their first k columns. */
  private Tensor users(int k) {
    float[][] all = read("init_users").rows();
    float[][] rows = new float[study.users.size()][];
    for (int u = 0; u < rows.length; u++) rows[u] = all[Integer.parseInt(study.users.id(u))];
    return Tensor.of(rows, k);
  }

  private void put(String name, String file, int first, long... shape) {
    var values = read(file);
    start.put(name, new Tensor(shape, first == 1 ? values.values() : values.first(first)));
  }

  private void zeros(String name, long... shape) {
    int count = (int) Arrays.stream(shape).reduce(1, (x, y) -> x * y);
    start.put(name, new Tensor(shape, new float[count]));
  }

  // The peers' f is x W, ours A x.
  private static Tensor transposed(NpyArray w) {
    int n = w.shape()[0];
    return new Tensor(new long[] {n, n}, swapped(w.values(), n));
  }

  /** Square matrices, one behind the other, each with its rows as columns. */
  private static float[] swapped(float[] matrices, int n) {
    float[] t = new float[matrices.length];
    for (int i = 0; i < t.length; i++) {
      int at = i % (n * n);
      t[i - at + at % n * n + at / n] = matrices[i];
    }
    return t;
  }
}
