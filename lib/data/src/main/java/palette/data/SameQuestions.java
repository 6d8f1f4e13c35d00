package palette.data;

import java.util.Arrays;
import java.util.HashMap;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;

/**
 * Which rows ask the same of the same user: one number for a user, a prompt and two items in either
 * order. Made by sorting primitive keys, so that a million rows take a fraction of a second.
 */
public final class SameQuestions {
  private static final Pattern TURN = Pattern.compile("/\\d+$");

  private SameQuestions() {}

  /** The question of each row, numbered from 0 without gaps. */
  public static int[] of(Preferences all) {
    return with(asked(all), all::user, all.users().size());
  }

  /** The same whoever was asked: one number for a prompt and two items in either order. */
  public static int[] asked(Preferences all) {
    int[] pairs = pairs(all.size(), all::chosen, all::rejected, all.items().size());
    return with(pairs, row -> all.prompt(row) + 1, all.prompts().size() + 1L);
  }

  /** The same whatever the prompt: one number for two of so many items in either order. */
  public static int[] pairs(int rows, IntUnaryOperator a, IntUnaryOperator b, long items) {
    long[] keys = new long[rows];
    for (int row = 0; row < rows; row++) {
      int one = a.applyAsInt(row);
      int two = b.applyAsInt(row);
      keys[row] = Math.min(one, two) * items + Math.max(one, two);
    }
    return dense(keys);
  }

  /**
   * The user and the conversation of each row as one number. Prompts whose ids differ in the number
   * behind a last slash alone are turns of one conversation; any other is one by itself.
   */
  static int[] conversations(Preferences all) {
    var numbers = new HashMap<String, Integer>();
    int[] talks = new int[all.prompts().size()];
    for (int p = 0; p < talks.length; p++) {
      String talk = TURN.matcher(all.prompts().id(p)).replaceFirst("");
      talks[p] = numbers.computeIfAbsent(talk, id -> numbers.size() + 1);
    }
    int[] asked = new int[all.size()];
    for (int row = 0; row < asked.length; row++) {
      asked[row] = all.prompt(row) < 0 ? 0 : talks[all.prompt(row)];
    }
    return with(asked, all::user, all.users().size());
  }

  /** The user and the item of each row as one number. */
  public static int[] of(Judgements all) {
    int[] items = new int[all.size()];
    Arrays.setAll(items, all::item);
    return with(items, all::user, all.users().size());
  }

  /** One number for each number of a row and another of it, below so many. */
  public static int[] with(int[] numbers, IntUnaryOperator other, long many) {
    long[] keys = new long[numbers.length];
    for (int row = 0; row < keys.length; row++) {
      keys[row] = numbers[row] * many + other.applyAsInt(row);
    }
    return dense(keys);
  }

  /** 0, 1, ... for the keys in their order, equal numbers for equal keys. */
  public static int[] dense(long[] keys) {
    long[] sorted = keys.clone();
    Arrays.sort(sorted);
    int n = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (n == 0 || sorted[i] != sorted[n - 1]) sorted[n++] = sorted[i];
    }
    int[] ids = new int[keys.length];
    for (int i = 0; i < ids.length; i++) ids[i] = Arrays.binarySearch(sorted, 0, n, keys[i]);
    return ids;
  }

  /** How many different numbers there are in a dense column. */
  public static int count(int[] dense) {
    int most = -1;
    for (int id : dense) most = Math.max(most, id);
    return most + 1;
  }
}
