package palette.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import palette.data.Catalog;
import palette.numeric.Simplex;
import palette.numeric.VectorLoops;
import palette.reward.PrototypeModel;
import palette.support.Checks;
import palette.support.Html;
import palette.support.Rendered;
import palette.support.Texts;

/**
 * What tells the prototypes apart, in the items' own words. The score of item x for prototype k is
 * {@code r_k(x) - mean_j r_j(x)}, r_k the reward at weight 1 on k, less the mean of that over the
 * items: what all prototypes like says nothing about any of them, and a reward that is added to all
 * items of a prototype changes no preference. With a single prototype the reward itself is the
 * score.
 *
 * @param name of the model
 * @param entries by prototype, then by falling score
 */
public record PrototypeTexts(String name, List<Entry> entries) implements Rendered {
  private static final int SHOWN = 70;
  private static final List<String> HEADER =
      List.of("prototype", "likes, against the others", "score", "text");

  /** An item among the first ({@code more}) or last of a prototype (counted from 1). */
  public record Entry(int prototype, boolean more, String item, String text, double score) {}

  static PrototypeTexts of(PrototypeModel model, String prompt, Catalog items, int n) {
    Checks.atLeast(1, "n", n);
    Checks.require(items.size() > 0, "items", "at least one", "none");
    double[][] scores = scores(model, prompt, items.ids());
    var entries = new ArrayList<Entry>();
    for (int k = 0; k < scores.length; k++) collect(entries, k, scores[k], items, n);
    return new PrototypeTexts(model.name(), List.copyOf(entries));
  }

  private static double[][] scores(PrototypeModel model, String prompt, List<String> ids) {
    int k = model.prototypes();
    double[][] scores = new double[k][];
    for (int j = 0; j < k; j++) {
      double[] alone = Simplex.vertex(model.prior().center().length, j);
      scores[j] = model.rewards(alone, prompt, ids);
    }
    if (k == 1) return scores;
    VectorLoops.center(scores);
    for (double[] row : scores) center(row);
    return scores;
  }

  private static void center(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    for (int i = 0; i < values.length; i++) values[i] -= mean;
  }

  private static void collect(List<Entry> entries, int k, double[] scores, Catalog items, int n) {
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -scores[i]))
            .mapToInt(i -> i)
            .toArray();
    int above = Math.min(n, (order.length + 1) / 2);
    int below = Math.min(n, order.length / 2);
    for (int r = 0; r < order.length; r++) {
      boolean more = r < above;
      if (!more && r < order.length - below) continue;
      int i = order[r];
      entries.add(new Entry(k + 1, more, items.id(i), items.text(i), scores[i]));
    }
  }

  @Override
  public String text() {
    return Texts.table(caption(), HEADER, rows(SHOWN));
  }

  @Override
  public String html() {
    return Html.table(caption(), HEADER, rows(Integer.MAX_VALUE));
  }

  @Override
  public String toString() {
    return text();
  }

  private String caption() {
    return "What tells the prototypes of " + name + " apart";
  }

  private List<List<String>> rows(int longest) {
    var rows = new ArrayList<List<String>>();
    for (var e : entries) {
      String score = Texts.format("%+.2f", e.score);
      String side = e.more ? "more" : "less";
      rows.add(Arrays.asList("" + e.prototype, side, score, cut(e.text, longest)));
    }
    return rows;
  }

  private static String cut(String text, int longest) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= longest ? line : line.substring(0, longest - 1) + "…";
  }
}
