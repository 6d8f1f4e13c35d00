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
  private float[] first;
  private float[] second;
  private final float[] p = new float[CHUNK];
  private final float[] g = new float[CHUNK];
  private NDArray firstArray;
  private NDArray secondArray;
  private int steps;

  /** State for a parameter that requires gradients. */
  public TorchAdam(NDArray parameter, AdamGroup group) {
    this.parameter = parameter;
    this.group = group;
    this.shared = !parameter.getDevice().isGpu() && parameter.getDataType() == DataType.FLOAT32;
    if (shared) {
      first = new float[Math.toIntExact(parameter.size())];
      second = new float[first.length];
    } else {
      firstArray = parameter.zerosLike();
      secondArray = parameter.zerosLike();
      NDScope.unregister(firstArray, secondArray);
    }
  }

  /** One step by the gradient that {@link Torch#backward} left, which is set to zero. */
  public void step() {
    steps++;
    double rate = group.rate() / (1 - Math.pow(AdamGroup.BETA1, steps));
    double unbias = 1 / (1 - Math.pow(AdamGroup.BETA2, steps));
    double keep = 1 - group.rate() * group.decay();
    NDArray gradient = parameter.getGradient();
    if (shared) {
      stepInJava(gradient, (float) rate, (float) unbias, (float) keep);
    } else {
      stepInTensors(gradient, rate, unbias, keep);
    }
  }

  private void stepInJava(NDArray gradient, float rate, float unbias, float keep) {
    FloatBuffer parameters = Torch.window(parameter);
    FloatBuffer gradients = Torch.window(gradient);
    float[] zeros = new float[CHUNK];
    for (int at = 0; at < first.length; at += CHUNK) {
      int n = Math.min(CHUNK, first.length - at);
      parameters.get(at, p, 0, n);
      gradients.get(at, g, 0, n);
      update(at, n, rate, unbias, keep);
      parameters.put(at, p, 0, n);
      gradients.put(at, zeros, 0, n);
    }
  }

  // Arrays and a plain counted loop, so that the compiler can use vector instructions.
  private void update(int at, int n, float rate, float unbias, float keep) {
    float ridge = (float) group.ridge();
    float b1 = (float) AdamGroup.BETA1;
    float b2 = (float) AdamGroup.BETA2;
    float epsilon = (float) AdamGroup.EPSILON;
    float[] m = first;
    float[] v = second;
    for (int i = 0; i < n; i++) {
      float grad = g[i] + ridge * p[i];
      float m1 = b1 * m[at + i] + (1 - b1) * grad;
      float v1 = b2 * v[at + i] + (1 - b2) * grad * grad;
      m[at + i] = m1;
      v[at + i] = v1;
      p[i] = keep * p[i] - rate * m1 / ((float) Math.sqrt(unbias * v1) + epsilon);
    }
  }

  private void stepInTensors(NDArray gradient, double rate, double unbias, double keep) {
    try (var scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray grad = gradient.add(parameter.stopGradient().mul(group.ridge()));
      firstArray.muli(AdamGroup.BETA1).addi(grad.mul(1 - AdamGroup.BETA1));
      secondArray.muli(AdamGroup.BETA2).addi(grad.square().mul(1 - AdamGroup.BETA2));
      NDArray move = secondArray.mul(unbias).sqrt().add(AdamGroup.EPSILON);
      parameter.muli(keep).subi(firstArray.mul(rate).div(move));
      gradient.muli(0);
    }
  }
}
