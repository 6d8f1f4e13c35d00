package palette.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import palette.notebook.Main;

/** {@code palette} in a process of its own, which may be killed. */
final class Apart {
  private Apart() {}

  /** Starts a command and waits until its health is 200; what it prints lies in the folder. */
  static Process start(Path folder, String heap, List<String> command, Callable<Integer> health)
      throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var arguments = new ArrayList<>(List.of(java, "-Xmx" + heap, "-Dai.djl.offline=true", "-cp"));
    arguments.addAll(List.of(System.getProperty("java.class.path"), Main.class.getName()));
    arguments.addAll(command);
    var log = folder.resolve("log").toFile();
    var process =
        new ProcessBuilder(arguments)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
            .start();
    boolean answers = false;
    try {
      for (int tries = 0; tries < 600 && !answers; tries++) {
        try {
          answers = health.call() == 200;
        } catch (IOException e) {
          assertThat(process.isAlive()).as(Files.readString(log.toPath())).isTrue();
        }
        if (!answers) pause(100);
      }
    } finally {
      if (!answers) process.destroyForcibly();
    }
    if (!answers) throw new IllegalStateException("it does not answer");
    return process;
  }

  static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
