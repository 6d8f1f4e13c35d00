package palette.numeric;

/**
 * Minimises g.(x - w) + (x - w)'H(x - w) / 2 over the simplex by a primal active set method: solve
 * on the free coordinates, stop at the first that meets its bound and fix it there, free the one
 * whose multiplier is most negative. H is positive definite, so this ends; a guard makes sure.
 */
public final class SimplexQuadratic {
  private final int columns;
  private final int[] free;
  private final boolean[] isFree;
  private final double[] slope;
  private final double[] reduced;
  private final double[] step;
  private final double[] whole;

  public SimplexQuadratic(int columns) {
    this.columns = columns;
    free = new int[columns];
    isFree = new boolean[columns];
    slope = new double[columns];
    reduced = new double[columns * columns];
    step = new double[columns];
    whole = new double[columns];
  }

  /** Writes the minimiser to x, starting at the feasible w. */
  public void minimise(double[] g, double[] h, double[] w, double[] x) {
    for (int k = 0; k < columns; k++) {
      x[k] = w[k];
      slope[k] = g[k];
      isFree[k] = w[k] > 0;
    }
    for (int guard = 0; guard < 8 * columns + 8; guard++) {
      int reference = VectorLoops.largest(x);
      if (!solve(h, reference)) return;
      int blocking = advance(x, h, reference);
      if (blocking >= 0) {
        isFree[blocking] = false;
      } else if (!release(reference)) {
        return;
      }
    }
  }

  /** The Newton step on the free coordinates, the reference giving what the others take. */
  private boolean solve(double[] h, int r) {
    int n = 0;
    for (int k = 0; k < columns; k++) if (isFree[k] && k != r) free[n++] = k;
    for (int i = 0; i < n; i++) {
      int k = free[i];
      step[i] = slope[r] - slope[k];
      for (int j = 0; j <= i; j++) {
        int l = free[j];
        reduced[i * n + j] =
            h[k * columns + l] - h[k * columns + r] - h[r * columns + l] + h[r * columns + r];
      }
    }
    if (!Cholesky.factor(reduced, n)) return false;
    Cholesky.solve(reduced, n, step);
    double given = 0;
    for (int k = 0; k < columns; k++) whole[k] = 0;
    for (int i = 0; i < n; i++) {
      whole[free[i]] = step[i];
      given += step[i];
    }
    whole[r] = -given;
    return true;
  }

  /** Goes along the step as far as the bounds allow; the coordinate that stops it, or -1. */
  private int advance(double[] x, double[] h, int r) {
    double length = 1;
    int blocking = -1;
    for (int k = 0; k < columns; k++) {
      if (whole[k] < 0 && x[k] < -whole[k] * length) {
        length = x[k] / -whole[k];
        blocking = k;
      }
    }
    for (int k = 0; k < columns; k++) {
      double moved = 0;
      for (int l = 0; l < columns; l++) moved += h[k * columns + l] * whole[l];
      slope[k] += length * moved;
    }
    double others = 0;
    for (int k = 0; k < columns; k++) {
      x[k] = k == blocking ? 0 : Math.max(0, x[k] + length * whole[k]);
      if (k != r) others += x[k];
    }
    if (r != blocking) x[r] = Math.max(0, 1 - others);
    return blocking;
  }

  /** Frees the coordinate at its bound that would lower the value most; false: none would. */
  private boolean release(int r) {
    int best = -1;
    double lowest = slope[r] - 1e-14 * (1 + Math.abs(slope[r]));
    for (int k = 0; k < columns; k++) {
      if (!isFree[k] && slope[k] < lowest) {
        lowest = slope[k];
        best = k;
      }
    }
    if (best >= 0) isFree[best] = true;
    return best >= 0;
  }
}
