package palette.data.check;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import palette.data.Preferences;
import palette.data.Split;
import palette.support.Checks;
import palette.support.Rendered;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;

/**
 * An evaluation set parted into what training has met and what it has not, so that both can be
 * evaluated apart. Users do not matter, and texts are compared without case, white space,
 * formatting and (from three words on) punctuation, so that the two sets may come from different
 * files.
 *
 * <pre>{@code
 * var byItem = Leakage.of(split).byItem();
 * Evaluation.of(model, byItem.leaked());
 * Evaluation.of(model, byItem.clean());
 * }</pre>
 */
public final class Leakage implements Tabled {
  private final Preferences test;
  private final Overlap overlap;

  private Leakage(Preferences train, Preferences test) {
    this.test = test;
    overlap = new Overlap(train, test);
  }

  /** Of the test part of a split. */
  public static Leakage of(Split<Preferences> split) {
    return of(split.train(), split.test());
  }

  /** Of any two sets. */
  public static Leakage of(Preferences train, Preferences test) {
    return new Leakage(Checks.present("train", train), Checks.present("test", test));
  }

  /** Leaked: rows whose pair, in either order and of the same prompt, training has. */
  public Parts byPair() {
    return parts("by pair", overlap.pairs());
  }

  /** Leaked: rows of which training has one item or both. */
  public Parts byItem() {
    return parts("by item", overlap.items());
  }

  /**
   * Leaked: rows of which training has an item, or one within a distance of it by vectors, {@code
   * |a - b| / max(|a|, |b|)}. Looks at every pair of items: n m d multiplications, in blocks.
   *
   * @throws IllegalArgumentException where the items of a set have no vectors, or of other lengths
   */
  public Parts byItem(double distance) {
    Checks.within(0, 2, "distance", distance);
    Checks.require(
        overlap.comparable(), "items", "vectors of one length in both parts", "none or others");
    var rows = IntStream.of(overlap.near(overlap.near(distance)));
    var all = IntStream.concat(IntStream.of(overlap.items()), rows);
    return parts(Texts.format("by item within %.2f", distance), all.toArray());
  }

  /** Leaked: rows whose prompt training has. */
  public Parts byPrompt() {
    return parts("by prompt", overlap.askedPrompts());
  }

  private Parts parts(String rule, int[] rows) {
    var leaked = new BitSet();
    for (int row : rows) leaked.set(row);
    return new Parts(rule, test.where(leaked::get), test.where(row -> !leaked.get(row)));
  }

  @Override
  public Sheet sheet() {
    return new Sheet(
        "Leakage of " + Texts.count(test.size(), "row"),
        List.of("", "leaked", "share", "clean"),
        List.of(byPair().row(), byItem().row(), byPrompt().row()));
  }

  @Override
  public String toString() {
    return text();
  }

  /**
   * The two parts; without ties.
   *
   * @param rule what counts as leaked
   * @param leaked what training has met
   * @param clean what it has not
   */
  public record Parts(String rule, Preferences leaked, Preferences clean) implements Rendered {

    @Override
    public String toString() {
      var row = row();
      String all = Texts.count(leaked.size() + clean.size(), "row");
      return Texts.format(
          "Leakage %s: %s of %s leaked (%s), %s clean.",
          rule, row.get(1), all, row.get(2), row.get(3));
    }

    private List<String> row() {
      double share = 100.0 * leaked.size() / Math.max(1, leaked.size() + clean.size());
      return List.of(
          rule,
          Texts.format("%,d", leaked.size()),
          Texts.format("%.1f %%", share),
          Texts.format("%,d", clean.size()));
    }
  }
}
