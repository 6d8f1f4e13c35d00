package palette.support;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * What a lesson needs beside the kit: claims that are tested, sentences with numbers, means.
 *
 * <pre>{@code
 * import static palette.support.Lesson.*;
 *
 * say("One reward predicts %.2f of the answers.", accuracy);
 * check(accuracy > 0.7, "better than a coin");
 * }</pre>
 */
public final class Lesson {
  private Lesson() {}

  /**
   * Tests a claim.
   *
   * @throws IllegalStateException if it does not hold, which stops the notebook
   */
  public static void check(boolean holds, String claim) {
    if (!holds) throw new IllegalStateException("Not so: " + claim);
  }

  /** Prints a sentence with its numbers, as {@link String#format} has them, in English. */
  public static void say(String sentence, Object... numbers) {
    System.out.println(Texts.format(sentence, numbers));
  }

  /** Mean of some values; NaN of none. */
  public static double mean(double... values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /** Mean of a value for each of 0 to n - 1. */
  public static double mean(int n, IntToDoubleFunction each) {
    double sum = 0;
    for (int i = 0; i < n; i++) sum += each.applyAsDouble(i);
    return sum / n;
  }

  /** No reports of progress from here on: a lesson has many short fits. */
  public static void quiet() {
    Progress.listen(Progress.SILENT);
  }
}
