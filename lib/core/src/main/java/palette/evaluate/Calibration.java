package palette.evaluate;

import java.util.ArrayList;
import java.util.List;
import palette.numeric.Links;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;

/**
 * Whether a model that says 80 % is right in 80 % of the cases. Answers fall into ten bins by the
 * probability that the model gives to its own guess, from .5 (no idea) to 1 (sure). {@code error}
 * is the expected calibration error, {@code sum_b n_b / n |right_b - said_b|} (Guo et al. 2017). It
 * is an estimate from finitely many answers and so a little above zero for a perfect model, too.
 */
public record Calibration(List<Bin> bins, double error) implements Tabled {
  private static final int BINS = 10;

  /** Answers whose guess had a probability in [low, high): what was said and how often right. */
  public record Bin(double low, double high, int answers, double said, double right) {}

  static Calibration of(double[] margins, double temperature) {
    int[] answers = new int[BINS];
    double[] said = new double[BINS];
    double[] right = new double[BINS];
    for (double margin : margins) {
      double confidence = Links.logistic(Math.abs(margin) / temperature);
      int b = Math.min(BINS - 1, (int) ((confidence - 0.5) * 2 * BINS));
      answers[b]++;
      said[b] += confidence;
      right[b] += Units.hit(margin);
    }
    var bins = new ArrayList<Bin>();
    double error = 0;
    for (int b = 0; b < BINS; b++) {
      error += Math.abs(right[b] - said[b]) / margins.length;
      if (answers[b] > 0) bins.add(bin(b, answers[b], said[b], right[b]));
    }
    return new Calibration(List.copyOf(bins), error);
  }

  private static Bin bin(int b, int answers, double said, double right) {
    double width = 0.5 / BINS;
    return new Bin(
        0.5 + b * width, 0.5 + (b + 1) * width, answers, said / answers, right / answers);
  }

  @Override
  public Sheet sheet() {
    return new Sheet(caption(), header(), rows());
  }

  @Override
  public String toString() {
    return text();
  }

  private String caption() {
    return Texts.format("Calibration error %.3f", error);
  }

  private List<String> header() {
    return List.of("probability", "answers", "said", "right");
  }

  private List<List<String>> rows() {
    return bins.stream()
        .map(
            b ->
                List.of(
                    Texts.format("%.2f to %.2f", b.low, b.high),
                    Texts.format("%,d", b.answers),
                    Texts.format("%.3f", b.said),
                    Texts.format("%.3f", b.right)))
        .toList();
  }
}
