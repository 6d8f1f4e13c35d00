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
    return withUsers(asked(all), all.users().size(), all::user);
  }

  /** The same whoever was asked: one number for a prompt and two items in either order. */
  public static int[] asked(Preferences all) {
    long[] keys = new long[all.size()];
    long items = all.items().size();
    for (int row = 0; row < keys.length; row++) {
      int low = Math.min(all.chosen(row), all.rejected(row));
      keys[row] = low * items + Math.max(all.chosen(row), all.rejected(row));
    }
    int[] pairs = dense(keys);
    long prompts = all.prompts().size() + 1L;
    for (int row = 0; row < keys.length; row++) {
      keys[row] = pairs[row] * prompts + all.prompt(row) + 1;
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
    return withUsers(asked, all.users().size(), all::user);
  }

  /** The user and the item of each row as one number. */
  public static int[] of(Judgements all) {
    int[] items = new int[all.size()];
    Arrays.setAll(items, all::item);
    return withUsers(items, all.users().size(), all::user);
  }

  private static int[] withUsers(int[] asked, long users, IntUnaryOperator user) {
    long[] keys = new long[asked.length];
    for (int row = 0; row < keys.length; row++) {
      keys[row] = asked[row] * users + user.applyAsInt(row);
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
