package palette.family;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import palette.data.Catalog;
import palette.data.Comparison;
import palette.data.Preferences;
import palette.engine.Tensor;
import palette.fit.BasisModel;
import palette.fit.Fitted;
import palette.reward.PrototypeModel.Prior;
import palette.support.Provenance;

/** A model of given numbers, as golden cases want one: a user "u", items "chosen0", "nothing". */
final class Given {
  private Given() {}

  /** An item for each vector, and "nothing", whose vector is 0. */
  static Catalog items(double[][] x) {
    var ids = new ArrayList<String>();
    float[][] vectors = new float[x.length + 1][x[0].length];
    for (int i = 0; i < x.length; i++) {
      ids.add("chosen" + i);
      for (int c = 0; c < x[i].length; c++) vectors[i][c] = (float) x[i][c];
    }
    ids.add("nothing");
    return Catalog.of(ids, vectors);
  }

  /** Each of these items, whose vectors are differences, is preferred to nothing. */
  static Preferences answers(int n) {
    var answers = new ArrayList<Comparison>();
    for (int i = 0; i < n; i++) answers.add(Comparison.of("u", "chosen" + i, "nothing"));
    return Preferences.of(answers);
  }

  static BasisModel model(
      BasisSpec spec, double[][] x, Map<String, Tensor> learned, Prior prior, double temperature) {
    return new BasisModel(
        new Fitted(
            spec.prototypes(prior.center().length),
            Catalog.of(List.of("u")),
            items(x),
            Catalog.empty(),
            learned,
            prior,
            temperature,
            null,
            null,
            Provenance.now(Map.of())));
  }

  /** A matrix, turned. */
  static Tensor turned(double[][] m) {
    double[] flat = new double[m.length * m[0].length];
    for (int i = 0; i < flat.length; i++) flat[i] = m[i % m.length][i / m.length];
    return Tensor.of(flat, m[0].length, m.length);
  }
}
