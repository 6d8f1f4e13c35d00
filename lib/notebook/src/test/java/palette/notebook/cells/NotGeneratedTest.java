package palette.notebook.cells;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import palette.notebook.Scratch;

/** What Java compiles but cannot write into a class file. */
class NotGeneratedTest {
  @TempDir Path folder;

  private static final String LONG = "x".repeat(70_000);
  private static final String HALF = LONG.substring(30_000);
  private static final String LINES = (LONG.substring(69_000) + "\n").repeat(70);
  private static final String CHINESE = "\u4e2d".repeat(30_000);

  static final List<String> TOO_LONG =
      List.of(
          "String s = \"" + LONG + "\";",
          "String s = \"" + CHINESE + "\";",
          "String s = \"" + HALF + "\" + \"" + HALF + "\";",
          "String s() { return \"\"\"\n" + LINES + "\"\"\"; }",
          "record R() { static final String S = \"" + CHINESE + "\"; }",
          "System.out.println(\"" + LONG + "\");",
          "\"" + LONG + "\"");

  @ParameterizedTest
  @FieldSource("TOO_LONG")
  void aTextThatIsTooLongFailsItsCellAndLaterCellsRun(String cell) {
    var heard = new Heard();
    try (var runner = new CellRunner(heard)) {
      assertThat(runner.run(1, cell)).isFalse();
      assertThat(heard.failure.name()).isEqualTo("CompileError");
      assertThat(heard.failure.message()).startsWith("cell 1, line 1: constant string too long");
      assertThat(runner.run(2, "System.out.println(\"two\");\nint n = 3;\nn")).isTrue();
      assertThat(runner.run(3, "throw new RuntimeException(\"must fail\");")).isFalse();
    }
    assertThat(heard.events)
        .containsExactly(
            "error CompileError", "stdout two", "result 3", "error java.lang.RuntimeException");
  }

  @Test
  void theRunEndsThereAndSaysSoInFewWords() {
    var ran = Scratch.of(folder, "int n = 1;\n\n  String s = \"" + CHINESE + "\" + n;", "2").run();

    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.err()).contains("cell 1, line 3: constant string too long: Java takes 65,535");
    assertThat(ran.err()).hasSizeLessThan(1_000).doesNotContain("cells in");
  }

  @Test
  void aTextThatIsTooLongDoesNotTakeDownWhatItWaitsFor() {
    var heard = new Heard();
    try (var runner = new CellRunner(heard)) {
      assertThat(runner.run(1, "class A extends B { String s = \"" + LONG + "\"; }")).isFalse();
      assertThat(runner.run(2, "class B {}\nnew B() != null")).isTrue();
    }
    assertThat(heard.events).containsExactly("error CompileError", "result true");
  }

  @Test
  void whatIsLongInTheSourceButNotInBytesIsNoMatter() {
    var escaped = "String s = \"" + "\\u0041\\n".repeat(15_000) + "\";\ns.length()";
    var comment = "// \"" + LONG + "\"\n/* \"" + LONG + "\" */ '\"' + 1";
    var heard = new Heard();
    try (var runner = new CellRunner(heard)) {
      assertThat(runner.run(1, escaped)).isTrue();
      assertThat(runner.run(2, comment)).isTrue();
    }
    assertThat(heard.events).containsExactly("result 30000", "result 35");
  }

  @Test
  void tablesInTheCodeAreTooLargeAsOftenAsOneTries() {
    var heard = new Heard();
    try (var runner = new CellRunner(heard)) {
      for (int n = 1; n <= 5; n++) {
        assertThat(runner.run(n, table(20_000, n * 100_000))).isFalse();
        assertThat(heard.failure.message()).isEqualTo("cell " + n + ", line 1: code too large");
      }
      assertThat(runner.run(6, table(70_000, 1_000_000))).isFalse();
      assertThat(runner.run(7, "1 + 1")).isTrue();
    }
    assertThat(heard.events).hasSize(7).endsWith("result 2");
  }

  private static String table(int size, int from) {
    var numbers = IntStream.range(from, from + size).mapToObj(String::valueOf);
    return "int[] table = {" + numbers.collect(Collectors.joining(", ")) + "};";
  }

  @Test
  void whatIsNestedTooDeepForTheCompilerFailsItsCellAlone() {
    var heard = new Heard();
    try (var runner = new CellRunner(heard)) {
      assertThat(runner.run(1, "int n = 1;\nn = " + "(".repeat(20_000) + "1" + ")".repeat(20_000)))
          .isFalse();
      assertThat(heard.failure.message())
          .isEqualTo("cell 1, line 2: nested too deep for the compiler");
      assertThat(runner.run(2, "n + 1")).isTrue();
    }
    assertThat(heard.events).containsExactly("error CompileError", "result 2");
  }
}
