package palette.numeric;

import java.util.ArrayDeque;

/**
 * L-BFGS: downhill along the gradient, bent by the curvature seen in the last few steps. The step
 * length is found by halving and doubling until the weak Wolfe conditions hold (Lewis and Overton).
 * Deterministic. For smooth functions; of a convex one the result is the minimum.
 *
 * <p>Source: Nocedal and Wright, "Numerical Optimization", algorithms 7.4 and 7.5.
 */
public final class Lbfgs {
  private static final int MEMORY = 10;
  private static final double DECREASE = 1e-4;
  private static final double CURVATURE = 0.9;

  private Lbfgs() {}

  /** What is made small. */
  @FunctionalInterface
  public interface Function {
    /** The value at x; writes the gradient. */
    double at(double[] x, double[] gradient);
  }

  /** Where the search ended; {@code norm} is the length of the gradient there. */
  public record Minimum(double[] x, double value, double norm, int iterations) {}

  /** A step s and what it did to the gradient, y. */
  private record Bend(double[] s, double[] y, double sy) {}

  /**
   * Goes down from {@code start} until the gradient is no longer than {@code tolerance}, no step
   * helps, or the iterations are used up.
   */
  public static Minimum minimize(Function f, double[] start, double tolerance, int iterations) {
    double[] x = start.clone();
    double[] gradient = new double[x.length];
    double value = f.at(x, gradient);
    var bends = new ArrayDeque<Bend>();
    for (int i = 0; i < iterations; i++) {
      if (norm(gradient) <= tolerance) return new Minimum(x, value, norm(gradient), i);
      double[] direction = direction(gradient, bends);
      double[] next = new double[x.length];
      double[] nextGradient = new double[x.length];
      double reached = search(f, x, value, gradient, direction, next, nextGradient);
      if (!(reached < value)) return new Minimum(x, value, norm(gradient), i);
      remember(bends, VectorLoops.minus(next, x), VectorLoops.minus(nextGradient, gradient));
      x = next;
      gradient = nextGradient;
      value = reached;
    }
    return new Minimum(x, value, norm(gradient), iterations);
  }

  /** -H g by the two loops, H the inverse curvature that the remembered steps imply. */
  private static double[] direction(double[] gradient, ArrayDeque<Bend> bends) {
    double[] d = times(-1, gradient);
    if (bends.isEmpty()) return times(1 / Math.max(1, norm(gradient)), d);
    double[] alpha = new double[bends.size()];
    int i = 0;
    for (var newest = bends.descendingIterator(); newest.hasNext(); i++) {
      var bend = newest.next();
      alpha[i] = VectorLoops.inner(bend.s, d) / bend.sy;
      add(-alpha[i], bend.y, d);
    }
    var last = bends.getLast();
    d = times(last.sy / VectorLoops.inner(last.y, last.y), d);
    for (var bend : bends) add(alpha[--i] - VectorLoops.inner(bend.y, d) / bend.sy, bend.s, d);
    return d;
  }

  /** Fills {@code next} and its gradient; returns the value there. */
  private static double search(
      Function f, double[] x, double value, double[] g, double[] d, double[] next, double[] ng) {
    double slope = VectorLoops.inner(g, d);
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double step = 1;
    double reached = value;
    for (int tries = 0; tries < 50; tries++) {
      for (int i = 0; i < x.length; i++) next[i] = x[i] + step * d[i];
      reached = f.at(next, ng);
      if (!(reached <= value + DECREASE * step * slope)) high = step;
      else if (VectorLoops.inner(ng, d) < CURVATURE * slope) low = step;
      else return reached;
      step = high < Double.POSITIVE_INFINITY ? (low + high) / 2 : 2 * low;
    }
    return reached;
  }

  private static void remember(ArrayDeque<Bend> bends, double[] s, double[] y) {
    double sy = VectorLoops.inner(s, y);
    if (sy <= 1e-12 * VectorLoops.inner(y, y)) return; // curved the wrong way, or not at all
    if (bends.size() == MEMORY) bends.removeFirst();
    bends.add(new Bend(s, y, sy));
  }

  private static double norm(double[] a) {
    return Math.sqrt(VectorLoops.inner(a, a));
  }

  private static void add(double factor, double[] a, double[] to) {
    for (int i = 0; i < a.length; i++) to[i] += factor * a[i];
  }

  private static double[] times(double factor, double[] a) {
    double[] b = new double[a.length];
    add(factor, a, b);
    return b;
  }
}
