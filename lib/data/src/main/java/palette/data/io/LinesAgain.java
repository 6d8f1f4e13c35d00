package palette.data.io;

import java.util.ArrayDeque;
import palette.support.InputException;

/**
 * Lines of which some may be taken back: a quote that never closes takes all that follows into its
 * record, and only its first line is bad. Faults are met again, too.
 */
final class LinesAgain {
  private record Taken(String line, InputException fault) {
    private String orThrow() {
      if (fault != null) throw fault;
      return line;
    }
  }

  private final Lines lines;
  private final ArrayDeque<Taken> inside = new ArrayDeque<>(); // behind the record's first line
  private final ArrayDeque<Taken> again = new ArrayDeque<>();
  private long number;

  LinesAgain(Lines lines) {
    this.lines = lines;
  }

  /** The first line of a record, or null. */
  String next() {
    inside.clear();
    number++;
    return again.isEmpty() ? lines.next() : again.poll().orThrow();
  }

  /** A further line of the same record, or null. */
  String more() {
    var taken = again.isEmpty() ? taken() : again.poll();
    if (taken.line == null && taken.fault == null) return null;
    number++;
    inside.add(taken);
    return taken.orThrow();
  }

  private Taken taken() {
    try {
      return new Taken(lines.next(), null);
    } catch (InputException e) {
      return new Taken(null, e);
    }
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
}
