package palette.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import java.nio.FloatBuffer;

/**
 * {@link PlainAdam} for one array that libtorch holds. On the CPU one pass in Java over the shared
 * memory replaces ten operations of a tensor library; elsewhere the same update is written in
 * tensor operations.
 */
public final class TorchAdam {
  private static final int CHUNK = 4096;

  private final NDArray parameter;
  private final AdamGroup group;
  private final boolean shared;
  private float[][] first; // by chunk: loops over whole arrays become vector instructions
  private float[][] second;
  private final float[] p = new float[CHUNK];
  private final float[] g = new float[CHUNK];
  private NDArray firstArray;
  private NDArray secondArray;
  private int steps;

  /** State for a parameter. */
  public TorchAdam(NDArray parameter, AdamGroup group) {
    this.parameter = parameter;
    this.group = group;
    this.shared = !parameter.getDevice().isGpu() && parameter.getDataType() == DataType.FLOAT32;
    if (shared) {
      int chunks = Math.toIntExact((parameter.size() + CHUNK - 1) / CHUNK);
      first = new float[chunks][CHUNK];
      second = new float[chunks][CHUNK];
    } else {
      firstArray = parameter.zerosLike();
      secondArray = parameter.zerosLike();
      NDScope.unregister(firstArray, secondArray);
    }
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
    steps++;
    double rate = group.rate() / (1 - Math.pow(AdamGroup.BETA1, steps));
    double unbias = 1 / (1 - Math.pow(AdamGroup.BETA2, steps));
    double keep = 1 - group.rate() * group.decay();
    if (shared) {
      stepInJava(gradient, (float) rate, (float) unbias, (float) keep);
    } else {
      stepInTensors(gradient, rate, unbias, keep);
    }
  }

  private void stepInJava(NDArray gradient, float rate, float unbias, float keep) {
    FloatBuffer parameters = Torch.window(parameter);
    FloatBuffer gradients = Torch.window(gradient);
    int size = parameters.remaining();
    for (int at = 0; at < size; at += CHUNK) {
      int n = Math.min(CHUNK, size - at);
      parameters.get(at, p, 0, n);
      gradients.get(at, g, 0, n);
      update(first[at / CHUNK], second[at / CHUNK], n, rate, unbias, keep);
      parameters.put(at, p, 0, n);
    }
  }

  private void update(float[] m, float[] v, int n, float rate, float unbias, float keep) {
    float[] x = p;
    float[] slope = g;
    float ridge = (float) group.ridge();
    float b1 = (float) AdamGroup.BETA1;
    float b2 = (float) AdamGroup.BETA2;
    float epsilon = (float) AdamGroup.EPSILON;
    for (int i = 0; i < n; i++) {
      float grad = slope[i] + ridge * x[i];
      m[i] = b1 * m[i] + (1 - b1) * grad;
      v[i] = b2 * v[i] + (1 - b2) * grad * grad;
      x[i] = keep * x[i] - rate * m[i] / ((float) Math.sqrt(unbias * v[i]) + epsilon);
    }
  }

  private void stepInTensors(NDArray gradient, double rate, double unbias, double keep) {
    try (var scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray grad = gradient.add(parameter.mul(group.ridge()));
      firstArray.muli(AdamGroup.BETA1).addi(grad.mul(1 - AdamGroup.BETA1));
      secondArray.muli(AdamGroup.BETA2).addi(grad.square().mul(1 - AdamGroup.BETA2));
      NDArray move = secondArray.mul(unbias).sqrt().add(AdamGroup.EPSILON);
      parameter.muli(keep).subi(firstArray.mul(rate).div(move));
    }
  }
}
