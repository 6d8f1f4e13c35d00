package palette.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {
  @TempDir Path folder;

  @Test
  void lastExpressionsAppearOnTheTerminalAndStatusIsZero() {
    var ran = Scratch.of(folder, "int x = 20;\nint y = 1;", "x + y", "x = 30", "x;").run();

    assertThat(ran.status()).isZero();
    assertThat(ran.out()).isEqualTo("21\n30\n");
  }

  @Test
  void aLinePerCellTellsHowFarItIs() {
    var ran = Scratch.of(folder, "int x = 1;", "\n  x + 1").run();

    assertThat(ran.err()).startsWith("[1/2] int x = 1;\n[2/2] x + 1\n2 cells in ");
  }

  @Test
  void theExecutedNotebookKeepsWhatWeDoNotKnowAndCountsItsCells() {
    var scratch = Scratch.of(folder, "1 + 1").markdown("# Said").markdown("more");
    scratch.json.put("unknown", "kept");
    scratch.code("void nothing() {}\nnothing()").put("also", "kept");

    var executed = scratch.executed();

    assertThat(executed.path("unknown").asText()).isEqualTo("kept");
    assertThat(executed.path("cells").path(3).path("also").asText()).isEqualTo("kept");
    assertThat(executed.path("cells").path(3).path("execution_count").asInt()).isEqualTo(2);
    assertThat(executed.path("cells").path(3).path("outputs")).isEmpty();
    assertThat(executed.path("metadata").path("language_info").path("name").asText())
        .isEqualTo("java");
    var result = executed.path("cells").path(0).path("outputs").path(0);
    assertThat(result.path("output_type").asText()).isEqualTo("execute_result");
    assertThat(result.path("execution_count").asInt()).isEqualTo(1);
    assertThat(result.path("data").path("text/plain").path(0).asText()).isEqualTo("2");
  }

  @Test
  void withOutValuesGoIntoTheFileAndPrintsStayOnTheTerminal() {
    var scratch = Scratch.of(folder, "System.out.println(\"said\");\n1 + 1");

    var ran = scratch.run("--out", folder.resolve("deep/er/out.ipynb").toString());

    assertThat(ran.out()).isEqualTo("said\n");
    assertThat(ran.err())
        .endsWith(", their values in " + folder.resolve("deep/er/out.ipynb") + "\n");
    assertThat(folder.resolve("deep/er/out.ipynb")).isRegularFile();
  }

  @Test
  void outputsOfAnEarlierRunAreForgottenEvenAfterAFailure() {
    var scratch = Scratch.of(folder, "int x = 1 / 0;");
    scratch.code("2").withArray("/outputs").addObject().put("output_type", "stream");

    var later = scratch.executed().path("cells").path(1);

    assertThat(later.path("outputs")).isEmpty();
    assertThat(later.path("execution_count").isNull()).isTrue();
  }

  @Test
  void theEditionForStudentsHasNeitherOutputsNorAnswers() throws Exception {
    var scratch = Scratch.of(folder, "1 + 1").tagged("answer", "int solved = 42;");
    ((ObjectNode) scratch.json.path("cells").path(0)).put("execution_count", 7);
    var before = Files.readString(scratch.notebook());
    var out = folder.resolve("student.ipynb");

    var ran = Scratch.palette("student", scratch.notebook().toString(), "--out", out.toString());

    assertThat(ran.status()).isZero();
    var cells = new ObjectMapper().readTree(Files.readString(out)).path("cells");
    assertThat(cells.path(0).path("source").asText()).isEqualTo("1 + 1");
    assertThat(cells.path(0).path("execution_count").isNull()).isTrue();
    assertThat(cells.path(1).path("source").path(0).asText()).isEqualTo("// your code\n");
    assertThat(Files.readString(scratch.notebook())).isEqualTo(before);
    assertThat(Scratch.palette("student", "x.ipynb").err())
        .isEqualTo("palette: student needs NOTEBOOK --out FILE. See palette --help.\n");
  }

  @Test
  void anEarlierOutputMayHaveAnySize() {
    var scratch = new Scratch(folder);
    var output = scratch.code("20 + 1").withArray("/outputs").addObject();
    output.put("output_type", "display_data");
    output.putObject("data").put("image/png", "A".repeat(25_000_000));

    assertThat(scratch.run().out()).isEqualTo("21\n");
  }

  @Test
  void aCellMayBeginWithAnyNumberOfComments() {
    var ran = Scratch.of(folder, "// comment\n \n".repeat(20_000) + "42").run();

    assertThat(ran.out()).isEqualTo("42\n");
  }

  @Test
  void cellsSeeTheUsualImportsAndTheLibraries() {
    var ran =
        Scratch.of(
                folder,
                "import palette.support.*;\nimport java.nio.file.*;",
                "List.of(new BigDecimal(\"1.5\"), new StringReader(\"\").getClass(), Checks.class)",
                "// a chain\nList.of(1, 2)\n  .stream()\n  .map(i -> i + 1)\n  .toList()\n// end")
            .run();

    assertThat(ran.err()).doesNotContain("cannot find");
    assertThat(ran.out())
        .isEqualTo("[1.5, class java.io.StringReader, class palette.support.Checks]\n[2, 3]\n");
  }

  @Test
  void aDeclarationMayUseWhatALaterCellDeclares() {
    var ran =
        Scratch.of(
                folder, "int twice() { return 2 * once(); }", "int once() { return 4; }", "twice()")
            .run();

    assertThat(ran.err())
        .contains("cell 1, line 1: twice uses method once(), not declared so far.");
    assertThat(ran.out()).isEqualTo("8\n");
  }

  @Test
  void theSourceMayBeAnArrayOfLines() {
    var scratch = Scratch.of(folder);
    scratch.code("").putArray("source").add("int x = 1;\n").add("x + 1");

    assertThat(scratch.run().out()).isEqualTo("2\n");
  }

  @Test
  void systemOutIsGivenBack() {
    var before = System.out;
    Scratch.of(folder, "1").run();
    assertThat(System.out).isSameAs(before);
  }

  @Test
  void withAllowErrorsLaterCellsRunAndTheStatusStaysThatOfAFailure() {
    var ran = Scratch.of(folder, "int x = 1 / 0;", "2 + 2").run("--allow-errors");

    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.out()).isEqualTo("4\n");
    assertThat(ran.err()).contains("/ by zero").contains("\n2 cells in ");
  }

  @Test
  void aJarOfOnesOwnIsOnTheClassPathOfItsRun() throws Exception {
    var jar = folder.resolve("own.jar");
    try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("words.txt"));
      zip.write("inside".getBytes());
    }
    var cell =
        "class Here {}\nnew Scanner(Here.class.getClassLoader().getResourceAsStream(\"words.txt\"))"
            + ".next()";

    assertThat(Scratch.of(folder, cell).run("--add-jar", jar.toString()).out())
        .isEqualTo("inside\n");
  }

  @Test
  void aPictureOnTheTerminalIsSaidToBeOne() {
    var cell = "new java.awt.image.BufferedImage(2, 3, 1)";

    assertThat(Scratch.of(folder, cell).run().out())
        .isEqualTo("Picture, to be seen with --html: Image, 2 x 3 pixels\n");
  }

  @Test
  void wantOfMemoryComesWithAWayToMore() {
    assertThat(Scratch.of(folder, "throw new OutOfMemoryError(\"Java heap space\");").run().err())
        .contains("OutOfMemoryError: Java heap space")
        .containsPattern("Java may take [\\d,]+ MB here. For more, set JAVA_TOOL_OPTIONS=-Xmx8g");
  }

  @Test
  void anUnwritableTargetIsFoundBeforeTheWork() throws Exception {
    Files.createDirectory(folder.resolve("taken"));
    var ran = Scratch.of(folder, "System.out.println(1);").run("--out", folder + "/taken");

    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).endsWith("taken: expected a file, found a folder.\n");
  }

  @Test
  void aPageDoesNotTakeThePlaceOfTheNotebook() throws Exception {
    var scratch = Scratch.of(folder, "System.out.println(1);");
    var link = Files.createSymbolicLink(folder.resolve("link"), scratch.notebook());
    for (var page : List.of(scratch.notebook(), folder.resolve("./notebook.ipynb"), link)) {
      var ran = scratch.run("--html", page.toString());

      assertThat(ran.status()).isEqualTo(2);
      assertThat(ran.out()).isEmpty();
      assertThat(ran.err())
          .isEqualTo(
              "palette: --html "
                  + page
                  + ": expected a file of its own for the page, found the notebook itself.\n");
    }
    assertThat(scratch.run("--html", folder + "/o", "--out", folder + "/o").err())
        .endsWith("expected a file of its own for the page, found that of --out.\n");
  }

  @Test
  void outFollowsALinkAndMayBeTheNotebook() throws Exception {
    var scratch = Scratch.of(folder, "20 + 1");
    var link = Files.createSymbolicLink(folder.resolve("link"), scratch.notebook());

    assertThat(scratch.run("--out", link.toString()).status()).isZero();
    assertThat(link).isSymbolicLink();
    assertThat(Files.readString(folder.resolve("notebook.ipynb"))).contains("\"21\"");
    assertThat(scratch.run("--out", "/dev/null").status()).isZero();
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
  }

  @Test
  void aFileIsNoFolderToWriteInto() throws Exception {
    Files.createFile(folder.resolve("file"));
    var ran =
        Scratch.of(folder, "System.out.println(1);").run("--html", folder + "/file/page.html");

    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("expected a writable folder, found " + folder + "/file.");
  }
}
