package palette.support;

import java.util.Collection;

/** Argument checks. Each message names the option, what was expected and what was found. */
public final class Checks {
  private Checks() {}

  /** The text, if there is one and it is not blank: an id, a name. */
  public static String named(String name, String text) {
    require(text != null && !text.isBlank(), name, "a name that is not empty", quoted(text));
    return text;
  }

  private static String quoted(String text) {
    return text == null ? "none" : "'" + text + "'";
  }

  /** The value, if it is at least {@code least}. */
  public static int atLeast(int least, String name, int value) {
    require(value >= least, name, "a whole number of at least " + least, value);
    return value;
  }

  /** The value, if it is finite and greater than zero. */
  public static double positive(String name, double value) {
    require(value > 0 && Double.isFinite(value), name, "a number greater than 0", value);
    return value;
  }

  /** The value, if it is finite and not negative. */
  public static double notNegative(String name, double value) {
    require(value >= 0 && Double.isFinite(value), name, "a number of at least 0", value);
    return value;
  }

  /** The value, if it lies in [low, high]. */
  public static double within(double low, double high, String name, double value) {
    require(value >= low && value <= high, name, "a number from " + low + " to " + high, value);
    return value;
  }

  /** The value, if it lies strictly between 0 and 1. */
  public static double fraction(String name, double value) {
    require(value > 0 && value < 1, name, "a fraction between 0 and 1", value);
    return value;
  }

  /** The value, if it is not null. */
  public static <T> T present(String name, T value) {
    require(value != null, name, "a value", "null");
    return value;
  }

  /** The collection, if it is neither null nor empty. */
  public static <T extends Collection<?>> T notEmpty(String name, T values) {
    require(values != null && !values.isEmpty(), name, "at least one entry", values);
    return values;
  }

  /** Throws {@link IllegalArgumentException} "name: expected ..., found ..." unless it holds. */
  public static void require(boolean holds, String name, String expected, Object found) {
    if (!holds) {
      throw new IllegalArgumentException(
          name + ": expected " + expected + ", found " + found + ".");
    }
  }
}
