package palette.numeric;

/** The same problem solved slowly and simply: accelerated projected gradient with restarts. */
public final class ReferenceSolver {
  private final double[] rows;
  private final double[] weights;
  private final double strength;
  private final double[] center;
  private final int columns;

  public ReferenceSolver(double[] rows, double[] weights, double strength, double[] center) {
    this.rows = rows;
    this.weights = weights;
    this.strength = strength;
    this.center = center;
    this.columns = center.length;
  }

  public double loss(double[] w) {
    double sum = 0;
    for (int j = 0; j < weights.length; j++) {
      double m = margin(j, w);
      sum += weights[j] * (Math.max(-m, 0) + Math.log1p(Math.exp(-Math.abs(m))));
    }
    for (int k = 0; k < columns; k++) sum += strength / 2 * (w[k] - center[k]) * (w[k] - center[k]);
    return sum;
  }

  public double gap(double[] w) {
    double[] g = gradient(w);
    double here = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < columns; k++) {
      here += g[k] * w[k];
      least = Math.min(least, g[k]);
    }
    return here - least;
  }

  public double[] solve(int steps, double goal) {
    double lipschitz = strength + 1e-12;
    for (int j = 0; j < weights.length; j++) {
      for (int k = 0; k < columns; k++) {
        lipschitz += weights[j] * rows[j * columns + k] * rows[j * columns + k] / 4;
      }
    }
    double[] w = center.clone();
    double[] ahead = w.clone();
    double momentum = 1;
    for (int step = 0; step < steps && (step % 50 > 0 || gap(w) > goal); step++) {
      double[] g = gradient(ahead);
      double[] next = new double[columns];
      for (int k = 0; k < columns; k++) next[k] = ahead[k] - g[k] / lipschitz;
      next = Simplex.project(next);
      double against = 0;
      for (int k = 0; k < columns; k++) against += (ahead[k] - next[k]) * (next[k] - w[k]);
      double grown = against > 0 ? 1 : (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
      double carry = against > 0 ? 0 : (momentum - 1) / grown;
      for (int k = 0; k < columns; k++) ahead[k] = next[k] + carry * (next[k] - w[k]);
      momentum = grown;
      w = next;
    }
    return w;
  }

  private double margin(int j, double[] w) {
    double m = 0;
    for (int k = 0; k < columns; k++) m += rows[j * columns + k] * w[k];
    return m;
  }

  private double[] gradient(double[] w) {
    double[] g = new double[columns];
    for (int k = 0; k < columns; k++) g[k] = strength * (w[k] - center[k]);
    for (int j = 0; j < weights.length; j++) {
      double p = weights[j] / (1 + Math.exp(margin(j, w)));
      for (int k = 0; k < columns; k++) g[k] -= p * rows[j * columns + k];
    }
    return g;
  }
}
