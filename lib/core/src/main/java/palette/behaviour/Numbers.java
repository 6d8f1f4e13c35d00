package palette.behaviour;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.StatUtils;
import palette.support.Texts;

/** What the tables and curves of this package share. */
final class Numbers {
  private Numbers() {}

  /** The same values less their mean, over their standard deviation; zeros where all are equal. */
  static double[] standard(double[] values) {
    double mean = StatUtils.mean(values);
    double variance = StatUtils.populationVariance(values);
    return Arrays.stream(values)
        .map(v -> (v - mean) / Math.sqrt(variance > 0 ? variance : 1))
        .toArray();
  }

  /** The share of pairs that both put in one order; one that only one of them orders is a half. */
  static double agreement(double[] a, double[] b) {
    double apart = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < i; j++) {
        apart += Math.abs(Math.signum(a[i] - a[j]) - Math.signum(b[i] - b[j])) / 2;
      }
    }
    return 1 - apart / (a.length * (a.length - 1.0) / 2);
  }

  static List<String> row(String name, double... values) {
    var row = new ArrayList<>(List.of(name));
    for (double value : values) row.add(Texts.format("%.3f", value));
    return row;
  }
}
