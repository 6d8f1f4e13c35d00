package palette.data.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import palette.data.Preferences;
import palette.support.Seeds;

/**
 * What answers are like where a taste is behind them and items have vectors. By how much user u
 * prefers the one item of question j is
 *
 * <pre>m_j = z_j . mu + x_j . b_u + d_j,   b_u ~ N(0, S),   d_j ~ N(0, t),   P = sigmoid(m_j)</pre>
 *
 * with x the difference of the two vectors, z that of them and of their squares and products. What
 * all share (mu), how tastes differ (S) and what vectors do not say of a question (t; the same when
 * it comes again) are found by expectation maximisation; the chance of all answers of one user by
 * Laplace's approximation (Rasmussen and Williams 2006, algorithm 3.1).
 */
final class Tastes {
  private static final int MOST = 40; // questions of one user that are looked at
  private static final int WIDE = 16; // numbers of a vector; longer ones are projected at random
  private static final int STEPS = 40;
  private static final double STILL = 1e-4;
  private static final double LEAST = 1; // variance of m: alike in .59, where a coin is in .5

  private final List<Person> people = new ArrayList<>();
  private final double[][] vectors;
  private final int d;
  private final double[] mu;
  private final double[][] spread;
  private double rest = 1;

  /** Tastes behind the answers of each of {@code groups} users. */
  Tastes(Preferences answers, Asked asked, int groups) {
    vectors = vectors(answers);
    d = vectors[0].length;
    int[] rows = new int[groups];
    for (int u = 0; u < groups; u++) people.add(new Person());
    for (int pass = 0; pass < 2; pass++) { // what came again says most
      for (int cell = 0; cell < asked.size(); cell++) {
        var person = people.get(asked.user[cell]);
        boolean again = asked.low(cell) + asked.high(cell) > 1;
        if (again == (pass == 0) && rows[asked.user[cell]]++ < MOST)
          person.add(answers, asked, cell);
      }
    }
    people.removeIf(p -> p.xs.isEmpty()); // nothing was asked of them
    people.forEach(Person::settle);
    mu = new double[features(vectors[0]).length];
    spread = new double[d][d];
    for (int c = 0; c < d; c++) spread[c][c] = 2.0 / d;
  }

  // In units in which the difference of two vectors is about 1 long in each number.
  private static double[][] vectors(Preferences answers) {
    int wide = answers.items().dimension();
    double[][] onto = wide > WIDE ? new double[WIDE][wide] : null;
    if (onto != null) {
      var random = Seeds.stream(0, "projection");
      for (double[] row : onto) for (int c = 0; c < wide; c++) row[c] = random.nextGaussian();
    }
    double[][] vectors = new double[answers.items().size()][];
    double square = 0;
    for (int i = 0; i < vectors.length; i++) {
      float[] v = answers.items().vector(i);
      vectors[i] = new double[Math.min(wide, WIDE)];
      for (int k = 0; k < vectors[i].length; k++) {
        if (onto == null) vectors[i][k] = v[k];
        else for (int c = 0; c < wide; c++) vectors[i][k] += onto[k][c] * v[c];
        square += vectors[i][k] * vectors[i][k];
      }
    }
    double unit = Math.sqrt(square / vectors.length / Math.min(wide, WIDE)) + 1e-30;
    for (double[] v : vectors) for (int k = 0; k < v.length; k++) v[k] /= unit;
    return vectors;
  }

  /** A vector, its squares and its products: all that |f(x) - f(a)|^2 is made of. */
  private static double[] features(double[] v) {
    int d = v.length;
    double[] all = Arrays.copyOf(v, d + d * (d + 1) / 2);
    int at = d;
    for (int i = 0; i < d; i++) {
      for (int j = i; j < d; j++) all[at++] = v[i] * v[j];
    }
    return all;
  }

  /**
   * The chance of a user's answers over that of a coin, in nats; then what would move the model.
   */
  double evidence(int u) {
    return people.get(u).look();
  }

  /** Moves what all share towards what these users, each with its weight, say. */
  void learn(double[] weight) {
    double[] slope = new double[mu.length];
    double[][] curve = new double[mu.length][mu.length];
    double[][] second = new double[d][d];
    double all = 1e-9;
    double sum = 0;
    double questions = 1e-9;
    double length = 0;
    for (int u = 0; u < weight.length; u++) {
      var p = people.get(u);
      if (weight[u] < 1e-3 || p.n == 0) continue;
      p.mean(slope, curve, weight[u]);
      p.spread(second, weight[u]);
      sum += weight[u] * p.rest();
      for (double[] x : p.x) length += weight[u] * form(spread, x);
      questions += weight[u] * p.n;
      all += weight[u];
    }
    for (int c = 0; c < mu.length; c++) {
      curve[c][c] += 1;
      slope[c] -= mu[c];
    }
    double[] step = Cholesky.of(curve).solve(slope);
    for (int c = 0; c < mu.length; c++) mu[c] += step[c];
    for (int i = 0; i < d; i++) for (int j = 0; j < d; j++) spread[i][j] = second[i][j] / all;
    rest = Math.min(100, Math.max(sum / questions, LEAST - length / questions));
  }

  private static double form(double[][] s, double[] x) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) sum += x[i] * dot(s[i], x);
    return sum;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
    return sum;
  }

  /** One user's questions, and where their margins are. */
  private final class Person {
    private final List<double[]> xs = new ArrayList<>();
    private final List<double[]> zs = new ArrayList<>();
    private final List<int[]> given = new ArrayList<>();
    private int n;
    private double[][] x;
    private double[][] z;
    private double[] pull; // slope of the chance by each margin
    private double[][] hold; // (K + 1/W)^-1
    private double[] margin;

    private void add(Preferences answers, Asked asked, int cell) {
      int row = asked.row[cell];
      double[] low = vectors[Math.min(answers.chosen(row), answers.rejected(row))];
      double[] high = vectors[Math.max(answers.chosen(row), answers.rejected(row))];
      xs.add(minus(low, high));
      zs.add(minus(features(low), features(high)));
      given.add(new int[] {asked.low(cell), asked.low(cell) + asked.high(cell)});
    }

    private static double[] minus(double[] a, double[] b) {
      double[] c = a.clone();
      for (int i = 0; i < c.length; i++) c[i] -= b[i];
      return c;
    }

    private void settle() {
      n = xs.size();
      x = xs.toArray(double[][]::new);
      z = zs.toArray(double[][]::new);
      margin = new double[n];
    }

    /** Newton steps to the likeliest margins. */
    private double look() {
      double[] mean = new double[n];
      double[][] k = new double[n][n];
      for (int i = 0; i < n; i++) {
        mean[i] = dot(z[i], mu);
        double[] sx = times(spread, x[i]);
        for (int j = 0; j < n; j++) k[i][j] = dot(sx, x[j]) + (i == j ? rest : 0);
      }
      pull = new double[n];
      Cholesky b = null;
      double[] root = new double[n];
      double moved = 1;
      for (int step = 0; step < STEPS && moved > STILL; step++) {
        for (int i = 0; i < n; i++) {
          double s = 1 / (1 + Math.exp(-margin[i]));
          root[i] = Math.sqrt(Math.max(1e-10, given.get(i)[1] * s * (1 - s)));
          pull[i] =
              root[i] * root[i] * (margin[i] - mean[i]) + given.get(i)[0] - given.get(i)[1] * s;
        }
        b = Cholesky.of(scaled(k, root));
        double[] right = times(k, pull);
        for (int i = 0; i < n; i++) right[i] *= root[i];
        right = b.solve(right);
        for (int i = 0; i < n; i++) pull[i] -= root[i] * right[i];
        double[] next = times(k, pull);
        moved = 0;
        for (int i = 0; i < n; i++) {
          double by = Math.max(-4, Math.min(4, mean[i] + next[i] - margin[i]));
          moved = Math.max(moved, Math.abs(by));
          margin[i] += by;
        }
      }
      hold = new double[n][];
      for (int i = 0; i < n; i++) {
        double[] unit = new double[n];
        unit[i] = root[i];
        hold[i] = b.solve(unit);
        for (int j = 0; j < n; j++) hold[i][j] *= root[j];
      }
      double log = n == 0 ? 0 : -b.halfLogDeterminant();
      for (int i = 0; i < n; i++) {
        int[] g = given.get(i);
        log -= pull[i] * (margin[i] - mean[i]) / 2;
        log += g[1] * Math.log(2) - g[0] * soft(-margin[i]) - (g[1] - g[0]) * soft(margin[i]);
      }
      return log;
    }

    private static double soft(double m) {
      return Math.max(m, 0) + Math.log1p(Math.exp(-Math.abs(m)));
    }

    private void mean(double[] slope, double[][] curve, double weight) {
      for (int i = 0; i < n; i++) {
        for (int c = 0; c < slope.length; c++) slope[c] += weight * pull[i] * z[i][c];
      }
      sandwich(z, curve, weight);
    }

    /** Adds weight a' hold a. */
    private void sandwich(double[][] a, double[][] to, double weight) {
      int wide = to.length;
      for (int i = 0; i < n; i++) {
        double[] row = new double[wide];
        for (int j = 0; j < n; j++) for (int c = 0; c < wide; c++) row[c] += hold[i][j] * a[j][c];
        for (int e = 0; e < wide; e++) {
          for (int c = 0; c < wide; c++) to[e][c] += weight * a[i][e] * row[c];
        }
      }
    }

    private void spread(double[][] second, double weight) {
      double[] b = new double[d];
      double[][] sx = new double[n][];
      for (int i = 0; i < n; i++) {
        sx[i] = times(spread, x[i]);
        for (int c = 0; c < d; c++) b[c] += pull[i] * sx[i][c];
      }
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) second[i][j] += weight * (b[i] * b[j] + spread[i][j]);
      }
      sandwich(sx, second, -weight);
    }

    private double rest() {
      double sum = 0;
      for (int i = 0; i < n; i++) sum += rest + rest * rest * (pull[i] * pull[i] - hold[i][i]);
      return sum;
    }
  }

  private static double[] times(double[][] a, double[] b) {
    double[] c = new double[a.length];
    for (int i = 0; i < c.length; i++) c[i] = dot(a[i], b);
    return c;
  }

  /** root K root + 1. */
  private static double[][] scaled(double[][] k, double[] root) {
    double[][] b = new double[root.length][root.length];
    for (int i = 0; i < root.length; i++) {
      for (int j = 0; j < root.length; j++) b[i][j] = root[i] * k[i][j] * root[j];
      b[i][i] += 1;
    }
    return b;
  }

  /** The root of a positive definite matrix. */
  private record Cholesky(double[][] l) {
    static Cholesky of(double[][] a) {
      int n = a.length;
      double[][] l = new double[n][n];
      for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++) {
          double sum = a[i][j];
          for (int k = 0; k < j; k++) sum -= l[i][k] * l[j][k];
          l[i][j] = i == j ? Math.sqrt(sum) : sum / l[j][j];
        }
      }
      return new Cholesky(l);
    }

    double[] solve(double[] b) {
      double[] x = b.clone();
      for (int i = 0; i < x.length; i++) {
        for (int k = 0; k < i; k++) x[i] -= l[i][k] * x[k];
        x[i] /= l[i][i];
      }
      for (int i = x.length - 1; i >= 0; i--) {
        for (int k = i + 1; k < x.length; k++) x[i] -= l[k][i] * x[k];
        x[i] /= l[i][i];
      }
      return x;
    }

    double halfLogDeterminant() {
      double log = 0;
      for (int i = 0; i < l.length; i++) log += Math.log(l[i][i]);
      return log;
    }
  }
}
