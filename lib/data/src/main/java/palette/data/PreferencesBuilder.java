package palette.data;

import java.util.List;
import palette.data.io.IntColumn;
import palette.support.Checks;

/** Collects comparisons one by one; ids get positions in the order they are met. */
public final class PreferencesBuilder {
  private final Catalog.Builder users = Catalog.builder();
  private final Catalog.Builder prompts = Catalog.builder();
  private final Catalog.Builder items = Catalog.builder();
  private final Rows answers = new Rows();
  private final Rows ties = new Rows();
  private final IntColumn weights = new IntColumn(); // the bits of floats
  private final Presentation.Builder shown = new Presentation.Builder();
  private boolean anyPrompt;
  private boolean anyWeight;

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

  /** Gives a prompt its text, before or after it is used. */
  public PreferencesBuilder prompt(String id, String text) {
    prompts.add(id, text);
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
   * if nobody knows; {@code seconds} that the answer took, NaN if nobody knows.
   */
  public PreferencesBuilder add(Comparison comparison, double weight, int place, double seconds) {
    Checks.require(place >= 0 && place <= 2, "place", "1 (first), 2 (second) or 0", place);
    Checks.require(!(seconds < 0 || seconds > 1e30), "seconds", "at least 0, or NaN", seconds);
    Checks.require(isWeight(weight), "weight", "a number from 1e-30 to 1e30", weight);
    add(answers, comparison);
    weights.add(Float.floatToIntBits((float) weight));
    anyWeight |= weight != 1;
    shown.add(place, seconds);
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
    var tied = ties.build(who, asked, what, null, Presentation.UNKNOWN, null);
    if (tied.size() == 0) tied = null;
    return answers.build(who, asked, what, weights(), shown.build(), tied);
  }

  private float[] weights() {
    if (!anyWeight) return null;
    int[] bits = weights.toArray();
    float[] values = new float[bits.length];
    for (int i = 0; i < bits.length; i++) values[i] = Float.intBitsToFloat(bits[i]);
    return values;
  }

  private final class Rows {
    private final IntColumn user = new IntColumn();
    private final IntColumn prompt = new IntColumn();
    private final IntColumn chosen = new IntColumn();
    private final IntColumn rejected = new IntColumn();

    private Preferences build(
        Catalog who,
        Catalog asked,
        Catalog what,
        float[] weight,
        Presentation shown,
        Preferences tied) {
      int[] prompts = anyPrompt ? prompt.toArray() : null;
      var rows =
          new Answers(user.toArray(), prompts, chosen.toArray(), rejected.toArray(), weight, shown);
      return new Preferences(who, asked, what, rows, tied, List.of());
    }
  }
}
