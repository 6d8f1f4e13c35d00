package palette.notebook.cells;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.notebook.Scratch;

class StreamsTest {
  @TempDir Path folder;

  @Test
  void bothStreamsKeepTheirOrderAndNeighboursJoin() {
    var cell =
        """
        System.out.println("a");
        System.out.print("b\\n");
        System.err.println("c");
        System.out.println("d");
        show("e");
        System.out.println("f");\
        """;
    var outputs = Scratch.of(folder, cell).outputs(0);

    assertThat(outputs).hasSize(5);
    assertThat(outputs.path(0).path("name").asText()).isEqualTo("stdout");
    assertThat(Scratch.text(outputs.path(0).path("text"))).isEqualTo("a\nb\n");
    assertThat(outputs.path(0).path("text")).hasSize(2);
    assertThat(outputs.path(1).path("name").asText()).isEqualTo("stderr");
    assertThat(Scratch.text(outputs.path(2).path("text"))).isEqualTo("d\n");
    assertThat(Scratch.text(outputs.path(4).path("text"))).isEqualTo("f\n");
  }

  @Test
  void theTerminalHearsBoth() {
    var ran = Scratch.of(folder, "System.out.println(1); System.err.println(2);").run();

    assertThat(ran.out()).isEqualTo("1\n");
    assertThat(ran.err()).contains("\n2\n");
  }

  @Test
  void aLetterWhoseBytesComeApartStaysWhole() {
    var cell =
        "for (byte b : \"h\u00e9\u20ac\".getBytes(\"UTF-8\")) System.out.write(b);\n"
            + "System.out.flush();";
    var outputs = Scratch.of(folder, cell).outputs(0);

    assertThat(Scratch.text(outputs.path(0).path("text"))).isEqualTo("h\u00e9\u20ac");
  }

  @Test
  void aStreamThatACellClosesIsOpenInTheNext() {
    var closes = "try (var w = new PrintWriter(System.%s)) { w.println(\"inside\"); }";
    var ran =
        Scratch.of(
                folder,
                closes.formatted("out"),
                closes.formatted("err"),
                "System.out.close();\nSystem.out.println(\"out\"); System.err.println(\"err\");")
            .run();

    assertThat(ran.out()).isEqualTo("inside\nout\n");
    assertThat(ran.err()).contains("\ninside\n").contains("\nerr\n");
  }

  @Test
  void whatOtherThreadsPrintIsHeardToo() {
    var cell = "var t = new Thread(() -> System.out.println(\"aside\"));\nt.start();\nt.join();";

    assertThat(Scratch.of(folder, cell).run().out()).isEqualTo("aside\n");
  }

  @Test
  void aTraceThatACellPrintsNamesCellsAndLines() {
    var cell =
        """
        class Odd extends RuntimeException {}
        void odd() {
          throw new Odd();
        }
        try {
          odd();
        } catch (RuntimeException e) {
          e.printStackTrace();
        }
        System.err.println("after");\
        """;

    assertThat(Scratch.of(folder, "1", cell).run().err())
        .contains("\nOdd\n\tat odd (cell 2, line 3)\n\tat cell 2, line 6\nafter\n");
  }

  @Test
  void aTraceOfAThreadNamesThemToo() {
    var cell =
        """
        var t = new Thread(() -> {
          List.of().get(0);
        }, "worker");
        t.start();
        t.join();\
        """;

    assertThat(Scratch.of(folder, cell).run().err())
        .contains("Exception in thread \"worker\" java.lang.ArrayIndexOutOfBounds")
        .contains("\n\tat cell 1, line 2\n\tat java.base/java.lang.Thread.run(")
        .doesNotContain("REPL");
  }

  @Test
  void otherTextThatLooksLikeATraceStays() {
    var cell =
        """
        System.err.print("\\tat once\\n\\tat REPL(a:1)\\n");
        System.out.print("REPL.$JShell$ or so");\
        """;
    var ran = Scratch.of(folder, cell).run();

    assertThat(ran.err()).contains("\n\tat once\n\tat REPL(a:1)\n");
    assertThat(ran.out()).isEqualTo("REPL.$JShell$ or so");
  }
}
