package palette.data.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import palette.data.Answered;
import palette.data.check.Finding.Kind;
import palette.support.Texts;

/** What was found in the rows of one part, in the order of looking. */
final class Findings {
  final List<Finding> all = new ArrayList<>();
  private final String part;
  private final int size;

  Findings(Answered<?> rows, String part) {
    this.part = part;
    this.size = rows.size();
  }

  /** The rows for which the test holds. */
  int[] rows(IntPredicate test) {
    return IntStream.range(0, size).filter(test).toArray();
  }

  /** The rows that have the number, from 0, of a row before them. */
  int[] again(IntUnaryOperator number) {
    var met = new BitSet();
    return rows(
        row -> {
          int n = number.applyAsInt(row);
          boolean before = met.get(n);
          met.set(n);
          return before;
        });
  }

  /** One finding more, if any row shows it. */
  void add(Kind kind, int[] rows, String what, String next) {
    if (rows.length > 0) all.add(new Finding(kind, part, what, rows, next));
  }

  /** The same in a sentence that says what the rows do, the verb first and in the plural. */
  void doing(Kind kind, int[] rows, String does, String next) {
    int end = does.indexOf(' ');
    String verb = does.substring(0, end);
    String one = verb.equals("are") ? "is" : verb.equals("have") ? "has" : verb + "s";
    String said = rows.length == 1 ? one + does.substring(end) : does;
    add(kind, rows, count(rows.length) + " " + said + ".", next);
  }

  private String count(int rows) {
    if (!part.equals("test")) return Texts.count(rows, "row");
    return Texts.format("%,d of %s", rows, Texts.count(size, "test row"));
  }
}
