package palette.evaluate;

import java.util.Arrays;
import palette.data.Preferences;
import palette.numeric.Links;
import palette.numeric.VectorLoops;

/** Sums of an evaluation per user, in catalog order: what figures and resamples are made of. */
record Units(String[] ids, double[] answers, double[] hits, double[] losses, double[] briers) {

  /** One unit per user who answered. */
  static Units byUser(Preferences test, double[] margins, double[] logOdds) {
    var ids = test.answering();
    int[] unit = new int[test.users().size()];
    for (int i = 0; i < ids.size(); i++) unit[test.users().indexOf(ids.get(i))] = i;
    var units = empty(ids.toArray(String[]::new));
    for (int row = 0; row < margins.length; row++) {
      units.add(unit[test.user(row)], margins[row], logOdds[row]);
    }
    return units;
  }

  /** One unit per answer: the only way to resample where there is but one user. */
  static Units byAnswer(double[] margins, double[] logOdds) {
    var units = empty(new String[margins.length]);
    for (int row = 0; row < margins.length; row++) units.add(row, margins[row], logOdds[row]);
    return units;
  }

  private static Units empty(String[] ids) {
    int n = ids.length;
    return new Units(ids, new double[n], new double[n], new double[n], new double[n]);
  }

  private void add(int unit, double margin, double logOdds) {
    double missed = Links.logistic(-logOdds);
    answers[unit]++;
    hits[unit] += hit(margin);
    losses[unit] += Links.logLoss(logOdds);
    briers[unit] += missed * missed;
  }

  /** Right, wrong, or a coin flip. */
  static double hit(double margin) {
    return margin > 0 ? 1 : margin < 0 ? 0 : 0.5;
  }

  /** By how much each unit's losses are above those of the same answers by another model. */
  Units lossesAbove(Units other) {
    return new Units(ids, answers, hits, VectorLoops.minus(losses, other.losses), briers);
  }

  int size() {
    return ids.length;
  }

  double total() {
    return Arrays.stream(answers).sum();
  }

  /** A pooled mean: every answer counts the same. */
  double pooled(double[] sums) {
    return Arrays.stream(sums).sum() / total();
  }

  double[] means(double[] sums) {
    double[] means = new double[sums.length];
    for (int i = 0; i < means.length; i++) means[i] = sums[i] / answers[i];
    return means;
  }

  /** A mean of means: every unit counts the same. */
  double macro(double[] sums) {
    return Arrays.stream(means(sums)).average().orElse(Double.NaN);
  }
}
