package palette.notebook.cells;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CellRunnerTest {

  @Test
  void anInterruptedCellFailsAndTheNextOneRuns() throws Exception {
    var heard = new Heard();
    try (var runner = new CellRunner(heard)) {
      var thread =
          new Thread(() -> runner.run(1, "System.out.println(\"on\");\nThread.sleep(60_000);"));
      thread.start();
      heard.printed.await();
      runner.interrupt();
      thread.join(20_000);

      assertThat(thread.isAlive()).isFalse();
      runner.begin();
      assertThat(runner.run(2, "1 + 1")).isTrue();
    }
    assertThat(heard.events)
        .containsExactly("stdout on", "error java.lang.InterruptedException", "result 2");
  }

  @Test
  void preferencesAreOurs() {
    var heard = new Heard();
    try (var runner = new CellRunner(heard)) {
      runner.run(1, "import palette.data.*;\nPreferences.class.getName()");
    }
    assertThat(heard.events).containsExactly("result palette.data.Preferences");
  }

  @Test
  void whatIsShownIsHeardAtOnce() {
    var heard = new Heard();
    try (var runner = new CellRunner(heard)) {
      runner.run(1, "var id = display(1);\nSystem.err.println(2);\nupdateDisplay(id, 3);\n4");
    }
    assertThat(heard.events).containsExactly("display 1", "stderr 2", "update 3", "result 4");
  }

  @Test
  void whatIsPrintedAtTheEndIsNotFollowedByTheStream() {
    var heard = new Heard();
    try (var runner = new CellRunner(heard)) {
      assertThat(runner.run(1, "System.out.printf(\"%d\", 1);")).isTrue();
    }
    assertThat(heard.events).containsExactly("stdout 1");
  }

  @Test
  void valuesAreOfThisJvm() {
    var heard = new Heard();
    try (var runner = new CellRunner(heard)) {
      System.setProperty("palette.test", "here");
      runner.run(1, "System.getProperty(\"palette.test\")");
    }
    assertThat(heard.events).containsExactly("result here");
  }
}
