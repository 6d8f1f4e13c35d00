package palette.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
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
  public record Bin(double low, double high, int answers, double said, double right) {

    private List<String> cells() {
      return List.of(
          Texts.format("%.2f to %.2f", low, high),
          Texts.format("%,d", answers),
          Texts.format("%.3f", said),
          Texts.format("%.3f", right));
    }
  }

  /** By the log odds of what was chosen. */
  static Calibration of(double[] logOdds) {
    double[] sure = Arrays.stream(logOdds).map(o -> Links.logistic(Math.abs(o))).toArray();
    return of(0.5, sure, Arrays.stream(logOdds).map(Units::hit).toArray());
  }

  /** By the probability of something, from {@code least} up, and whether it was so (1) or not. */
  static Calibration of(double least, double[] sure, double[] hits) {
    int[] answers = new int[BINS];
    double[] said = new double[BINS];
    double[] right = new double[BINS];
    double width = (1 - least) / BINS;
    for (int i = 0; i < sure.length; i++) {
      int b = Math.min(BINS - 1, (int) ((sure[i] - least) / width));
      answers[b]++;
      said[b] += sure[i];
      right[b] += hits[i];
    }
    var bins = new ArrayList<Bin>();
    double error = 0;
    for (int b = 0; b < BINS; b++) {
      error += Math.abs(right[b] - said[b]) / sure.length;
      if (answers[b] > 0) bins.add(bin(least + b * width, width, answers[b], said[b], right[b]));
    }
    return new Calibration(List.copyOf(bins), error);
  }

  private static Bin bin(double low, double width, int answers, double said, double right) {
    return new Bin(low, low + width, answers, said / answers, right / answers);
  }

  /** All answers as one bin. */
  public Bin all() {
    int n = bins.stream().mapToInt(Bin::answers).sum();
    double said = bins.stream().mapToDouble(b -> b.answers * b.said).sum();
    double right = bins.stream().mapToDouble(b -> b.answers * b.right).sum();
    return bin(bins.get(0).low, bins.get(bins.size() - 1).high - bins.get(0).low, n, said, right);
  }

  @Override
  public Sheet sheet() {
    var rows = bins.stream().map(Bin::cells).toList();
    var header = List.of("probability", "answers", "said", "right");
    return new Sheet(Texts.format("Calibration error %.3f", error), header, rows);
  }

  @Override
  public String toString() {
    return text();
  }
}
