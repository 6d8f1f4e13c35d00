package palette.notebook.cells;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a declaration does to others is told, once, by the cell that did it. */
class RipplesTest {

  private static List<String> heard(String... cells) {
    var heard = new Heard();
    try (var runner = new CellRunner(heard)) {
      for (int n = 1; n <= cells.length; n++) runner.run(n, cells[n - 1]);
    }
    return heard.events;
  }

  @Test
  void aRecordThatChangesEmptiesItsVariables() {
    assertThat(
            heard(
                "record R(int a) {}",
                "var rs = List.of(new R(1)); R one = new R(2);",
                "record R(int a) { int twice() { return 2*a; } }",
                "one",
                "rs"))
        .containsExactly(
            "stderr one was set to null and rs is no longer declared, because R changed (cell 3);"
                + " run cell 2 again.",
            "error CompileError");
  }

  @Test
  void aRecordThatIsDeclaredAgainAsItWasTouchesNothing() {
    assertThat(heard("record R(int a) {}", "R one = new R(2);", "record R(int a) {}", "one"))
        .containsExactly("result R[a=2]");
  }

  @Test
  void whatTheCellItselfPutsRightIsNotWorthAWord() {
    assertThat(
            heard(
                "enum E { A }\nE e = E.A;\nvar f = new E[] {e};",
                "enum E { A, B }\ne = E.B;\nvar f = new E[] {e};"))
        .isEmpty();
  }

  @Test
  void variablesOfATypeThatContainsTheChangedOneAreNamedAndValuesWithoutANameAreNot() {
    assertThat(
            heard(
                "class In {}\nclass Out { In in = new In(); }",
                "Out out = new Out();\nnew Out().in == null",
                "class In { int n; }"))
        .containsExactly(
            "result false",
            "stderr out was set to null, because In changed (cell 3); run cell 2 again.");
  }

  @Test
  void aNumberBeginsAnewWhereWhatMadeItChangesItsType() {
    assertThat(
            heard(
                "long f() { return 2; }",
                "var n = f();\nSystem.out.println(n);",
                "int f() { return 3; }"))
        .containsExactly(
            "stdout 2", "stderr n was set to 0, because f changed (cell 3); run cell 2 again.");
  }

  @Test
  void aMethodThatAnotherCellBrokeSaysWhyWhenItIsCalled() {
    var heard = new Heard();
    try (var runner = new CellRunner(heard)) {
      runner.run(1, "int n = 5;\nint twice() {\n  return 2 * n;\n}");
      runner.run(2, "String n = \"a\";");
      assertThat(runner.run(3, "twice()")).isFalse();
    }
    assertThat(heard.events.get(0))
        .isEqualTo(
            "stderr twice does not compile any more, because n changed (cell 2); run cell 1 again.");
    assertThat(heard.failure.message())
        .isEqualTo("cell 1, line 3: bad operand types for binary operator '*'");
  }

  @Test
  void whatIsDeclaredFurtherDownInTheCellIsDeclared() {
    assertThat(
            heard(
                "sealed interface S permits A1 {}\nrecord A1(int v) implements S {}\nnew A1(3)",
                "int even(int n) { return n == 0 ? 1 : odd(n - 1); }\n"
                    + "int odd(int n) { return n == 0 ? 0 : even(n - 1); }\neven(4)"))
        .containsExactly("result A1[v=3]", "result 1");
  }

  @Test
  void whatIsStillOpenAtTheEndIsSaidOnceAlsoWhereTheCellFails() {
    assertThat(heard("int f() { return g(); }\nint f() { return h(); }\nint x = 1 / 0;"))
        .containsExactly(
            "stderr cell 1, line 2: f uses method h(), not declared so far.",
            "error java.lang.ArithmeticException");
  }
}
