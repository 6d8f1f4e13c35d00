package palette.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@link HeapAdam} for one array that libtorch holds. On the CPU one pass in Java over the shared
 * memory replaces ten operations of a tensor library; elsewhere DJL's native code does the update,
 * whose numbers go to the device with its operations: a number from Java is a copy that waits.
 */
public final class TorchAdam {
  private static final int CHUNK = 4096;

  private final NDArray parameter;
  private final AdamGroup group;
  private final boolean shared;
  private final int threads;
  private float[][] first; // by chunk: loops over whole arrays become vector instructions
  private float[][] second;
  private NDArray firstArray;
  private NDArray secondArray;
  private int steps;

  /** State for a parameter; on the CPU so many threads share a step. */
  public TorchAdam(NDArray parameter, AdamGroup group, int threads) {
    this.parameter = parameter;
    this.threads = threads;
    this.group = group;
    this.shared = !parameter.getDevice().isGpu() && parameter.getDataType() == DataType.FLOAT32;
    if (shared) {
      int chunks = Math.toIntExact((parameter.size() + CHUNK - 1) / CHUNK);
      first = new float[chunks][CHUNK];
      second = new float[chunks][CHUNK];
    } else {
      firstArray = Torch.kept(parameter.zerosLike());
      secondArray = Torch.kept(parameter.zerosLike());
    }
  }

  /** How far it is, and the parameter. */
  public void state(Snapshot state) {
    state.array(parameter);
    steps = (int) state.whole(steps);
    if (!shared) {
      state.array(firstArray);
      state.array(secondArray);
      return;
    }
    for (float[] chunk : first) state.numbers(chunk);
    for (float[] chunk : second) state.numbers(chunk);
  }

  /**
   * What to compute with in one step: the same memory, with no gradient yet. {@link Torch#backward}
   * then hands its gradient over, where a gradient that is kept would be added to and zeroed.
   */
  public NDArray leaf() {
    NDArray leaf = parameter.stopGradient();
    leaf.setRequiresGradient(true);
    return leaf;
  }

  /** One step by the gradient that {@link Torch#backward} left at the leaf. */
  public void step(NDArray gradient) {
    if (!shared) {
      stepInTensors(gradient, begin());
      return;
    }
    var step = begin(List.of(gradient));
    int parts = Math.min(threads, first.length);
    var each = IntStream.range(0, parts);
    (parts > 1 ? each.parallel() : each).forEach(i -> step.part(i, parts));
  }

  /** A step by the sum of the gradients at several leaves, on the CPU; it is done part by part. */
  public Step begin(List<NDArray> gradients) {
    return new Step(
        begin(), Torch.window(parameter), gradients.stream().map(Torch::window).toList());
  }

  private Rates begin() {
    steps++;
    double rate = group.rate() / (1 - Math.pow(AdamGroup.BETA1, steps));
    double unbias = 1 / (1 - Math.pow(AdamGroup.BETA2, steps));
    return new Rates(rate, unbias, 1 - group.rate() * group.decay());
  }

  private record Rates(double rate, double unbias, double keep) {}

  /** A step under way. */
  public final class Step {
    private final Rates rates;
    private final FloatBuffer parameters;
    private final List<FloatBuffer> gradients;

    private Step(Rates rates, FloatBuffer parameters, List<FloatBuffer> gradients) {
      this.rates = rates;
      this.parameters = parameters;
      this.gradients = gradients;
    }

    /** Does part i of so many; each has to be done once, on any thread. */
    public void part(int i, int of) {
      int most = Math.min(CHUNK, parameters.capacity());
      float[] p = new float[most];
      float[] g = new float[most];
      float[] more = new float[gradients.size() > 1 ? most : 0];
      for (int chunk = i * first.length / of; chunk < (i + 1) * first.length / of; chunk++) {
        int at = chunk * CHUNK;
        int n = Math.min(CHUNK, parameters.capacity() - at);
        parameters.get(at, p, 0, n);
        gradients.get(0).get(at, g, 0, n);
        for (var another : gradients.subList(1, gradients.size())) add(another, at, g, more, n);
        update(p, g, first[chunk], second[chunk], n, rates);
        parameters.put(at, p, 0, n);
      }
    }
  }

  private static void add(FloatBuffer from, int at, float[] to, float[] room, int n) {
    from.get(at, room, 0, n);
    for (int i = 0; i < n; i++) to[i] += room[i];
  }

  private void update(float[] p, float[] g, float[] m, float[] v, int n, Rates rates) {
    float rate = (float) rates.rate;
    float unbias = (float) rates.unbias;
    float keep = (float) rates.keep;
    float ridge = (float) group.ridge();
    float b1 = (float) AdamGroup.BETA1;
    float b2 = (float) AdamGroup.BETA2;
    float epsilon = (float) AdamGroup.EPSILON;
    for (int i = 0; i < n; i++) {
      float grad = g[i] + ridge * p[i];
      m[i] = b1 * m[i] + (1 - b1) * grad;
      v[i] = b2 * v[i] + (1 - b2) * grad * grad;
      p[i] = keep * p[i] - rate * m[i] / ((float) Math.sqrt(unbias * v[i]) + epsilon);
    }
  }

  // Decay comes before the call, so the ridge on what it leaves has to be as much larger.
  private void stepInTensors(NDArray gradient, Rates rates) {
    if (rates.keep != 1) parameter.muli(Torch.number(parameter, rates.keep));
    double root = Math.sqrt(rates.unbias);
    double rate = rates.rate / root;
    double ridge = group.ridge() / rates.keep;
    Torch.adam(parameter, gradient, firstArray, secondArray, rate, ridge, AdamGroup.EPSILON / root);
  }
}
