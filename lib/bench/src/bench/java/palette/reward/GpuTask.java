package palette.reward;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import palette.data.Catalog;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.engine.Tensor;
import palette.family.PalB;
import palette.fit.BasisObjective;
import palette.fit.Fit;
import palette.fit.GraphObjective;
import palette.fit.Objective;
import palette.fit.ParameterGroups;
import palette.fit.TrainingSet;
import palette.support.Seeds;

/**
 * PAL-B of any size on random vectors, on any device, from one start. Row i asks prompt i about
 * items 2i and 2i+1, so no row of a batch shares anything with another; after {@code distinct} rows
 * prompts and items come again.
 */
public final class GpuTask {
  private static final long SEED = 7;
  private static final int USERS = 1000;
  private final int k;
  private final int inputs;
  private final int hidden;
  private final int latent;
  private final Settings settings;
  private final TrainingSet study;
  private final Map<String, Tensor> start;

  /** A task of this size. */
  public GpuTask(int rows, int distinct, int inputs, int hidden, int latent, int k) {
    this.k = k;
    this.inputs = inputs;
    this.hidden = hidden;
    this.latent = latent;
    this.settings =
        PalB.spec()
            .prototypes(k)
            .dimension(latent)
            .hidden(hidden)
            .rates(1e-3, 1e-3, 1e-2)
            .settings
            .with("mapPrior", 0)
            .with("userPrior", 0);
    var answers = answers(rows, distinct);
    this.study = TrainingSet.of(answers, answers.first(0), false, false);
    this.start = start();
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

  private Map<String, Tensor> start() {
    var random = Seeds.stream(SEED, "start");
    var parameters = new LinkedHashMap<>(Fit.users(settings, study, random));
    var maps = new Maps(settings);
    maps.startItems(parameters, inputs, random);
    maps.startHeads(parameters, inputs, random);
    parameters.put("scale", Tensor.of(new double[] {Math.log(1 / 0.07)}, 1));
    return parameters;
  }

  /** Epochs of some batches; seconds of one (median, the first left out) and the loss of each. */
  public record Run(double seconds, double[] losses) {}

  /** Trains on a device, the way a GPU takes; an epoch's loss is the mean of its steps'. */
  public Run train(Device device, int batch, int epochs) {
    try (var objective = onDevice(device)) {
      return train(objective, () -> objective.parameter("scale"), batch, epochs);
    }
  }

  /** The same the way the CPU takes. */
  public Run trainOnCpu(int batch, int epochs) {
    var groups = new ParameterGroups(settings, study.users.size());
    try (var objective = new BasisObjective(study, settings, Loss.LOGISTIC, start, groups, SEED)) {
      return train(objective, () -> {}, batch, epochs);
    }
  }

  // Reading a parameter waits for the last step, which a GPU may still have before it.
  private Run train(Objective objective, Runnable done, int batch, int epochs) {
    int n = study.train.size();
    int[] order = IntStream.range(0, n).toArray();
    double[] seconds = new double[epochs];
    double[] losses = new double[epochs];
    for (int epoch = 0; epoch < epochs; epoch++) {
      long began = System.nanoTime();
      for (int from = 0; from < n; from += batch) {
        int to = Math.min(n, from + batch);
        losses[epoch] += objective.step(order, from, to) * (to - from) / n;
      }
      done.run();
      seconds[epoch] = (System.nanoTime() - began) / 1e9;
    }
    return new Run(epochs == 1 ? seconds[0] : PeerTask.typical(seconds), losses);
  }

  private GraphObjective onDevice(Device device) {
    return new GraphObjective(
        study,
        settings,
        Loss.LOGISTIC,
        start,
        new ParameterGroups(settings, study.users.size()),
        SEED,
        ReferenceMargins.b(settings),
        device,
        DataType.FLOAT32);
  }

  // ------------------------------------------------------------------------------ for the peer

  /** Writes vectors and start, NAME.f32 in C order, for a peer that knows the shapes. */
  public void write(Path folder) {
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
  public Object[] arguments() {
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
