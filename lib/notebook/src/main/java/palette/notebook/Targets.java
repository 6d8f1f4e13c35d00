package palette.notebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import palette.support.AtomicFile;
import palette.support.InputException;
import palette.support.Reasons;

/** Whether what a run shall write can be written: better known now than after its work. */
final class Targets {
  private Targets() {}

  /**
   * Looks at {@code --out} and {@code --html}; {@code --out} may name the notebook, a page may not.
   *
   * @throws InputException if one cannot be written, or would take the place of another
   */
  static void check(RunOptions options) {
    check("--out", options.out());
    check("--html", options.html());
    if (options.html() == null) return;
    apart(options.html(), options.notebook(), "the notebook itself");
    if (options.out() != null) apart(options.html(), options.out(), "that of --out");
  }

  private static void check(String option, Path file) {
    if (file == null) return;
    if (Files.isDirectory(file)) throw bad(option, file, "a file", "a folder");
    var target = destination(option, file);
    if (Files.exists(target) && !Files.isRegularFile(target)) return;
    var folder = target.getParent();
    while (!Files.exists(folder)) folder = folder.getParent();
    if (!Files.isDirectory(folder) || !Files.isWritable(folder))
      throw bad(option, file, "a writable folder", folder.toString());
  }

  private static Path destination(String option, Path file) {
    try {
      return AtomicFile.destination(file);
    } catch (IOException e) {
      throw bad(option, file, "a file", Reasons.of(e));
    }
  }

  private static void apart(Path page, Path other, String what) {
    if (isSame(page, other)) throw bad("--html", page, "a file of its own for the page", what);
  }

  private static boolean isSame(Path one, Path other) {
    var first = destination("--html", one).normalize();
    var second = destination("--out", other).normalize();
    try {
      boolean both = Files.isRegularFile(first) && Files.exists(second);
      return first.equals(second) || both && Files.isSameFile(first, second);
    } catch (IOException e) {
      return false;
    }
  }

  private static InputException bad(String option, Path file, String expected, String found) {
    return new InputException(option + " " + file, expected, found, "");
  }
}
