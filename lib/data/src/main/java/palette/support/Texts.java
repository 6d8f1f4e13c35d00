package palette.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Numbers and tables as text, the same in every locale. */
public final class Texts {
  private Texts() {}

  /** {@code String.format} with a point as decimal sign wherever the reader lives. */
  public static String format(String pattern, Object... arguments) {
    return String.format(Locale.ROOT, pattern, arguments);
  }

  /** A count with its noun: {@code "1 user"}, {@code "1,200 users"}. */
  public static String count(long n, String noun) {
    return format("%,d %s", n, n == 1 ? noun : noun + "s");
  }

  /** The text, or its beginning and three dots: at most {@code most} characters. */
  public static String shortened(String text, int most) {
    if (text.length() <= most) return text;
    int end = most - 3;
    if (Character.isHighSurrogate(text.charAt(end - 1))) end--;
    return text.substring(0, end) + "...";
  }

  /** The first of n texts, and how many there are besides: {@code "a, b and 1,200 more"}. */
  public static String some(int n, int most, IntFunction<String> each) {
    var first = IntStream.range(0, Math.min(n, most)).mapToObj(each);
    String more = n > most ? format(" and %,d more", n - most) : "";
    return first.collect(Collectors.joining(", ")) + more;
  }

  /** A list with commas in lines of at most {@code width} characters, where its parts allow it. */
  public static List<String> folded(String list, int width) {
    var lines = new ArrayList<String>();
    for (var part : list.split("(?<=, )")) {
      int last = lines.size() - 1;
      if (last >= 0 && (lines.get(last) + part).strip().length() <= width) {
        lines.set(last, lines.get(last) + part);
      } else {
        lines.add(part);
      }
    }
    lines.replaceAll(String::strip);
    return lines;
  }

  /** A table with columns padded to their widest cell, header first. */
  public static String table(String caption, List<String> header, List<List<String>> rows) {
    var all = new ArrayList<List<String>>();
    all.add(header);
    all.addAll(rows);
    int[] widths = new int[header.size()];
    for (var row : all) {
      for (int c = 0; c < row.size(); c++) widths[c] = Math.max(widths[c], row.get(c).length());
    }
    var text = new StringBuilder(caption == null || caption.isEmpty() ? "" : caption + "\n");
    for (var row : all) {
      var line = new StringBuilder();
      for (int c = 0; c < row.size(); c++) {
        line.append(row.get(c)).append(" ".repeat(widths[c] - row.get(c).length() + 2));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString().stripTrailing();
  }
}
