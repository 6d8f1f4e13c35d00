package palette.notebook.cells;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import palette.notebook.Scratch;

class FailingCellTest {
  @TempDir Path folder;

  private static final String TRAIN =
      """

      // comes first
      double train(int n) {
        try {
          return 10 / n;
        } catch (ArithmeticException e) {
          throw new IllegalStateException("could not train", e);
        }
      }\
      """;

  private String fails(String... cells) {
    var ran = Scratch.of(folder, cells).run();
    assertThat(ran.status()).isEqualTo(1);
    return ran.err().substring(ran.err().lastIndexOf("[" + cells.length + "/"));
  }

  @Test
  void theCauseChainNamesCellsAndLinesAndNothingOfTheRunner() {
    assertThat(fails(TRAIN, "int n = 0;\n\ntrain(n)"))
        .isEqualTo(
            """
            [2/2] int n = 0;
            java.lang.IllegalStateException: could not train
                at train (cell 1, line 7)
                at cell 2, line 3
            Caused by: java.lang.ArithmeticException: / by zero
                at train (cell 1, line 5)
                at cell 2, line 3
            """);
  }

  @Test
  void linesAreRightAfterACellWasRunAgainAndInsideLambdas() {
    assertThat(fails(TRAIN, "\n\n" + TRAIN, "List.of(0)\n  .forEach(i -> {\n    train(i);\n  });"))
        .contains("    at train (cell 2, line 9)\n    at cell 3, line 3\n")
        .contains("    at cell 3, line 2\n")
        .doesNotContain("palette.notebook", "jdk.jshell", "jdk.internal.reflect", "REPL");
  }

  @Test
  void ofSeveralVariablesTheFirstThatThrowsIsTold() {
    assertThat(fails(TRAIN, "double a = train(0), b = 2, c = 10 / 0;"))
        .contains(
            "java.lang.IllegalStateException: could not train\n    at train (cell 1, line 7)");
  }

  @Test
  void framesOfALibraryStay() {
    assertThat(fails("palette.support.Checks.positive(\"rate\", -1)"))
        .contains("IllegalArgumentException: rate: expected a number greater than 0, found -1.0.")
        .contains("at palette.support.Checks.require(Checks.java:")
        .endsWith("    at cell 1, line 1\n");
  }

  @Test
  void typesOfACellCarryTheirOwnNames() {
    var cell =
        """
        class Odd extends RuntimeException {
          Odd(int n) { super("odd: " + n); }
        }
        class Even {
          Even(int n) { if (n % 2 == 1) throw new Odd(n); }
        }
        new Even(3)\
        """;

    assertThat(fails(cell))
        .contains("\nOdd: odd: 3\n    at new Even (cell 1, line 5)\n    at cell 1, line 7\n");
  }

  @Test
  void aCompileErrorShowsTheLineOfTheCell() {
    assertThat(fails("int y = 1;\n\nint z =\n    missing + y;"))
        .endsWith(
            """
            cell 1, line 4: cannot find symbol
              symbol:   variable missing
                    missing + y;
                    ^
            """);
  }

  @Test
  void aForgottenSemicolonIsMissedWhereItBelongs() {
    assertThat(fails("var a = 3;\nvar b = List.of(1, 2)\nvar c = b.size();"))
        .endsWith(
            """
            cell 1, line 2: ';' expected
                var b = List.of(1, 2)
                                     ^
            """);
  }

  @Test
  void ofALongLineTheErrorShowsThePlace() {
    var error = fails("int[] n = {" + "1, ".repeat(200) + "missing" + ", 1".repeat(200) + "};");
    var lines = error.lines().toList();

    assertThat(lines.get(3)).startsWith("    ...").endsWith("...").hasSizeLessThan(200);
    assertThat(lines.get(3).substring(lines.get(4).indexOf('^'))).startsWith("missing");
  }

  @Test
  void statementsBeforeTheCompileErrorHaveRun() {
    var ran = Scratch.of(folder, "System.out.println(1);\nint s = \"x\";").run();

    assertThat(ran.out()).isEqualTo("1\n");
    assertThat(ran.err())
        .contains(
            "cell 1, line 2: incompatible types: java.lang.String cannot be converted to int");
  }

  @Test
  void anUnfinishedCellFails() {
    assertThat(fails("for (int i = 0; i < 3; i++) {\n  int j = i;"))
        .contains("cell 1, line 2: reached end of file while parsing");
  }

  @Test
  void aMagicIsNamedAsSuch() {
    assertThat(fails("int x = 1;\n%maven a:b:c")).contains("cell 1, line 2: magics are not Java");
  }

  @Test
  void aMethodThatUsesWhatNobodyDeclaresSaysSo() {
    assertThat(fails("int half() {\n  return whole() / 2;\n}", "half()"))
        .contains("cell 1, line 1: half uses method whole(), which no cell declares");
  }

  @Test
  void aValueThatCannotShowItselfFailsItsCell() {
    assertThat(
            fails(
                "new Object() {\n"
                    + "  public String toString() {\n"
                    + "    throw new RuntimeException(\"shy\");\n"
                    + "  }\n"
                    + "}"))
        .contains("java.lang.RuntimeException: shy\n    at ")
        .contains("cell 1, line 3");
  }

  @Test
  void endlessRecursionIsReportedInBrief() {
    var error = fails("int deep(int n) { return deep(n + 1); }\ndeep(0)");

    assertThat(error).contains("java.lang.StackOverflowError").contains("    ... ");
    assertThat(error.lines().count()).isLessThan(30);
  }

  @Test
  void theExecutedNotebookHoldsTheErrorAndIsWhole() {
    var executed = Scratch.of(folder, "1 + 1", "int x = 1 / 0;", "3").executed();

    assertThat(executed.path("cells")).hasSize(3);
    var error = executed.path("cells").path(1).path("outputs").path(0);
    assertThat(error.path("output_type").asText()).isEqualTo("error");
    assertThat(error.path("ename").asText()).isEqualTo("java.lang.ArithmeticException");
    assertThat(error.path("evalue").asText()).isEqualTo("/ by zero");
    assertThat(error.path("traceback").path(1).asText()).isEqualTo("    at cell 2, line 1");
    assertThat(executed.path("cells").path(2).path("outputs")).isEmpty();
  }
}
