package palette.data.check;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import palette.data.Catalog;
import palette.data.Preferences;
import palette.support.Seeds;

/**
 * What answers are like where a taste is behind them and items have vectors. By how much user u
 * prefers the one item of question j is
 *
 * <pre>m_j = z_j . mu + x_j . b_u + d_j,   b_u ~ N(0, S),   d_j ~ N(0, t),   P = sigmoid(m_j)</pre>
 *
 * with x the difference of the two vectors, z that of them and of their squares and products, all
 * that |f(x) - f(a)|^2 is made of where f is linear. What all share (mu), how tastes differ (S) and
 * what vectors do not say of a question (t; the same when it comes again) are found by expectation
 * maximisation; the chance of all answers of one user by Laplace's approximation (Rasmussen and
 * Williams 2006, algorithm 3.1).
 */
final class Tastes {
  private static final int MOST = 40; // questions of one user that are looked at
  private static final int WIDE = 16; // numbers of a vector; longer ones are projected at random
  private static final int STEPS = 40;
  private static final double STILL = 1e-4;
  private static final double LEAST = 1; // variance of m: alike in .59, where a coin is in .5
  private static final double MOST_REST = 100;

  private final Catalog items;
  private final double[][] onto; // the projection, scale and all
  private final List<Person> people = new ArrayList<>();
  private RealVector mu;
  private RealMatrix spread;
  private double rest = 1;

  /** Tastes behind the answers of each user who gave any, in order. */
  Tastes(Preferences answers, Asked asked) {
    items = answers.items();
    onto = projection(items);
    var cells = new ArrayList<List<Integer>>();
    for (int u = 0; u < answers.users().size(); u++) cells.add(new ArrayList<>());
    for (int c = 0; c < asked.size(); c++) if (asked.again(c)) cells.get(asked.user[c]).add(c);
    for (int c = 0; c < asked.size(); c++) if (!asked.again(c)) cells.get(asked.user[c]).add(c);
    for (var own : cells) {
      if (!own.isEmpty()) people.add(new Person(answers, asked, own));
    }
    int d = onto.length;
    mu = MatrixUtils.createRealVector(new double[d + d * (d + 1) / 2]);
    spread = MatrixUtils.createRealIdentityMatrix(d).scalarMultiply(2.0 / d);
  }

  /** So that a number of what is left of a vector is about 1. */
  private static double[][] projection(Catalog items) {
    int wide = items.dimension();
    double square = 0;
    for (int i = 0; i < items.size(); i++) for (float v : items.vector(i)) square += v * v;
    double unit = Math.sqrt(square / items.size()) + 1e-30;
    double[][] onto = new double[Math.min(wide, WIDE)][wide];
    var random = Seeds.stream(0, "projection");
    for (int k = 0; k < onto.length; k++) {
      for (int c = 0; wide > WIDE && c < wide; c++) onto[k][c] = random.nextGaussian() / unit;
      if (wide <= WIDE) onto[k][k] = Math.sqrt(wide) / unit;
    }
    return onto;
  }

  /** An item's numbers, then their squares and products. */
  private double[] features(int item) {
    float[] v = items.vector(item);
    int d = onto.length;
    double[] all = new double[d + d * (d + 1) / 2];
    for (int k = 0; k < d; k++) for (int c = 0; c < v.length; c++) all[k] += onto[k][c] * v[c];
    int at = d;
    for (int i = 0; i < d; i++) for (int j = i; j < d; j++) all[at++] = all[i] * all[j];
    return all;
  }

  /** The chance of a user's answers over that of a coin, in nats. */
  double evidence(int person) {
    return people.get(person).look();
  }

  /** Moves what all share towards what these users, as they were looked at, say by their weight. */
  void learn(double[] weight) {
    int p = mu.getDimension();
    var slope = mu.mapMultiply(-1); // a prior N(0, 1) on mu
    var curve = MatrixUtils.createRealIdentityMatrix(p);
    var second = spread.scalarMultiply(1e-9);
    double all = 1e-9;
    double questions = 1e-9;
    double unsaid = 0;
    double said = 0;
    for (int u = 0; u < weight.length; u++) {
      var one = people.get(u);
      double w = weight[u];
      if (w < 1e-3) continue;
      slope = slope.add(one.z.preMultiply(one.pull).mapMultiply(w));
      curve = curve.add(one.z.transpose().multiply(one.hold).multiply(one.z).scalarMultiply(w));
      var sx = one.x.multiply(spread);
      var b = sx.preMultiply(one.pull);
      var seen = sx.transpose().multiply(one.hold).multiply(sx);
      second = second.add(b.outerProduct(b).add(spread).subtract(seen).scalarMultiply(w));
      int n = one.all.length;
      unsaid += w * rest * (n + rest * (one.pull.dotProduct(one.pull) - one.hold.getTrace()));
      said += w * sx.multiply(one.x.transpose()).getTrace();
      questions += w * n;
      all += w;
    }
    mu = mu.add(root(curve).getSolver().solve(slope));
    spread = second.scalarMultiply(1 / all);
    rest = Math.min(MOST_REST, Math.max(unsaid / questions, LEAST - said / questions));
  }

  private static CholeskyDecomposition root(RealMatrix a) {
    return new CholeskyDecomposition(a, 1e-6, 0);
  }

  private static double soft(double m) {
    return Math.max(m, 0) + Math.log1p(Math.exp(-Math.abs(m)));
  }

  /** One user's questions, and where their margins are. */
  private final class Person {
    private final double[] low; // how often the first was chosen
    private final double[] all;
    private final RealMatrix x;
    private final RealMatrix z;
    private final RealVector margin;
    private RealVector pull; // K^-1 (margin - mean)
    private RealMatrix hold; // (K + 1/W)^-1, with W the curvature of the answers

    private Person(Preferences answers, Asked asked, List<Integer> cells) {
      int n = Math.min(MOST, cells.size());
      double[][] differences = new double[n][];
      low = new double[n];
      all = new double[n];
      for (int i = 0; i < n; i++) {
        int row = asked.row[cells.get(i)];
        differences[i] = features(Math.min(answers.chosen(row), answers.rejected(row)));
        double[] other = features(Math.max(answers.chosen(row), answers.rejected(row)));
        for (int c = 0; c < other.length; c++) differences[i][c] -= other[c];
        low[i] = asked.low(cells.get(i));
        all[i] = low[i] + asked.high(cells.get(i));
      }
      z = MatrixUtils.createRealMatrix(differences);
      x = z.getSubMatrix(0, n - 1, 0, onto.length - 1);
      margin = MatrixUtils.createRealVector(new double[n]);
    }

    /** Newton steps to the likeliest margins, from where they were; then the chance of it all. */
    private double look() {
      int n = all.length;
      var mean = z.operate(mu);
      var one = MatrixUtils.createRealIdentityMatrix(n);
      var k = x.multiply(spread).multiply(x.transpose()).add(one.scalarMultiply(rest));
      CholeskyDecomposition found = null;
      RealMatrix w = null;
      double moved = 1;
      for (int step = 0; step < STEPS && moved > STILL; step++) {
        double[] roots = new double[n];
        pull = MatrixUtils.createRealVector(new double[n]);
        for (int i = 0; i < n; i++) {
          double m = margin.getEntry(i);
          double s = 1 / (1 + Math.exp(-m));
          double curvature = Math.max(1e-10, all[i] * s * (1 - s));
          roots[i] = Math.sqrt(curvature);
          pull.setEntry(i, curvature * (m - mean.getEntry(i)) + low[i] - all[i] * s);
        }
        w = MatrixUtils.createRealDiagonalMatrix(roots);
        found = root(w.multiply(k).multiply(w).add(one));
        pull = pull.subtract(w.operate(found.getSolver().solve(w.operate(k.operate(pull)))));
        var by = mean.add(k.operate(pull)).subtract(margin);
        for (int i = 0; i < n; i++) margin.addToEntry(i, Math.max(-4, Math.min(4, by.getEntry(i))));
        moved = by.getLInfNorm();
      }
      hold = w.multiply(found.getSolver().getInverse()).multiply(w);
      double log = -pull.dotProduct(margin.subtract(mean)) / 2;
      var triangle = found.getL();
      for (int i = 0; i < n; i++) {
        double m = margin.getEntry(i);
        log -= Math.log(triangle.getEntry(i, i));
        log += all[i] * Math.log(2) - low[i] * soft(-m) - (all[i] - low[i]) * soft(m);
      }
      return log;
    }
  }
}
