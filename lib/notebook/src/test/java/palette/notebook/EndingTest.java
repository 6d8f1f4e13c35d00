package palette.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs in a process of their own: Java ends before the last cell does, or lives elsewhere. */
class EndingTest {
  @TempDir Path folder;

  private Process palette(Scratch scratch) throws IOException {
    var command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("palette.notebook.Main", "run", scratch.notebook().toString()));
    command.addAll(List.of("--out", file("o.ipynb").toString()));
    command.addAll(List.of("--html", file("h.html").toString()));
    var builder = new ProcessBuilder(command).redirectError(file("err").toFile());
    builder.environment().put("HOME", folder.toString());
    List.of("XDG_CACHE_HOME", "PALETTE_CACHE").forEach(builder.environment()::remove);
    return builder.start();
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private int end(Process process) throws Exception {
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Test
  void anExitInACellFailsTheRunAndKeepsWhatRan() throws Exception {
    var cells = new String[] {"System.out.println(\"a\");", "System.exit(0);", "print(\"never\")"};
    var process = palette(Scratch.of(folder, cells));

    assertThat(end(process)).isEqualTo(1);
    assertThat(process.getInputStream().readAllBytes()).isEqualTo("a\n".getBytes());
    assertThat(Files.readString(file("err"))).endsWith("\ncell 2 ended Java\n");
    assertThat(Files.readString(file("o.ipynb")))
        .contains("\"a\\n\"", "\"cell 2 ended Java\"")
        .contains("print(\\\"never\\\")");
    assertThat(Files.readString(file("h.html"))).contains(">cell 2 ended Java</pre>");
  }

  @Test
  void whatIsKeptForAUserLiesBelowHome() throws Exception {
    var cell = "System.out.println(palette.support.CacheFolder.data());";
    var process = palette(Scratch.of(folder, cell));

    assertThat(end(process)).isZero();
    assertThat(process.inputReader(StandardCharsets.UTF_8).readLine())
        .isEqualTo(folder.resolve(".cache/palette/data").toString());
  }

  @Test
  void anExitInAThreadOfACellIsNoSuccessEither() throws Exception {
    var cell = "new Thread(() -> System.exit(0)).start();\nThread.sleep(100_000);";

    assertThat(end(palette(Scratch.of(folder, cell)))).isEqualTo(1);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a process cannot be asked to end there")
  void aSignalKeepsWhatRanAndTheStatusIsItsOwn() throws Exception {
    var cells = new String[] {"1 + 1", "System.out.println(\"on\");\nThread.sleep(100_000);"};
    var process = palette(Scratch.of(folder, cells));
    assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("on");
    process.destroy();

    assertThat(end(process)).isEqualTo(128 + 15);
    assertThat(Files.readString(file("o.ipynb")))
        .contains("\"2\"", "\"on\\n\"", "\"cell 2 was stopped from outside\"");
    assertThat(file("h.html")).isRegularFile();
  }
}
