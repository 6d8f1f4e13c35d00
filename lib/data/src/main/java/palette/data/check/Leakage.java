package palette.data.check;

import java.util.BitSet;
import java.util.List;
import palette.data.Preferences;
import palette.data.Split;
import palette.support.Checks;
import palette.support.Html;
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
    var leaked = new BitSet();
    for (int row : overlap.items()) leaked.set(row);
    for (int row : overlap.near(overlap.near(distance))) leaked.set(row);
    return parts(Texts.format("by item within %.2f", distance), leaked.stream().toArray());
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
    public String text() {
      return Texts.format(
          "Leakage %s: %,d of %s leaked (%s), %,d clean.",
          rule, leaked.size(), Texts.count(all(), "row"), share(), clean.size());
    }

    private List<String> row() {
      var met = Texts.format("%,d", leaked.size());
      return List.of(rule, met, share(), Texts.format("%,d", clean.size()));
    }

    private String share() {
      return Texts.format("%.1f %%", all() == 0 ? 0.0 : 100.0 * leaked.size() / all());
    }

    private int all() {
      return leaked.size() + clean.size();
    }

    @Override
    public String html() {
      return "<p>" + Html.escape(text()) + "</p>";
    }

    @Override
    public String toString() {
      return text();
    }
  }
}
