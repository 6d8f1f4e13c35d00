package palette.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import palette.data.Preferences;
import palette.personalize.Localizer;
import palette.reward.ByMargins;
import palette.reward.IdealPoints;
import palette.reward.Scorer;
import palette.reward.WeightMargins;
import palette.support.Provenance;

/**
 * An ideal-point model without training: prototypes, weights and items are given.
 *
 * @param items the items' places by id
 */
public record FakePal(
    String name,
    double[][] prototypePoints,
    Map<String, double[]> given,
    Map<String, double[]> items)
    implements IdealPoints {

  @Override
  public double[] margins(Preferences answers) {
    double[] margins = new double[answers.size()];
    for (int row = 0; row < margins.length; row++) {
      var c = answers.comparison(row);
      if (!knows(c.user())) throw new IllegalArgumentException("unknown user " + c.user());
      double[] both = rewards(c.user(), null, List.of(c.chosen(), c.rejected()));
      margins[row] = both[0] - both[1];
    }
    return margins;
  }

  @Override
  public double temperature() {
    return 1;
  }

  @Override
  public boolean knows(String user) {
    return given.containsKey(user);
  }

  @Override
  public double[] rewards(String user, String prompt, List<String> ids) {
    return rewards(weights(user), prompt, ids);
  }

  @Override
  public double[] rewards(double[] weights, String prompt, List<String> ids) {
    double[] ideal = mix(weights);
    double[] rewards = new double[ids.size()];
    for (int i = 0; i < rewards.length; i++) {
      double[] x = items.get(ids.get(i));
      for (int a = 0; a < ideal.length; a++) rewards[i] -= Math.pow(x[a] - ideal[a], 2);
    }
    return rewards;
  }

  @Override
  public int prototypes() {
    return prototypePoints.length;
  }

  @Override
  public List<String> users() {
    return new ArrayList<>(given.keySet());
  }

  @Override
  public double[] weights(String user) {
    return given.get(user);
  }

  @Override
  public double[] idealPoint(String user) {
    return mix(weights(user));
  }

  private double[] mix(double[] weights) {
    double[] ideal = new double[prototypePoints[0].length];
    for (int k = 0; k < weights.length; k++) {
      for (int a = 0; a < ideal.length; a++) ideal[a] += weights[k] * prototypePoints[k][a];
    }
    return ideal;
  }

  @Override
  public double[][] itemPoints(List<String> ids) {
    return ids.stream().map(items::get).toArray(double[][]::new);
  }

  @Override
  public Scorer place(Preferences answersOfOne) {
    return Localizer.of(this).fit(answersOfOne);
  }

  @Override
  public Scorer population() {
    return new ByMargins(
        "population",
        answers -> {
          double[] same = new double[answers.size()];
          java.util.Arrays.fill(same, -1);
          return same;
        });
  }

  @Override
  public Prior prior() {
    double[] center = new double[prototypes()];
    java.util.Arrays.fill(center, 1.0 / center.length);
    return new Prior(center, 1, false);
  }

  @Override
  public WeightMargins byWeight(Preferences answers) {
    double[][] rows = new double[answers.size()][prototypes()];
    for (int j = 0; j < rows.length; j++) {
      var c = answers.comparison(j);
      for (int k = 0; k < rows[j].length; k++) {
        double[] alone = new double[rows[j].length];
        alone[k] = 1;
        double[] both = rewards(alone, null, List.of(c.chosen(), c.rejected()));
        rows[j][k] = both[0] - both[1];
      }
    }
    return WeightMargins.linear(rows, null, prototypes());
  }

  @Override
  public Provenance provenance() {
    return new Provenance(Map.of(), Map.of());
  }

  @Override
  public String text() {
    return name;
  }

  @Override
  public String html() {
    return name;
  }
}
