package palette.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import palette.notebook.cells.Declarations;
import palette.notebook.page.Cell;
import palette.notebook.page.Notebook;
import palette.support.Home;

/** The notebooks of this checkout: they run, and they are kept as their readers expect them. */
class NotebooksRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  /**
   * .ci/run has Jupyter run lessons and recipes, which would take this twice as long as the rest.
   */
  @TestFactory
  Stream<DynamicTest> everyNotebookRuns() {
    boolean later = System.getenv("PALETTE_NOTEBOOKS_IN_JUPYTER") != null;
    return each(
        List.of("tutorials", "notebooks"),
        file -> {
          assumeFalse(later && file.getNameCount() == 2, "runs in Jupyter after the tests");
          runs(file);
        });
  }

  @TestFactory
  Stream<DynamicTest> allButThePapersKeepTheirOutputs() {
    return each(
        List.of("tutorials", "notebooks"),
        file -> {
          boolean kept = !file.startsWith(Path.of("notebooks", "papers"));
          for (var cell : code(read(file))) {
            boolean ran = cell.path("execution_count").isInt();
            assertThat(ran).as(source(cell)).isEqualTo(kept);
          }
          assertThat(outputs(read(file)).isEmpty()).as("no outputs").isEqualTo(!kept);
          assertThat(outputs(read(file))).noneMatch(NotebooksRunTest::failed);
          assertThat(outputs(read(file)).toString()).doesNotContain(Home.folder().toString());
        });
  }

  @TestFactory
  Stream<DynamicTest> everyNotebookIsForAnyJavaKernel() {
    return each(
        List.of("tutorials", "notebooks"),
        file -> {
          var json = read(file);
          assertThat(json.path("nbformat").asInt()).isEqualTo(4);
          assertThat(json.path("nbformat_minor").asInt()).isEqualTo(5);
          assertThat(json.path("cells").findValuesAsText("id")).doesNotHaveDuplicates();
          assertThat(json.at("/metadata/kernelspec/name").asText()).isEqualTo("palette");
          assertThat(json.at("/metadata/kernelspec/language").asText()).isEqualTo("java");
          for (var cell : code(json)) {
            assertThat(source(cell).lines()).as("no magics").noneMatch(l -> l.startsWith("%"));
            assertThat(source(cell)).as("files go below target").doesNotContain("createTemp");
          }
          // Other kernels import java.util.prefs, whose Preferences would be as good as ours.
          var all = code(json).stream().map(NotebooksRunTest::source).toList();
          if (all.stream().anyMatch(text -> text.contains("Preferences")))
            assertThat(all).anyMatch(text -> text.contains("import palette.data.Preferences;"));
        });
  }

  @TestFactory
  Stream<DynamicTest> inTutorialsProseComesFirstAndNoMoreThanThreeCellsOfCodeStandTogether() {
    return each(
        List.of("tutorials"),
        file -> {
          var cells = list(read(file).path("cells"));
          assertThat(isCode(cells.get(0))).as("begins with prose").isFalse();
          int together = 0;
          for (var cell : cells) {
            boolean folded = cell.at("/metadata/tags").toString().contains("\"checks\"");
            together = !isCode(cell) ? 0 : folded ? together : together + 1;
            assertThat(together).as("cells of code without a word between").isLessThan(4);
          }
        });
  }

  private void runs(Path file) {
    var keyboard = System.in;
    System.setIn(InputStream.nullInputStream()); // nobody types into a notebook under test
    try {
      executes(file);
    } finally {
      System.setIn(keyboard);
    }
  }

  private void executes(Path file) {
    var out = folder.resolve("executed.ipynb");
    var terminal = new Terminal(System.out, System.out, 0);
    var options = new RunOptions(file, parameters(file), out, null, null, List.of(), false);
    boolean passed = new NotebookRunner(options, terminal).run();
    assertThat(outputs(read(out))).noneMatch(NotebooksRunTest::failed);
    assertThat(passed).isTrue();
  }

  /** A long notebook declares {@code quick}; then a test takes the short way. */
  private static Map<String, String> parameters(Path file) {
    boolean quick =
        Notebook.read(file).codeCells().stream()
            .filter(cell -> cell.hasTag(NotebookParameters.TAG))
            .anyMatch(cell -> Declarations.types(cell.source()).containsKey("quick"));
    return quick ? Map.of("quick", "true") : Map.of();
  }

  private interface Claim {
    void of(Path file);
  }

  private static Stream<DynamicTest> each(List<String> folders, Claim claim) {
    return folders.stream()
        .flatMap(name -> notebooks(Path.of(name)))
        .map(file -> DynamicTest.dynamicTest(file.toString(), () -> claim.of(file)));
  }

  private static Stream<Path> notebooks(Path under) {
    if (!Files.isDirectory(under)) return Stream.of();
    try (var files = Files.walk(under)) {
      return files
          .filter(file -> file.toString().endsWith(".ipynb"))
          .filter(file -> !file.toString().contains(".ipynb_checkpoints"))
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(Path file) {
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<JsonNode> list(JsonNode array) {
    var all = new ArrayList<JsonNode>();
    array.forEach(all::add);
    return all;
  }

  private static boolean isCode(JsonNode cell) {
    return cell.path("cell_type").asText().equals("code");
  }

  private static List<JsonNode> code(JsonNode notebook) {
    return list(notebook.path("cells")).stream().filter(NotebooksRunTest::isCode).toList();
  }

  private static List<JsonNode> outputs(JsonNode notebook) {
    return code(notebook).stream().flatMap(cell -> list(cell.path("outputs")).stream()).toList();
  }

  private static String source(JsonNode cell) {
    return Cell.text(cell.path("source"));
  }

  private static boolean failed(JsonNode output) {
    return output.path("output_type").asText().equals("error");
  }
}
