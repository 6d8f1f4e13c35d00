package palette.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.support.Progress;

class ProgressTest {
  @TempDir Path folder;

  private static final String WORK =
      """
      import palette.support.Progress;
      var work = Progress.start("Training", 4);
      for (int i = 1; i <= 4; i++) { work.at(i, "loss ." + i); Thread.sleep(101); }
      work.finish("4 epochs, loss .4");\
      """;

  @Test
  void inANotebookOnePieceOfWorkIsOneOutputThatEndsAsItsSummary() {
    var outputs = Scratch.of(folder, WORK).outputs(0);

    assertThat(outputs).hasSize(1);
    assertThat(Scratch.text(outputs.path(0).path("data").path("text/plain")))
        .isEqualTo("Training: 4 epochs, loss .4");
  }

  @Test
  void theSameWorkAgainIsAnotherOutput() {
    assertThat(Scratch.of(folder, WORK + "\n" + WORK).outputs(0)).hasSize(2);
  }

  @Test
  void whereStderrIsNoTerminalOnlyTheSummaryAppears() {
    assertThat(Scratch.of(folder, WORK).run().err())
        .contains("\nTraining: 4 epochs, loss .4\n")
        .doesNotContain("#", "\r");
  }

  @Test
  void onATerminalOneLineIsUpdatedInPlaceAndMakesWayForPrints() {
    var err = new ByteArrayOutputStream();
    var out = new ByteArrayOutputStream();
    var terminal = new Terminal(new PrintStream(out), new PrintStream(err), 50);

    terminal.progress(update(1, "loss .4", false));
    terminal.progress(update(2, "loss .4 with a longer word", false));
    terminal.print("stdout", "said\n");
    terminal.progress(update(4, "4 epochs", true));

    var erase = "\r\033[K";
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            erase
                + "Work [#####...............] 1/4 loss .4, 6 s left"
                + erase
                + "Work [##########..........] 2/4 loss..., 2 s left"
                + erase
                + "Work: 4 epochs\n");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("said\n");
  }

  private static Progress.Update update(int done, String detail, boolean finished) {
    return new Progress.Update("Work", done, 4, detail, Duration.ofSeconds(2), finished);
  }
}
