package palette.data.check;

import java.util.Arrays;
import java.util.List;

/**
 * Three ways to answer, and how likely each is behind the answers of a group (a user, a question).
 * Likelihoods are those of the answers given the questions, against a coin's 1/2 each:
 *
 * <pre>
 * attitude   prod over questions  1/2 (q^a (1-q)^b + (1-q)^a q^b)      a, b answers either way
 * place      1/2 (f^a (1-f)^b + (1-f)^a f^b)      a chose what stood first, b what stood second
 * </pre>
 *
 * <p>Where items have vectors the first line is {@link Tastes}' instead, and no triads are looked
 * at, since a taste goes in no circles there. An attitude also goes in circles more rarely, in q
 * (1-q) of the triads where a coin does in 1/4: three answers, one of which is turned round. Triads
 * share answers, so all together count as those of them that are independent. The shares of the
 * three among groups and q, f are found by expectation maximisation (Dempster, Laird and Rubin
 * 1977), with one group each as prior.
 */
final class Manners {
  private static final int ROUNDS = 200;
  private static final int TASTING = 20; // rounds of what takes longer
  private static final int FEW = 8; // answers to one question, of which the values are kept
  private static final double STILL = 1e-7;

  private final Signs[] groups;
  private final Tastes tastes;
  final double[][] chances; // of each group: attitude, coin, place
  private double[] shares = {0.8, 0.1, 0.1};
  private double q = 0.9;
  private double f = 0.95;
  private final double[][] ways = new double[FEW][FEW]; // either at q
  private final double[][] meant = new double[FEW][FEW]; // direction at q

  Manners(Signs[] groups) {
    this(groups, null);
  }

  /** The same where tastes show behind the groups; null where nothing has vectors. */
  Manners(Signs[] groups, Tastes tastes) {
    this.groups = groups;
    this.tastes = tastes;
    chances = new double[groups.length][3];
    double before = 0;
    int rounds = tastes == null ? ROUNDS : TASTING;
    for (int round = 0; round < rounds && Math.abs(state() - before) > STILL; round++) {
      before = state();
      tabulate();
      for (int g = 0; g < groups.length; g++) chances[g] = chances(g);
      learn();
      if (tastes != null) {
        tastes.learn(Arrays.stream(chances).mapToDouble(c -> c[0]).toArray());
      }
    }
  }

  // Nearly all questions come again once or twice, and a million of them do.
  private void tabulate() {
    for (int a = 0; a < FEW; a++) {
      for (int b = 0; b < FEW; b++) {
        ways[a][b] = either(a, b, q);
        meant[a][b] = direction(a, b, q);
      }
    }
  }

  private double state() {
    return q + f + shares[0] + 2 * shares[1];
  }

  private double[] chances(int g) {
    double[] logs = {attitude(g), 0, place(groups[g])};
    double top = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < 3; k++) top = Math.max(top, logs[k] += Math.log(shares[k]));
    double sum = 0;
    for (int k = 0; k < 3; k++) sum += logs[k] = Math.exp(logs[k] - top);
    for (int k = 0; k < 3; k++) logs[k] /= sum;
    return logs;
  }

  private double attitude(int g) {
    var s = groups[g];
    double log = tastes == null ? 0 : tastes.evidence(g);
    for (int[] n : tastes == null ? s.again : List.<int[]>of()) {
      boolean few = n[0] < FEW && n[1] < FEW;
      log += few ? ways[n[0]][n[1]] : either(n[0], n[1], q);
    }
    if (tastes == null && s.triads > 0) {
      double worth = Math.min(1, s.independent / (double) s.triads);
      log += worth * s.circles * Math.log(4 * q * (1 - q));
      log += worth * (s.triads - s.circles) * Math.log((1 - q * (1 - q)) / 0.75);
    }
    return log;
  }

  private double place(Signs s) {
    return either(s.first, s.second, f);
  }

  /** log of 1/2 (p^a (1-p)^b + (1-p)^a p^b) over the coin's 2^-(a+b). */
  private static double either(int a, int b, double p) {
    double x = a * Math.log(2 * p) + b * Math.log(2 * (1 - p));
    double y = b * Math.log(2 * p) + a * Math.log(2 * (1 - p));
    return Math.max(x, y) + Math.log1p(Math.exp(-Math.abs(x - y))) - Math.log(2);
  }

  /** The chance that of both directions the one with a answers is meant. */
  private static double direction(int a, int b, double p) {
    return 1 / (1 + Math.pow((1 - p) / p, a - b));
  }

  private double meant(int a, int b) {
    return a < FEW && b < FEW ? meant[a][b] : direction(a, b, q);
  }

  // ------------------------------------------------------------------------------------- learning

  private void learn() {
    double[] members = {1, 1, 1};
    var steady = new Count();
    var placed = new Count();
    for (int g = 0; g < groups.length; g++) {
      for (int k = 0; k < 3; k++) members[k] += chances[g][k];
      for (int[] n : groups[g].again) steady.add(n[0], n[1], meant(n[0], n[1]), chances[g][0]);
      int first = groups[g].first;
      int second = groups[g].second;
      placed.add(first, second, direction(first, second, f), chances[g][2]);
    }
    for (int k = 0; k < 3; k++) shares[k] = members[k] / (groups.length + 3);
    q = steady.all > 0 ? steady.within(0.7) : byCircles();
    f = placed.within(0.8);
  }

  /** Where no question came again: the q whose q (1-q) is the share of circles. */
  private double byCircles() {
    double circles = 1; // of twenty, before any are seen
    double triads = 20;
    for (int g = 0; g < groups.length; g++) {
      circles += chances[g][0] * groups[g].circles;
      triads += chances[g][0] * groups[g].triads;
    }
    return Math.max(0.7, (1 + Math.sqrt(Math.max(0, 1 - 4 * circles / triads))) / 2);
  }

  private static final class Count {
    private double right;
    private double all;

    private void add(int a, int b, double meant, double share) {
      right += share * (meant * a + (1 - meant) * b);
      all += share * (a + b);
    }

    /** The share with two right answers of three before any; never sure, never below the least. */
    private double within(double least) {
      return Math.min(0.995, Math.max(least, (right + 2) / (all + 3)));
    }
  }
}
