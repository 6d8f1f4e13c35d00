package palette.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CellRunnerTest {

  /** Remembers what it is told; counts down at the first print. */
  private static final class Heard implements Outputs {
    final List<String> events = new CopyOnWriteArrayList<>();
    final CountDownLatch printed = new CountDownLatch(1);

    @Override
    public void stream(String name, String text) {
      events.add(name + " " + text.strip());
      printed.countDown();
    }

    @Override
    public void display(String id, Bundle bundle) {
      events.add("display " + bundle.plain());
    }

    @Override
    public void update(String id, Bundle bundle) {
      events.add("update " + bundle.plain());
    }

    @Override
    public void result(Bundle bundle) {
      events.add("result " + bundle.plain());
    }

    @Override
    public void error(CellError error) {
      events.add("error " + error.name());
    }
  }

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
