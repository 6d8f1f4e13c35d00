package palette.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import palette.data.io.Input;
import palette.support.Checks;
import palette.support.Texts;

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

  /** What a reader has taken in so far: answers, and how much was left out for which reason. */
  static final class Intake {
    private record Left(String noun, String reason) {}

    final PreferencesBuilder answers = Preferences.builder();
    final Judgements.Builder judgements = Judgements.builder();
    private final Map<Left, Long> left = new LinkedHashMap<>();

    /** Notes "3 pass votes left out." of noun "pass vote" and reason " left out.". */
    void leave(long n, String noun, String reason) {
      if (n > 0) left.merge(new Left(noun, reason), n, Long::sum);
    }

    /** Whether a pair says something; many of public data do not, which is no reason to stop. */
    boolean keeps(String a, String b) {
      if (a.isBlank() || b.isBlank()) leave(1, "pair", " with an empty answer left out.");
      else if (a.equals(b)) leave(1, "pair", " of equal answers left out.");
      else return true;
      return false;
    }

    /** The answers, with what the rows left to say, the ties, and what was left out. */
    Preferences preferences(List<String> notes) {
      var read = answers.build();
      var all = new ArrayList<>(notes);
      int ties = read.ties().size();
      if (ties > 0) all.add(Texts.count(ties, "tie") + " kept apart in ties() and not trained on.");
      return read.withNotes(leftTo(all));
    }

    /** The judgements; where repeats are possible they are noted. */
    Judgements judgements(List<String> notes, boolean mayRepeat) {
      var read = judgements.build();
      int repeats = mayRepeat ? read.size() - SameQuestions.count(read.questions()) : 0;
      String kept = " of what their user had judged before kept; DataChecks names the rows.";
      leave(repeats, "judgement", kept);
      return read.withNotes(leftTo(new ArrayList<>(notes)));
    }

    private List<String> leftTo(List<String> notes) {
      left.forEach((what, n) -> notes.add(Texts.count(n, what.noun) + what.reason));
      return notes;
    }
  }
}
