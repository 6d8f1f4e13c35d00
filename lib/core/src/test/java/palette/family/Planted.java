package palette.family;

import java.util.SplittableRandom;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.reward.ByMargins;
import palette.reward.Scorer;
import palette.support.Seeds;

/**
 * Two camps that score thirty items each in their own way, and answer with random strength, with
 * ties by Davidson's model, with a bias for what stands first, or each at a temperature of their
 * own.
 */
record Planted(double variation, double position, double ties, double spread, boolean fixedSides) {
  static final int ITEMS = 30;

  static Planted world() {
    return new Planted(0, 0, 0, 0, false);
  }

  Planted variation(double changed) {
    return new Planted(changed, position, ties, spread, fixedSides);
  }

  Planted position(double changed, boolean fixed) {
    return new Planted(variation, changed, ties, spread, fixed);
  }

  Planted ties(double changed) {
    return new Planted(variation, position, changed, spread, fixedSides);
  }

  Planted spread(double changed) {
    return new Planted(variation, position, ties, changed, fixedSides);
  }

  static double score(int user, int item) {
    var random = Seeds.stream(user % 2, "score of " + item);
    return 1.5 * random.nextGaussian();
  }

  double temperature(int user) {
    return Math.exp(spread * Seeds.stream(7, "temperature of " + user).nextGaussian());
  }

  /** {@code fixedSides}: of two items the one with the even number stands first, where it can. */
  Preferences answers(int users, int each, long seed) {
    var random = Seeds.stream(seed, "planted");
    var builder = Preferences.builder();
    for (int u = 0; u < users; u++) {
      for (int n = 0; n < each; n++) {
        int i = random.nextInt(ITEMS);
        int j = (i + 1 + random.nextInt(ITEMS - 1)) % ITEMS;
        boolean turn = fixedSides && i % 2 == 1 && j % 2 == 0;
        answer(builder, u, turn ? j : i, turn ? i : j, random);
      }
    }
    return builder.build();
  }

  private void answer(
      palette.data.PreferencesBuilder into, int u, int first, int second, SplittableRandom random) {
    double margin = (score(u, first) - score(u, second) + position) / temperature(u);
    double t = strength(random) * margin;
    double chosen = Math.exp(t / 2);
    double rejected = Math.exp(-t / 2);
    double at = random.nextDouble() * (chosen + rejected + ties);
    boolean right = at < chosen;
    var answer =
        Comparison.of("u" + u, "i" + (right ? first : second), "i" + (right ? second : first));
    if (at >= chosen + rejected) into.tie(answer);
    else into.add(answer, 1, right ? 1 : 2, Double.NaN);
  }

  /** Gamma of mean 1, as a sum of exponentials: the variation is one over a whole number's root. */
  private double strength(SplittableRandom random) {
    if (variation == 0) return 1;
    int shape = (int) Math.round(1 / (variation * variation));
    double sum = 0;
    for (int k = 0; k < shape; k++) sum -= Math.log(1 - random.nextDouble());
    return sum / shape;
  }

  /** The true scores. */
  static Scorer truth() {
    return new ByMargins(
        "truth",
        answers -> {
          double[] margins = new double[answers.size()];
          for (int row = 0; row < margins.length; row++) {
            var c = answers.comparison(row);
            int u = number(c.user());
            margins[row] = score(u, number(c.chosen())) - score(u, number(c.rejected()));
          }
          return margins;
        });
  }

  static int number(String id) {
    return Integer.parseInt(id.substring(1));
  }
}
