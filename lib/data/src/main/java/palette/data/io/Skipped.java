package palette.data.io;

import java.util.List;
import palette.support.InputException;
import palette.support.Texts;

/** The bad records of one file so far: counted with their lines, handed on, and not without end. */
final class Skipped {
  /** From here on a file with less than one good line in a hundred is taken for another kind. */
  static final long MOST = 200_000;

  private final Input input;
  private InputException first;
  private long records;
  private long lines;

  Skipped(Input input) {
    this.input = input;
  }

  void add(InputException bad, Rows<?> rows, long good) {
    if (first == null) first = bad;
    records++;
    lines += rows.lines();
    if (input.collect() != null) input.collect().accept(bad.getMessage(), rows.number());
    if (records > MOST && good < records / 100) throw tooMany(good);
  }

  private InputException tooMany(long good) {
    return new InputException(
        input.name(),
        "one good line in a hundred at least",
        Texts.format("%,d bad ones and %,d good ones; the first: %s", lines, good, reason()),
        "Is it a file of this kind?");
  }

  /** What to throw where nothing was good. */
  InputException orNothing() {
    if (first != null) return first;
    return new InputException(input.name(), "at least one record", "none", "Check the file.");
  }

  /** What is worth saying, told on {@code System.err} too where nobody collects. */
  List<String> notes() {
    if (first == null) return List.of();
    String what =
        records == lines
            ? Texts.count(records, "bad line") + " of " + input.name()
            : Texts.count(records, "bad record")
                + Texts.format(" (%,d lines) of ", lines)
                + input.name();
    String note = what + " skipped; the first: " + reason();
    if (input.collect() == null) System.err.println(note);
    return List.of(note);
  }

  // Whoever reads this has done what the advice says.
  private String reason() {
    return first.getMessage().replace(Row.MEND, "").strip();
  }
}
