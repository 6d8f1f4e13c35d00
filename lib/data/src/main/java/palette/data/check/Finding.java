package palette.data.check;

import palette.support.Texts;

/**
 * One thing that a look at the data found: what it is, which rows show it, what to do about it.
 *
 * @param kind the sort of trap
 * @param part "train", "test", or "data" where there is one part only
 * @param what one sentence with its numbers
 * @param rows all rows of that part that show it, ascending, from 0; of judgements, judgements
 * @param next one sentence, what to do
 */
public record Finding(Kind kind, String part, String what, int[] rows, String next) {

  /** The sorts of traps. */
  public enum Kind {
    /** A user's answer that is there before: same pair, same winner. */
    REPEATED,
    /** A user's pair that is there the other way round. */
    SWAPPED_TWIN,
    /** A test pair that others answered in training. */
    SAME_PAIR,
    /** A test item that training knows, by its normalised text. */
    SAME_ITEM,
    /** A test prompt that training knows, by its normalised text. */
    SAME_PROMPT,
    /** A test item close to another one of training, by vectors. */
    NEAR_ITEM,
    /** One text, normalised, under several ids. */
    TWO_IDS,
    /** A pair whose texts differ in formatting alone. */
    SAME_TEXT,
    /** Formatting that predicts the winner. */
    FORMAT,
    /** The place where an item was shown predicts the winner. */
    POSITION,
    /** Items that no chain of comparisons connects. */
    DISCONNECTED,
    /** Users with few answers. */
    FEW_ANSWERS,
    /** Users who give one answer whatever is asked. */
    ONE_SIDED
  }

  private static final int NAMED = 8;

  public Finding {
    rows = rows.clone();
  }

  @Override
  public int[] rows() {
    return rows.clone();
  }

  /** The first rows by number and how many there are besides. */
  public String named() {
    if (rows.length == 0) return part;
    String first = Texts.some(rows.length, NAMED, i -> "" + rows[i]);
    return part + (rows.length == 1 ? " row " : " rows ") + first;
  }

  @Override
  public String toString() {
    return kind + " (" + named() + "): " + what + " " + next;
  }
}
