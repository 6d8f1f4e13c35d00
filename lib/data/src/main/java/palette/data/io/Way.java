package palette.data.io;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import palette.support.InputException;

/**
 * One way to take a file: what for, the call that does so, and its doing. {@code remark} is what
 * else is to be known of it, or empty.
 */
public record Way<T>(String what, String call, String remark, Supplier<T> reading) {

  /** What is noted beside what was read. */
  public String note() {
    return "Taken for " + what + ": " + call + "." + (remark.isEmpty() ? "" : " " + remark);
  }

  /** Reads; where that fails, what the file was taken for is told as well. */
  public T read() {
    try {
      return reading.get();
    } catch (InputException e) {
      System.err.println(note());
      throw e;
    }
  }

  /** The only way, if it is one. */
  public static <T> Way<T> only(String file, List<Way<T>> ways) {
    if (ways.size() == 1) return ways.get(0);
    throw ambiguous(file, "one way to take it", ways.size() + " ways", calls(ways));
  }

  private static <T> String calls(List<Way<T>> ways) {
    return ways.stream().map(w -> w.call + " for " + w.what).collect(Collectors.joining("; "));
  }

  /** What to throw where only the caller knows; the choices are calls or their beginnings. */
  public static InputException ambiguous(
      String file, String expected, String found, String choices) {
    return new InputException(file, expected, found, "Say which: " + choices + ".");
  }
}
