package palette.data;

import palette.data.PreferencesBuilder.Answers;

/**
 * How the questions of {@link Preferences} were put, where somebody wrote it down: which item stood
 * first and how long the answer took. {@code AnswerQuality} looks at it, and losses that learn what
 * standing first is worth. A column is null where nothing of it is known.
 */
public final class Presentation {
  static final Presentation UNKNOWN = new Presentation(null, null);

  static final int TIE = 4; // what an outcome has more for a tie

  private final int[] place; // 1: the chosen item stood first, 2: second, 0: unknown; 4 more: tie
  private final float[] seconds; // NaN: unknown

  Presentation(int[] place, float[] seconds) {
    this.place = place;
    this.seconds = seconds;
  }

  /** Whether the place is known of any row. */
  public boolean hasPlaces() {
    return place != null;
  }

  /** Whether the time is known of any row. */
  public boolean hasSeconds() {
    return seconds != null;
  }

  /** Where a row's chosen item stood: 1 first (or left), 2 second, 0 unknown. */
  public int place(int row) {
    return outcome(row) & ~TIE;
  }

  /**
   * The same, with what {@link #isTie} knows it by where a row is a tie ({@link
   * Preferences#withTiedRows}).
   */
  public int outcome(int row) {
    return place == null ? 0 : place[row];
  }

  /** Whether an outcome is that of a tie. */
  public static boolean isTie(int outcome) {
    return (outcome & TIE) != 0;
  }

  /** How long a row's answer took; NaN: unknown. */
  public double seconds(int row) {
    return seconds == null ? Double.NaN : seconds[row];
  }

  Presentation select(int[] rows) {
    int[] places = place == null ? null : Answers.pick(place, rows);
    return new Presentation(places, Answers.pick(seconds, rows));
  }
}
