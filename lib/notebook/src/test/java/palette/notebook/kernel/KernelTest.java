package palette.notebook.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The kernel as a front end meets it: a process that is spoken to by ZeroMQ. */
class KernelTest extends WithKernel {
  @Test
  void aCellPrintsAndEndsWithItsValue() {
    var answer =
        kernel.execute("System.out.print(\"a\\rb\");\nSystem.err.println(\"caf\u00e9\");\n40 + 2");

    assertThat(answer.types())
        .containsExactly("status", "execute_input", "stream", "stream", "execute_result", "status");
    assertThat(answer.printed("stdout")).isEqualTo("a\rb");
    assertThat(answer.printed("stderr")).isEqualTo("caf\u00e9\n");
    assertThat(value(answer)).isEqualTo("42");
    assertThat(answer.reply().path("status").asText()).isEqualTo("ok");
    assertThat(answer.all("execute_result").get(0).path("execution_count"))
        .isEqualTo(answer.reply().path("execution_count"));
  }

  @Test
  void whatIsPrintedComesWhileTheCellRuns() {
    var cell = kernel.submit("System.out.println(\"on\");\nThread.sleep(60_000);");
    kernel.awaitPublished(cell, "stream");
    kernel.interrupt();
    kernel.await(cell);
  }

  @Test
  void tenThousandLinesComeWholeAndInFewMessages() {
    var answer = kernel.execute("for (int i = 0; i < 10_000; i++) System.out.println(i);");

    assertThat(answer.printed("stdout").lines()).hasSize(10_000).endsWith("9999");
    assertThat(answer.all("stream")).hasSizeLessThan(1_000);
  }

  @Test
  void aRichValueComesAsHtmlWithItsText() {
    var answer =
        kernel.execute(
            """
            new palette.support.Rendered() {
              public String text() { return "plain"; }
              public String html() { return "<b>rich</b>"; }
            }\
            """);

    var data = answer.all("execute_result").get(0).path("data");
    assertThat(data.path("text/html").asText()).isEqualTo("<b>rich</b>");
    assertThat(data.path("text/plain").asText()).isEqualTo("plain");
  }

  @Test
  void aDisplayIsUpdatedInItsPlace() {
    var answer = kernel.execute("var id = display(\"first\");\nupdateDisplay(id, \"second\");");

    var first = answer.all("display_data").get(0);
    var second = answer.all("update_display_data").get(0);
    assertThat(first.at("/data/text~1plain").asText()).isEqualTo("first");
    assertThat(second.at("/data/text~1plain").asText()).isEqualTo("second");
    assertThat(first.at("/transient/display_id").asText()).isNotEmpty();
    assertThat(second.at("/transient/display_id")).isEqualTo(first.at("/transient/display_id"));
  }

  @Test
  void anErrorNamesTheCellsLineAndItsCauseAndNoFrameOfOurs() {
    var answer =
        kernel.execute(
            """
            int half(int n) {
              if (n % 2 == 1) throw new IllegalStateException("odd", new ArithmeticException("of"));
              return n / 2;
            }
            half(3)\
            """);

    var error = answer.all("error").get(0);
    var lines = error.path("traceback").toString();
    var count = answer.reply().path("execution_count").asInt();
    assertThat(error.path("ename").asText()).isEqualTo("java.lang.IllegalStateException");
    assertThat(lines)
        .contains("half (cell " + count + ", line 2)", "cell " + count + ", line 5")
        .contains("Caused by: java.lang.ArithmeticException: of")
        .doesNotContain("palette.notebook", "jdk.", "REPL");
    assertThat(answer.reply().path("status").asText()).isEqualTo("error");
    assertThat(answer.reply().path("traceback")).isEqualTo(error.path("traceback"));
  }

  @Test
  void whatWaitsBehindAFailingCellIsNotRun() {
    var fails = kernel.submit("Thread.sleep(500);\nint x = \"no\";");
    var waits = kernel.submit("System.out.println(\"run\");");

    assertThat(kernel.await(fails).reply().path("status").asText()).isEqualTo("error");
    assertThat(kernel.await(waits).reply().path("status").asText()).isEqualTo("aborted");
    assertThat(value(kernel.execute("\"later\""))).isEqualTo("later");
  }

  @Test
  void aMagicIsToldFromJava() {
    var answer = kernel.execute("%maven a:b:1");

    assertThat(answer.all("error").get(0).path("evalue").asText())
        .contains("line 1: magics are not Java", "palette kernel --add-jar FILE.jar");
  }

  @Test
  void aRunningFitStopsAndTheNextCellAnswers() {
    kernel.execute(
        """
        import palette.simulate.*;
        import palette.family.*;
        var answers = World.spec().users(50).seed(1).create().askEveryone(20);
        var endless = PalA.spec().prototypes(3).dimension(2).epochs(1_000_000).patience(1_000_000).seed(7);
        """);
    var fit = kernel.submit("var fitted = endless.fit(answers);\nSystem.out.println(\"after\");");
    kernel.awaitPublished(fit, "display_data");
    assertThat(kernel.interrupt().path("status").asText("ok")).isEqualTo("ok");

    var answer = kernel.await(fit);
    assertThat(answer.printed("stdout")).isEmpty();
    assertThat(answer.reply().path("ename").asText()).isEqualTo("java.lang.InterruptedException");
    assertThat(value(kernel.execute("1 + 1"))).isEqualTo("2");
    var later = kernel.execute("import java.sql.*;\njava.util.zip.CRC32.class");
    assertThat(later.reply().path("status").asText()).isEqualTo("ok");
  }

  @Test
  void aFitThatAnInterruptEndsSaysSoInItsLineAndItsCell() {
    kernel.execute("long runs = 0;");
    var cell =
        kernel.submit(
            """
            { var work = palette.support.Progress.start("Counting", 9);
              System.out.println("on");
              while (!Thread.currentThread().isInterrupted()) runs++;
              work.finish("some"); }\
            """);
    kernel.awaitPublished(cell, "stream");
    kernel.interrupt();
    var answer = kernel.await(cell);

    assertThat(answer.all("display_data").get(0).at("/data/text~1plain").asText())
        .isEqualTo("Counting: some (interrupted)");
    assertThat(answer.reply().path("evalue").asText()).isEqualTo("the cell was interrupted");
    assertThat(value(kernel.execute("runs > 0"))).isEqualTo("true");
  }

  @Test
  void anInterruptOfNothingHarmsNothing() {
    kernel.interrupt();
    assertThat(value(kernel.execute("2 + 2"))).isEqualTo("4");
  }

  @Test
  void itSaysSoWhereACellDoesNotListenAndEndsItByForceWhereThisJavaCan() {
    var cell = kernel.submit("{ System.out.println(\"on\"); long n = 0; while (true) n++; }");
    kernel.awaitPublished(cell, "stream");
    kernel.interrupt();
    assertThat(kernel.awaitPublished(cell, "stream").path("text").asText())
        .startsWith("The cell has not noticed the interrupt so far. ");
    Assumptions.assumeTrue(Runtime.version().feature() < 20, "no Java since can end it");
    kernel.interrupt();

    assertThat(kernel.await(cell).reply().path("status").asText()).isEqualTo("error");
    assertThat(value(kernel.execute("3 + 3"))).isEqualTo("6");
  }

  @Test
  void itCompletesAlsoBehindOtherStatements() {
    var code = "var s = \"\ud83d\ude00\"; Math.multiplyE";
    var answer = kernel.ask("complete_request", Map.of("code", code, "cursor_pos", 27));

    assertThat(answer.reply().path("matches").toString()).contains("multiplyExact(");
    assertThat(answer.reply().path("cursor_start").asInt()).isEqualTo(18);
    assertThat(answer.reply().path("cursor_end").asInt()).isEqualTo(27);
  }

  @Test
  void itExplainsWhatTheCursorStandsOnWithItsJavadoc() {
    kernel.execute("import palette.support.*;");
    var code = "Texts.count(3, \"user\")";

    for (int cursor : List.of(8, 11, 13)) {
      var answer =
          kernel.ask(
              "inspect_request", Map.of("code", code, "cursor_pos", cursor, "detail_level", 0));
      assertThat(answer.reply().path("found").asBoolean()).isTrue();
      assertThat(answer.reply().at("/data/text~1plain").asText())
          .contains("String Texts.count(long n, String noun)", "A count with its noun: \"1 user\"");
    }
    var nothing =
        kernel.ask("inspect_request", Map.of("code", "  ", "cursor_pos", 1, "detail_level", 0));
    assertThat(nothing.reply().path("found").asBoolean(true)).isFalse();
  }

  @Test
  void itExplainsWhatEachModuleHas() {
    kernel.execute("import palette.embed.*;");
    assertThat(explained("Embedders.miniLm()")).contains("all-MiniLM-L6-v2: 384 numbers a text");
    kernel.execute("import palette.notebook.cells.*;");
    assertThat(explained("Cells.show(1)")).contains("Shows a value now; for the middle of a cell.");
  }

  private String explained(String code) {
    var answer =
        kernel.ask(
            "inspect_request",
            Map.of("code", code, "cursor_pos", code.length() - 1, "detail_level", 0));
    return answer.reply().at("/data/text~1plain").asText();
  }

  @Test
  void aCellThatReadsAsksTheReaderLineByLine() {
    var cell =
        kernel.submit(
            """
            var keys = new Scanner(System.in);
            System.out.println("name?");
            var name = keys.nextLine();
            name + " and " + keys.nextLine()\
            """,
            true);
    kernel.type("J\u00fcrgen");
    kernel.type("");

    var answer = kernel.await(cell);
    assertThat(answer.printed("stdout")).isEqualTo("name?\n");
    assertThat(value(answer)).isEqualTo("J\u00fcrgen and ");
  }

  @Test
  void whereNobodyCanBeAskedTheInputIsAtItsEnd() {
    var answer = kernel.execute("new Scanner(System.in).nextLine()");

    assertThat(answer.reply().path("ename").asText()).isEqualTo("java.util.NoSuchElementException");
  }

  @Test
  void anInterruptTakesAQuestionBackAndTheNextOneIsAnswered() {
    var read = "new Scanner(System.in).nextLine()";
    var cell = kernel.submit("try { " + read + "; } catch (NoSuchElementException e) {}", true);
    kernel.awaitQuestion();
    kernel.interrupt();
    assertThat(kernel.await(cell).reply().path("ename").asText())
        .isEqualTo("java.lang.InterruptedException");

    var next = kernel.submit(read, true);
    kernel.type("yes");
    assertThat(value(kernel.await(next))).isEqualTo("yes");
  }

  @Test
  void itKnowsWhetherCodeIsComplete() {
    assertThat(completeness("int x = 1;\nx + 1")).isEqualTo("complete");
    assertThat(completeness("for (int i = 0; i < 3; i++) {")).isEqualTo("incomplete");
    assertThat(completeness("int = ;")).isEqualTo("invalid");
  }

  private static String completeness(String code) {
    return kernel.ask("is_complete_request", Map.of("code", code)).reply().path("status").asText();
  }

  @Test
  void itRemembersWhatItRan() {
    kernel.execute("var remembered = 1;");
    var answer =
        kernel.ask(
            "history_request",
            Map.of("hist_access_type", "tail", "n", 1, "output", false, "raw", true));

    assertThat(answer.reply().at("/history/0/2").asText()).isEqualTo("var remembered = 1;");
  }

  @Test
  void itRestartsOnTheSamePortsAndForgets() throws Exception {
    var own = folder.resolve("own");
    try (var again = new KernelClient(java.nio.file.Files.createDirectory(own)).start()) {
      again.execute("var kept = 1;");
      assertThat(again.shutdown(true)).isZero();
      again.start();
      assertThat(again.execute("kept").reply().path("status").asText()).isEqualTo("error");
      assertThat(again.shutdown(false)).isZero();
    }
  }
}
