package palette.engine;

/**
 * Adam on one array of doubles, with the update of torch.optim.Adam: m = b1 m + (1-b1) g, v = b2 v
 * + (1-b2) g^2, p = p - rate * (m / (1-b1^t)) / (sqrt(v / (1-b2^t)) + epsilon).
 */
public final class HeapAdam {
  private final AdamGroup group;
  private final double[] first;
  private final double[] second;
  private int steps;

  /** State for a parameter of this many numbers. */
  public HeapAdam(int size, AdamGroup group) {
    this.group = group;
    this.first = new double[size];
    this.second = new double[size];
  }

  /** How far it is; the parameter is the caller's. */
  public void state(Snapshot state) {
    steps = (int) state.whole(steps);
    state.numbers(first);
    state.numbers(second);
  }

  /** One step. The gradient is overwritten by zeros, ready to be summed into again. */
  public void step(double[] parameter, double[] gradient) {
    steps++;
    double rate = group.rate() / (1 - Math.pow(AdamGroup.BETA1, steps));
    double unbias = 1 / (1 - Math.pow(AdamGroup.BETA2, steps));
    double keep = 1 - group.rate() * group.decay();
    double ridge = group.ridge();
    for (int i = 0; i < parameter.length; i++) {
      double g = gradient[i] + ridge * parameter[i];
      double m = AdamGroup.BETA1 * first[i] + (1 - AdamGroup.BETA1) * g;
      double v = AdamGroup.BETA2 * second[i] + (1 - AdamGroup.BETA2) * g * g;
      first[i] = m;
      second[i] = v;
      parameter[i] = keep * parameter[i] - rate * m / (Math.sqrt(unbias * v) + AdamGroup.EPSILON);
      gradient[i] = 0;
    }
  }
}
