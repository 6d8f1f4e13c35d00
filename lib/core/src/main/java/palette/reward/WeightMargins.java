package palette.reward;

import java.util.function.Function;
import palette.data.Preferences;
import palette.numeric.VectorLoops;

/**
 * The margins m_j(w) of a batch of answers as functions of the weights w. Where a model is a basis
 * they are linear, m_j(w) = sum_k w_k row_j[k]; else they come with gradients.
 */
public interface WeightMargins {

  /** Number of answers. */
  int size();

  /** Number of weights. */
  int columns();

  /** Whether every margin is linear in w, so that localization is convex. */
  boolean linear();

  /** m_j(w); when {@code gradient} is not null it receives dm_j/dw. */
  double margin(int j, double[] w, double[] gradient);

  /** How much evidence answer j is, in answers. */
  double weight(int j);

  /** How answer j came about, as {@link Link} has it; 0 where there is nothing to say. */
  default int outcome(int j) {
    return 0;
  }

  /** All margins at w. */
  default double[] at(double[] w) {
    double[] margins = new double[size()];
    for (int j = 0; j < margins.length; j++) margins[j] = margin(j, w, null);
    return margins;
  }

  /** Each answer's margin at the weights of its user, by their id. */
  default double[] at(Preferences answers, Function<String, double[]> weights) {
    double[][] known = new double[answers.users().size()][];
    double[] margins = new double[size()];
    for (int j = 0; j < margins.length; j++) {
      int u = answers.user(j);
      if (known[u] == null) known[u] = weights.apply(answers.users().id(u));
      margins[j] = margin(j, known[u], null);
    }
    return margins;
  }

  /** Margins that are linear in w: row j holds the margin of each prototype. */
  static WeightMargins linear(double[][] rows, double[] weights, int columns) {
    return new Linear(rows, weights, null, columns);
  }

  /** Rows of numbers; without weights or outcomes where those are null. */
  record Linear(double[][] rows, double[] weights, int[] outcomes, int columns)
      implements WeightMargins {

    @Override
    public int size() {
      return rows.length;
    }

    @Override
    public boolean linear() {
      return true;
    }

    @Override
    public double margin(int j, double[] w, double[] gradient) {
      double margin = VectorLoops.inner(rows[j], w);
      if (gradient != null) System.arraycopy(rows[j], 0, gradient, 0, columns);
      return margin;
    }

    @Override
    public double weight(int j) {
      return weights == null ? 1 : weights[j];
    }

    @Override
    public int outcome(int j) {
      return outcomes == null ? 0 : outcomes[j];
    }
  }
}
