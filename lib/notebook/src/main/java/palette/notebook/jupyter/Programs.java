package palette.notebook.jupyter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import palette.support.Reasons;

/** Programs that are installed on this machine. */
public final class Programs {
  private Programs() {}

  /** The first program of this name where the shell looks for programs. */
  public static Optional<Path> onPath(String command) {
    var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Pattern.compile(Pattern.quote(System.getProperty("path.separator")))
        .splitAsStream(path)
        .map(folder -> Path.of(folder, command))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** The first line that the program says of its version, or why there is none. */
  public static String version(Path command) {
    try {
      var process = new ProcessBuilder(command.toString(), "--version").start();
      process.getOutputStream().close();
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "no answer";
      }
      var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().findFirst().orElse("no version");
    } catch (IOException e) {
      return "does not start: " + Reasons.of(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "no answer";
    }
  }
}
