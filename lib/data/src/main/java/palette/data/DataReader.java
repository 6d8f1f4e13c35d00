package palette.data;

import java.util.List;
import java.util.function.Consumer;
import palette.data.io.Input;
import palette.support.Checks;

/**
 * Reads a file into a {@code T}. A reader is immutable: every option returns a new one, and {@link
 * #read} does the work. The file is streamed; gz is seen by its first bytes, a byte order mark and
 * all kinds of line end are fine. What is wrong with it is said with file, line, what was expected,
 * what was found and what to do next. An interrupt ends the reading by a {@link
 * java.util.concurrent.CancellationException}.
 *
 * <p>Limits: a line or a record in quotes has up to 16,777,216 characters; a gz unpacks to 200
 * times its size at most, or to 256 MiB.
 */
public abstract class DataReader<T, R extends DataReader<T, R>> implements Cloneable {
  Input input;

  DataReader(Input input) {
    this.input = input;
  }

  /** A copy that was changed once, so that no option has to name all the others. */
  @SuppressWarnings("unchecked")
  final R with(Consumer<R> change) {
    try {
      R copy = (R) clone();
      change.accept(copy);
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads everything; stops at the first bad line unless told to skip. */
  public abstract T read();

  /** The charset of the file, UTF-8 unless said: {@code "windows-1252"}. */
  public R charset(String name) {
    return with(r -> r.input = input.charset(name));
  }

  /**
   * Leaves bad lines out, says how many on {@code System.err}, and remembers it in the notes of the
   * result. A file without a single good line is still an error, and so is one with more than
   * 200,000 bad records and less than one good in a hundred.
   */
  public R skipInvalid() {
    return with(r -> r.input = input.skipInvalid(null));
  }

  /** Leaves bad lines out and adds every one of them, with its reason, to the list. */
  public R skipInvalid(List<BadLine> into) {
    Checks.present("into", into);
    return with(
        r -> r.input = input.skipInvalid((reason, line) -> into.add(new BadLine(line, reason))));
  }
}
