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

  /** Looks at what is to be written; {@code --out} may name the notebook, a page may not. */
  static void check(RunOptions options) {
    check("--out", options.out());
    page("--html", options.html(), options);
    page("--slides", options.slides(), options);
    apart("--slides", options.slides(), options.html(), "that of --html");
  }

  private static void page(String option, Path page, RunOptions options) {
    check(option, page);
    apart(option, page, options.notebook(), "the notebook itself");
    apart(option, page, options.out(), "that of --out");
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

  private static void apart(String option, Path page, Path other, String what) {
    if (page == null || other == null || !isSame(page, other)) return;
    throw bad(option, page, "a file of its own for the page", what);
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
