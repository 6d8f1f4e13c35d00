package palette.data.io;

import java.util.ArrayDeque;
import palette.support.InputException;

/**
 * Lines of which some may be taken back: a quote that never closes takes all that follows into its
 * record, and only its first line is bad. Faults are met again, too.
 */
final class LinesAgain implements AutoCloseable {
  private record Taken(String line, InputException fault) {}

  private final Lines lines;
  private final ArrayDeque<Taken> inside = new ArrayDeque<>(); // behind the record's first line
  private final ArrayDeque<Taken> again = new ArrayDeque<>();
  private long number;

  LinesAgain(Lines lines) {
    this.lines = lines;
  }

  /** The first line of a record, or null. */
  String next() {
    if (!inside.isEmpty()) inside.clear();
    number++;
    if (again.isEmpty()) return lines.next();
    return unless(again.poll());
  }

  /** A further line of the same record, or null. */
  String more() {
    var taken = again.isEmpty() ? taken() : again.poll();
    if (taken.line == null && taken.fault == null) return null;
    number++;
    inside.add(taken);
    return unless(taken);
  }

  private Taken taken() {
    try {
      return new Taken(lines.next(), null);
    } catch (InputException e) {
      return new Taken(null, e);
    }
  }

  private static String unless(Taken taken) {
    if (taken.fault != null) throw taken.fault;
    return taken.line;
  }

  /** Goes on behind the record's first line, as if the others had not been read. */
  void back() {
    number -= inside.size();
    while (!inside.isEmpty()) again.push(inside.pollLast());
  }

  /** The number of the line that was read last, from 1. */
  long number() {
    return number;
  }

  double share() {
    return lines.share();
  }

  String file() {
    return lines.file();
  }

  String where() {
    return file() + " line " + number;
  }

  @Override
  public void close() {
    lines.close();
  }
}
