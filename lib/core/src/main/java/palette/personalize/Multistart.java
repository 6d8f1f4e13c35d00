package palette.personalize;

import static palette.numeric.VectorLoops.inner;
import static palette.numeric.VectorLoops.minus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import palette.numeric.MarginLoss;
import palette.numeric.Newton;
import palette.numeric.Simplex;
import palette.reward.Link;
import palette.reward.PrototypeModel.Prior;
import palette.reward.WeightMargins;
import palette.support.Seeds;

/**
 * The same loss as {@link Newton}'s where the margins are not linear in w and there may be many
 * optima: projected gradient steps (Barzilai-Borwein lengths, made shorter until the loss falls)
 * from the prior's center, from each vertex and from random points; the best end counts.
 */
record Multistart(WeightMargins evidence, double temperature, MarginLoss loss, Prior prior) {
  private static final int STARTS = 12; // or one more than there are vertices
  private static final int STEPS = 300;
  private static final double STILL = 1e-8;
  private static final double SAME = 1e-3;

  static Multistart of(WeightMargins evidence, Link link, Prior prior) {
    var loss = link.over(Evidence.outcomes(evidence));
    return new Multistart(evidence, link.temperature(), loss, prior);
  }

  /** The best weights and how many different optima were seen on the way. */
  record Best(double[] weights, Certificate certificate) {}

  /** Where one descent ended. */
  private record End(double[] weights, double loss) {}

  Best solve() {
    var optima = new ArrayList<End>();
    End best = null;
    var points = points();
    for (double[] start : points) {
      End end = descend(start);
      if (best == null || end.loss < best.loss) best = end;
      boolean known =
          optima.stream().anyMatch(seen -> farthest(minus(seen.weights, end.weights)) <= SAME);
      if (!known) optima.add(end);
    }
    return new Best(best.weights, Certificate.tried(points.size(), optima.size()));
  }

  private List<double[]> points() {
    int columns = evidence.columns();
    var points = new ArrayList<double[]>();
    points.add(prior.center().clone());
    for (int k = 0; k < columns; k++) points.add(Simplex.vertex(columns, k));
    var random = Seeds.stream(0, "starts");
    while (points.size() < STARTS) points.add(Simplex.random(columns, random));
    return points;
  }

  private End descend(double[] w) {
    double[] g = new double[w.length];
    double loss = loss(w, g);
    double length = 1 / (1 + Math.sqrt(inner(g, g)));
    for (int n = 0; n < STEPS && farthest(minus(towards(w, g, 1), w)) > STILL; n++) {
      double[] next = towards(w, g, length);
      double[] there = new double[w.length];
      double nextLoss = loss(next, there);
      for (int i = 0; i < 40 && nextLoss > loss + 1e-4 * inner(g, minus(next, w)); i++) {
        length /= 2;
        next = towards(w, g, length);
        nextLoss = loss(next, there);
      }
      if (nextLoss >= loss) break;
      double[] step = minus(next, w);
      double squares = inner(step, step);
      double curved = inner(step, minus(there, g));
      length = curved > 1e-12 * squares ? squares / curved : 2 * length;
      w = next;
      g = there;
      loss = nextLoss;
    }
    return new End(w, loss);
  }

  private static double[] towards(double[] w, double[] g, double length) {
    double[] x = new double[w.length];
    for (int k = 0; k < x.length; k++) x[k] = w[k] - length * g[k];
    return Simplex.project(x);
  }

  private static double farthest(double[] moved) {
    return Arrays.stream(moved).map(Math::abs).max().orElse(0);
  }

  private double loss(double[] w, double[] g) {
    double sum = 0;
    for (int k = 0; k < w.length; k++) {
      double away = w[k] - prior.center()[k];
      sum += prior.strength() / 2 * away * away;
      g[k] = prior.strength() * away;
    }
    int n = evidence.size();
    double[][] rows = new double[n][w.length];
    double[] margins = new double[n];
    double[] weights = new double[n];
    double[] slopes = new double[n];
    for (int j = 0; j < n; j++) {
      margins[j] = Evidence.slope(evidence, j, w, temperature, rows[j]);
      weights[j] = evidence.weight(j);
    }
    sum += loss.sum(margins, weights, n, slopes, new double[n]);
    for (int j = 0; j < n; j++) {
      for (int k = 0; k < w.length; k++) g[k] += weights[j] * slopes[j] * rows[j][k];
    }
    return sum;
  }
}
