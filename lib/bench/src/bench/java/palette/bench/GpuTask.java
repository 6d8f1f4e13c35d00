package palette.bench;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import palette.data.Catalog;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.engine.Tensor;
import palette.engine.Torch;
import palette.family.PalB;
import palette.fit.Objective;
import palette.fit.Plan;
import palette.fit.Task;
import palette.fit.TrainingSet;
import palette.support.Seeds;

/**
 * PAL-B of any size on random vectors, on any device, from one start. Row i asks prompt i about
 * items 2i and 2i+1, so no row of a batch shares anything with another; after {@code distinct} rows
 * prompts and items come again.
 */
final class GpuTask {
  private static final long SEED = 7;
  private static final int USERS = 1000;
  private final int k;
  private final int inputs;
  private final int hidden;
  private final int latent;
  private final PalB.Spec spec;
  private final TrainingSet study;
  private final Map<String, Tensor> start;

  /** A task of this size. */
  GpuTask(int rows, int distinct, int inputs, int hidden, int latent, int k) {
    this.k = k;
    this.inputs = inputs;
    this.hidden = hidden;
    this.latent = latent;
    this.spec =
        PalB.spec()
            .prototypes(k)
            .dimension(latent)
            .hidden(hidden)
            .identity(false)
            .rates(1e-3, 1e-3, 1e-2)
            .mapPrior(0)
            .userPrior(0);
    var answers = answers(rows, distinct);
    this.study = TrainingSet.of(answers, answers.first(0), false, false);
    this.start = Starts.of(spec, Task.of(spec, study, Device.cpu()), SEED);
  }

  private Preferences answers(int rows, int distinct) {
    var builder = Preferences.builder();
    for (int i = 0; i < rows; i++) {
      int at = i % distinct;
      builder.add(new Comparison("u" + i % USERS, "p" + at, "i" + 2 * at, "i" + (2 * at + 1)));
    }
    var answers = builder.build();
    var random = Seeds.stream(SEED, "vectors");
    return answers
        .withItems(described(answers.items(), random))
        .withPrompts(described(answers.prompts(), random));
  }

  private Catalog described(Catalog catalog, SplittableRandom random) {
    float[][] rows = new float[catalog.size()][inputs];
    float size = (float) Math.sqrt(12.0 / inputs); // of length about 1
    for (float[] row : rows) {
      for (int c = 0; c < inputs; c++) row[c] = size * (random.nextFloat() - 0.5f);
    }
    return catalog.withVectors(rows);
  }

  /** Epochs of some batches; seconds of one (median, the first left out) and the loss of each. */
  record Run(double seconds, double[] losses) {}

  /** Trains on a device, the way a GPU takes; an epoch's loss is the mean of its steps'. */
  Run train(Device device, String precision, int batch, int epochs) {
    boolean reduced = precision.equals("bfloat16"); // tf32 is the process's
    var task = Task.of(reduced ? spec.precision(precision) : spec, study, device);
    var plan = Plan.graph(task, "as on a GPU");
    try (var objective = plan.opening().open(start, SEED)) {
      return train(objective, () -> waitFor(device), batch, epochs);
    }
  }

  /** What is read from a device comes behind all that it had to do, the last step too. */
  private static void waitFor(Device device) {
    try (var manager = Torch.manager(device)) {
      manager.ones(new Shape(1)).toFloatArray();
    }
  }

  /** The same the way the CPU takes. */
  Run trainOnCpu(int batch, int epochs) {
    try (var objective = Starts.open(Task.of(spec, study, Device.cpu()), start, SEED)) {
      return train(objective, () -> {}, batch, epochs);
    }
  }

  private Run train(Objective objective, Runnable done, int batch, int epochs) {
    int n = study.train.size();
    int[] order = IntStream.range(0, n).toArray();
    double[] seconds = new double[epochs];
    double[] losses = new double[epochs];
    for (int epoch = 0; epoch < epochs; epoch++) {
      var means = new ArrayList<DoubleSupplier>(); // read at the end, as in a fit
      long began = System.nanoTime();
      for (int from = 0; from < n; from += batch) {
        means.add(objective.step(order, from, Math.min(n, from + batch)));
      }
      for (int b = 0; b < means.size(); b++) {
        int rows = Math.min(n - b * batch, batch);
        losses[epoch] += means.get(b).getAsDouble() * rows / n;
      }
      done.run();
      seconds[epoch] = (System.nanoTime() - began) / 1e9;
    }
    return new Run(epochs == 1 ? seconds[0] : PeerTask.typical(seconds), losses);
  }

  // ------------------------------------------------------------------------------ for the peer

  /** Writes vectors and start, NAME.f32 in C order, for a peer that knows the shapes. */
  void write(Path folder) {
    try {
      Files.createDirectories(folder);
      write(folder.resolve("items.f32"), Tensor.of(study.entries.features(), inputs));
      write(folder.resolve("prompts.f32"), Tensor.of(study.prompts.vectors(), inputs));
      for (var parameter : start.entrySet()) {
        write(folder.resolve(parameter.getKey() + ".f32"), parameter.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, Tensor tensor) throws IOException {
    var bytes = ByteBuffer.allocate(4 * tensor.values().length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(tensor.values());
    Files.write(file, bytes.array());
  }

  /** The shapes as the peer's arguments. */
  Object[] arguments() {
    return new Object[] {
      "--rows",
      study.train.size(),
      "--inputs",
      inputs,
      "--hidden",
      hidden,
      "--latent",
      latent,
      "--prototypes",
      k
    };
  }
}
