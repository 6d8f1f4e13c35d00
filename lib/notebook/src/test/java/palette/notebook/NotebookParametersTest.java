package palette.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotebookParametersTest {
  @TempDir Path folder;

  private static final String DECLARED =
      """
      import java.nio.file.Path;
      String data = "small";   // where
      int seeds = 3;
      double rate = 0.1; boolean fast = false;
      long n = 5;
      Path out = Path.of("x");
      var rounds = 7;
      List<String> names = List.of();\
      """;

  private Scratch scratch() {
    var scratch = new Scratch(folder).parameters(DECLARED);
    scratch.code("List.of(data, seeds, rate, fast, n, out.getFileName(), rounds)");
    return scratch;
  }

  @Test
  void withoutValuesTheDefaultsHold() {
    assertThat(scratch().run().out()).isEqualTo("[small, 3, 0.1, false, 5, x, 7]\n");
  }

  @Test
  void valuesTakeTheDeclaredTypes() {
    var ran =
        scratch()
            .run(
                "-p",
                "data=a=\"b\"\\ é\n",
                "-p",
                "seeds=5",
                "-p",
                "rate=1e-2",
                "-p",
                "fast=true",
                "-p",
                "n=9",
                "-p",
                "out=deep/er",
                "-p",
                "rounds=8");

    assertThat(ran.out()).isEqualTo("[a=\"b\"\\ é\n, 5, 0.01, true, 9, er, 8]\n");
  }

  @Test
  void theyStandInACellOfTheirOwnAfterTheDeclarations() {
    var scratch = scratch();
    var cells = scratch.executed("-p", "seeds=5", "-p", "data=big").path("cells");

    assertThat(cells).hasSize(3);
    assertThat(Scratch.text(cells.path(1).path("source")))
        .isEqualTo("int seeds = 5;\nString data = \"big\";");
    assertThat(cells.path(1).path("metadata").path("tags").path(0).asText())
        .isEqualTo("injected-parameters");
    assertThat(cells.path(1).path("id").asText()).isNotEmpty();
  }

  @Test
  void anEarlierInjectionIsReplaced() {
    var scratch = scratch();
    scratch.executed("-p", "seeds=5");
    var again =
        Scratch.palette(
            "run", folder.resolve("out.ipynb").toString(), "-p", "seeds=6", "--out", folder + "/2");

    assertThat(again.err()).contains("[2/3] int seeds = 6;").doesNotContain("int seeds = 5;");
  }

  @Test
  void whatDoesNotFitIsRefusedBeforeAnythingRuns() {
    refused(
        "seedz=5",
        "-p seedz: expected one of [data, seeds, rate, fast, n, out, rounds, names]"
            + ", found an unknown parameter.");
    refused("seeds=many", "-p seeds: expected an int, found 'many'.");
    refused("rate=", "-p rate: expected a double, found ''.");
    refused("fast=yes", "-p fast: expected a boolean, found 'yes'.");
    refused(
        "names=a",
        "-p names: expected a variable of type String, int, long, double, boolean or"
            + " Path, found List<String>.");
  }

  private void refused(String parameter, String line) {
    var ran = scratch().run("-p", parameter);
    assertThat(ran.err()).isEqualTo("palette: " + line + "\n");
    assertThat(ran.status()).isEqualTo(2);
  }

  @Test
  void aNotebookWithoutParametersSaysHowToHaveThem() {
    var scratch = Scratch.of(folder, "int seeds = 3;");
    var ran = scratch.run("-p", "seeds=5");

    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.err())
        .endsWith(
            "expected a cell tagged 'parameters', found none. Tag the cell that declares seeds.\n");
  }
}
