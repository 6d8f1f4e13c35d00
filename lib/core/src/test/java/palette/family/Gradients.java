package palette.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import palette.data.Judgements;
import palette.data.Preferences;
import palette.engine.Tensor;
import palette.fit.FitSpec;
import palette.fit.GraphObjective;
import palette.fit.Parameter;
import palette.fit.Plan;
import palette.fit.Task;
import palette.fit.TrainingSet;
import palette.support.Seeds;

/** A small study with random parameters, and slopes measured by moving them one by one. */
public final class Gradients {
  private Gradients() {}

  /** Five users who judged nine items in the plane: rows that weigh less than 1. */
  public static Preferences votes() {
    var random = Seeds.stream(3, "votes");
    var votes = Judgements.builder();
    for (int u = 0; u < 5; u++) {
      for (int i = 0; i < 5 + u; i++) votes.add("u" + u, "i" + i, random.nextInt(3));
    }
    var pairs = votes.build().pairs();
    return pairs.withItems(pairs.items().withVectors(vectors(pairs.items().size(), 3)));
  }

  /** The same answers, most with the side that stood first, and a fifth of them ties. */
  public static Preferences answered() {
    var plain = votes();
    var builder = Preferences.builder();
    int row = 0;
    for (var c : plain.comparisons()) {
      if (row++ % 5 == 4) builder.tie(c);
      else builder.add(c, plain.weight(row - 1), row % 3, Double.NaN);
    }
    var made = builder.build();
    return made.withItems(made.items().withVectors(vectors(made.items().size(), 3)));
  }

  /** The same answers, each to one of two prompts; {@code some}: a third of them to none. */
  public static Preferences asked(boolean some) {
    var plain = votes();
    var builder = Preferences.builder();
    int row = 0;
    for (var c : plain.comparisons()) {
      String prompt = some && row % 3 == 2 ? null : "prompt" + row++ % 2;
      builder.add(new palette.data.Comparison(c.user(), prompt, c.chosen(), c.rejected()));
    }
    var made = builder.build();
    return made.withItems(made.items().withVectors(vectors(made.items().size(), 3)))
        .withPrompts(made.prompts().withVectors(vectors(made.prompts().size(), 2)));
  }

  private static float[][] vectors(int n, int d) {
    var random = Seeds.stream(n, "vectors");
    float[][] x = new float[n][d];
    for (float[] row : x) for (int c = 0; c < d; c++) row[c] = (float) random.nextGaussian();
    return x;
  }

  /** What a fit of these answers would be about, on a device and in a precision. */
  public static Task task(FitSpec<?> spec, TrainingSet data, Device device, DataType type) {
    var sizes = data.sizes(spec.settings(), true);
    var kinds = new LinkedHashMap<String, Parameter.Kind>();
    spec.start(sizes).forEach(s -> kinds.put(s.parameter().name(), s.parameter().kind()));
    var groups = new Parameter.Groups(spec.settings(), sizes.users(), kinds);
    return new Task(
        spec.basis(), data, sizes, spec.settings(), spec.loss(), groups, device, type, null);
  }

  /** The same on the CPU in single precision. */
  public static Task task(FitSpec<?> spec, TrainingSet data) {
    return task(spec, data, Device.cpu(), DataType.FLOAT32);
  }

  /** Random numbers for all that a model learns; {@code identities}: offsets, unless it says no. */
  public static Map<String, Tensor> random(FitSpec<?> spec, TrainingSet data, boolean identities) {
    var shapes = new LinkedHashMap<String, long[]>();
    for (var start : spec.start(data.sizes(spec.settings(), identities))) {
      shapes.put(start.parameter().name(), start.shape());
    }
    return random(shapes);
  }

  /** The plain path of a spec: one graph, of the basis or of a reference form. */
  public static GraphObjective graph(
      FitSpec<?> spec, TrainingSet data, Map<String, Tensor> start, Device device, DataType type) {
    var task = task(spec, data, device, type);
    var plan = spec.basis().linear() ? Plan.graph(task, "a test") : spec.basis().plan(task);
    return (GraphObjective) plan.opening().open(start, 5);
  }

  public static Map<String, Tensor> random(Map<String, long[]> shapes) {
    var random = Seeds.stream(11, "parameters");
    var start = new LinkedHashMap<String, Tensor>();
    shapes.forEach(
        (name, shape) -> {
          int n = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
          start.put(name, Tensor.of(Seeds.normal(n, 0.7, random), shape));
        });
    return start;
  }

  public static int[] all(TrainingSet study) {
    int[] order = new int[study.train.size()];
    Arrays.setAll(order, i -> i);
    return order;
  }

  /** The mean loss of all training rows under these parameters. */
  public interface LossOf {
    double at(Map<String, Tensor> parameters);
  }

  /**
   * Moves each number up and down by a step and compares. The parameters are floats, so the step is
   * what the floats really moved by.
   */
  public static void compare(
      Map<String, Tensor> at, Map<String, double[]> gradients, double step, double off, LossOf f) {
    compare(at, gradients, step, off, 1, f);
  }

  /** The same for every so-manieth number only. */
  public static void compare(
      Map<String, Tensor> at,
      Map<String, double[]> gradients,
      double step,
      double off,
      int every,
      LossOf f) {
    assertThat(gradients.keySet()).isEqualTo(at.keySet());
    for (var name : at.keySet()) {
      for (int i = 0; i < at.get(name).values().length; i += every) {
        float was = at.get(name).values()[i];
        float high = (float) (was + step);
        float low = (float) (was - step);
        double rise = f.at(moved(at, name, i, high)) - f.at(moved(at, name, i, low));
        assertThat(gradients.get(name)[i])
            .as(name + " " + i)
            .isCloseTo(rise / ((double) high - low), within(off));
      }
    }
  }

  private static Map<String, Tensor> moved(Map<String, Tensor> at, String name, int i, float to) {
    var moved = new LinkedHashMap<>(at);
    float[] values = at.get(name).values().clone();
    values[i] = to;
    moved.put(name, new Tensor(at.get(name).shape(), values));
    return moved;
  }
}
