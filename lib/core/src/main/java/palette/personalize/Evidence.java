package palette.personalize;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import palette.reward.WeightMargins;
import palette.support.InputException;

/** Parts and sums of {@link WeightMargins}, and their rows as the solvers want them. */
final class Evidence {
  private Evidence() {}

  /** n answers of a batch, answer i being its answer {@code row(i)}. */
  static WeightMargins select(WeightMargins all, int n, IntUnaryOperator row) {
    return new View(n, all.columns(), all.linear(), j -> all, row);
  }

  /** First the answers of one, then those of the other. */
  static WeightMargins join(WeightMargins first, WeightMargins then) {
    int n = first.size();
    boolean linear = first.linear() && then.linear();
    return new View(
        n + then.size(),
        first.columns(),
        linear,
        j -> j < n ? first : then,
        j -> j < n ? j : j - n);
  }

  /** Answer j is answer row(j) of the batch of(j). */
  private record View(
      int size, int columns, boolean linear, IntFunction<WeightMargins> of, IntUnaryOperator row)
      implements WeightMargins {

    @Override
    public double margin(int j, double[] w, double[] gradient) {
      return of.apply(j).margin(row.applyAsInt(j), w, gradient);
    }

    @Override
    public double weight(int j) {
      return of.apply(j).weight(row.applyAsInt(j));
    }

    @Override
    public int outcome(int j) {
      return of.apply(j).outcome(row.applyAsInt(j));
    }
  }

  /** The means of so many margins each, one after another, that weigh the same. */
  static WeightMargins means(WeightMargins all, int each, double weight) {
    return new Means(all, each, all.size() / each, all.columns(), all.linear(), weight);
  }

  private record Means(
      WeightMargins all, int each, int size, int columns, boolean linear, double weight)
      implements WeightMargins {

    @Override
    public double margin(int j, double[] w, double[] gradient) {
      double[] one = gradient == null ? null : new double[gradient.length];
      if (gradient != null) Arrays.fill(gradient, 0);
      double sum = 0;
      for (int i = j * each; i < (j + 1) * each; i++) {
        sum += all.margin(i, w, one);
        for (int k = 0; one != null && k < one.length; k++) gradient[k] += one[k] / each;
      }
      return sum / each;
    }

    @Override
    public double weight(int j) {
      return weight;
    }
  }

  /** How all answers came about. */
  static int[] outcomes(WeightMargins all) {
    return IntStream.range(0, all.size()).map(all::outcome).toArray();
  }

  /** m_j at w over the temperature; dm_j/dw over the temperature is written to {@code into}. */
  static double slope(WeightMargins all, int j, double[] w, double temperature, double[] into) {
    double margin = all.margin(j, w, into);
    boolean finite = Double.isFinite(margin);
    for (int k = 0; k < all.columns(); k++) {
      finite &= Double.isFinite(into[k]);
      into[k] /= temperature;
    }
    if (!finite) {
      throw new InputException(
          "answer " + (j + 1),
          "finite margins",
          "" + margin,
          "Look for NaN or huge numbers in the vectors of its items.");
    }
    return margin / temperature;
  }
}
