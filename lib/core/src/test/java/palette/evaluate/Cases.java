package palette.evaluate;

import java.util.ArrayList;
import java.util.List;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.reward.ByMargins;
import palette.reward.Scorer;

/** Small tests and models made by hand. */
final class Cases {
  private Cases() {}

  /** Ann answers five times, Bob twice, Cem once. */
  static final Preferences THREE = answers("ann", 5, "bob", 2, "cem", 1);

  /** Ann: three of five right; Bob and Cem: all right. Pooled 6/8, mean (.6 + 1 + 1) / 3. */
  static final double[] THREE_MARGINS = {1, 2, 3, -1, -2, 1, .5, 4};

  static Preferences answers(Object... userAndCount) {
    var rows = new ArrayList<Comparison>();
    for (int i = 0; i < userAndCount.length; i += 2) {
      for (int j = 0; j < (int) userAndCount[i + 1]; j++) {
        rows.add(Comparison.of((String) userAndCount[i], "left " + j, "right " + j));
      }
    }
    return Preferences.of(rows);
  }

  /** A model that answers with these margins, in order. */
  static Scorer scorer(String name, double... margins) {
    return new ByMargins(
        name,
        answers -> {
          if (answers.size() != margins.length) throw new AssertionError("not this test");
          return margins.clone();
        });
  }

  static List<Double> list(double... values) {
    var all = new ArrayList<Double>();
    for (double v : values) all.add(v);
    return all;
  }
}
