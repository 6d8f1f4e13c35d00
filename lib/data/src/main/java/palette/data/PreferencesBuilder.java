package palette.data;

import it.unimi.dsi.fastutil.floats.FloatArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import palette.support.Checks;

/** Collects comparisons one by one; ids get positions in the order they are met. */
public final class PreferencesBuilder {
  private final Catalog.Builder users = Catalog.builder();
  private final Catalog.Builder prompts = Catalog.builder();
  private final Catalog.Builder items = Catalog.builder();
  private final Rows answers = new Rows();
  private final Rows ties = new Rows();
  private final FloatArrayList weights = new FloatArrayList();
  private final IntArrayList places = new IntArrayList();
  private final FloatArrayList seconds = new FloatArrayList();
  private boolean anyPrompt;
  private boolean anyWeight;
  private boolean anyPlace;
  private boolean anySeconds;

  PreferencesBuilder() {}

  /** Gives an item its text, before or after it is compared. */
  public PreferencesBuilder item(String id, String text) {
    items.add(id, text);
    return this;
  }

  String itemText(String id) {
    return items.textOf(id);
  }

  String promptText(String id) {
    return prompts.textOf(id);
  }

  String userText(String id) {
    return users.textOf(id);
  }

  /** Gives a prompt its text, before or after it is used. */
  public PreferencesBuilder prompt(String id, String text) {
    prompts.add(id, text);
    return this;
  }

  /** Gives a user a text, their own words or a description, before or after they answer. */
  public PreferencesBuilder user(String id, String text) {
    users.add(id, text);
    return this;
  }

  /** Adds an answer. */
  public PreferencesBuilder add(Comparison comparison) {
    return add(comparison, 1);
  }

  // Weights are floats, which know neither 1e39 nor 1e-46.
  static boolean isWeight(double weight) {
    return weight >= 1e-30 && weight <= 1e30;
  }

  /** Adds an answer that is {@code weight} answers' worth of evidence, 1e-30 to 1e30. */
  public PreferencesBuilder add(Comparison comparison, double weight) {
    return add(comparison, weight, 0, Double.NaN);
  }

  /**
   * The same with how it was asked: {@code place} 1 if the chosen item stood first, 2 if second, 0
   * if nobody knows; {@code time} in seconds that the answer took, NaN if nobody knows.
   */
  public PreferencesBuilder add(Comparison comparison, double weight, int place, double time) {
    Checks.require(place >= 0 && place <= 2, "place", "1 (first), 2 (second) or 0", place);
    Checks.require(!(time < 0 || time > 1e30), "seconds", "at least 0, or NaN", time);
    Checks.require(isWeight(weight), "weight", "a number from 1e-30 to 1e30", weight);
    add(answers, comparison);
    weights.add((float) weight);
    places.add(place);
    seconds.add((float) time);
    anyWeight |= weight != 1;
    anyPlace |= place != 0;
    anySeconds |= !Double.isNaN(time);
    return this;
  }

  /** Adds a pair between which the user saw no difference; which is chosen has no meaning. */
  public PreferencesBuilder tie(Comparison comparison) {
    add(ties, comparison);
    return this;
  }

  private void add(Rows rows, Comparison c) {
    rows.user.add(users.add(c.user()));
    rows.prompt.add(c.prompt() == null ? -1 : prompts.add(c.prompt()));
    rows.chosen.add(items.add(c.chosen()));
    rows.rejected.add(items.add(c.rejected()));
    anyPrompt |= c.prompt() != null;
  }

  /** Everything so far. */
  public Preferences build() {
    var who = users.build();
    var asked = prompts.build();
    var what = items.build();
    var tied = ties.columns(null, Presentation.UNKNOWN);
    var shown =
        new Presentation(
            anyPlace ? places.toIntArray() : null, anySeconds ? seconds.toFloatArray() : null);
    var rows = answers.columns(anyWeight ? weights.toFloatArray() : null, shown);
    boolean none = ties.user.isEmpty();
    var apart = none ? null : new Preferences(who, asked, what, tied, null, List.of());
    return new Preferences(who, asked, what, rows, apart, List.of());
  }

  private final class Rows {
    private final IntArrayList user = new IntArrayList();
    private final IntArrayList prompt = new IntArrayList();
    private final IntArrayList chosen = new IntArrayList();
    private final IntArrayList rejected = new IntArrayList();

    private Answers columns(float[] weight, Presentation shown) {
      return new Answers(
          user.toIntArray(),
          anyPrompt ? prompt.toIntArray() : null,
          chosen.toIntArray(),
          rejected.toIntArray(),
          weight,
          shown);
    }
  }

  /**
   * The columns of {@link Preferences}: positions in catalogs, one row an answer. {@code prompt} is
   * null where no row has one (else -1 in rows without), {@code weight} null where every row weighs
   * 1.
   */
  record Answers(
      int[] user, int[] prompt, int[] chosen, int[] rejected, float[] weight, Presentation shown) {

    Answers select(int[] rows) {
      return new Answers(
          pick(user, rows),
          prompt == null ? null : pick(prompt, rows),
          pick(chosen, rows),
          pick(rejected, rows),
          pick(weight, rows),
          shown.select(rows));
    }

    Answers withTied(Answers ties) {
      int n = user.length;
      int all = n + ties.user.length;
      int[] outcomes =
          IntStream.range(0, all).map(i -> i < n ? shown.place(i) : Presentation.TIE).toArray();
      float[] weights = weight == null ? null : Arrays.copyOf(weight, all);
      if (weights != null) Arrays.fill(weights, n, all, 1);
      return new Answers(
          join(user, ties.user),
          prompt == null ? null : join(prompt, ties.prompt),
          join(chosen, ties.chosen),
          join(rejected, ties.rejected),
          weights,
          new Presentation(outcomes, null));
    }

    private static int[] join(int[] a, int[] b) {
      return IntStream.concat(Arrays.stream(a), Arrays.stream(b)).toArray();
    }

    static int[] pick(int[] column, int[] rows) {
      int[] picked = new int[rows.length];
      for (int i = 0; i < rows.length; i++) picked[i] = column[rows[i]];
      return picked;
    }

    /** The same of a column that may be null. */
    static float[] pick(float[] column, int[] rows) {
      if (column == null) return null;
      float[] picked = new float[rows.length];
      for (int i = 0; i < rows.length; i++) picked[i] = column[rows[i]];
      return picked;
    }
  }
}
