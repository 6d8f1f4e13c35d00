package palette.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadInputTest {
  @TempDir Path folder;

  private void refused(Scratch.Ran ran, String line) {
    assertThat(ran.err()).isEqualTo("palette: " + line + "\n");
    assertThat(ran.status()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void aMissingFile() {
    var file = folder.resolve("none.ipynb").toString();
    refused(Scratch.palette("run", file), file + ": expected a notebook, found no such file.");
  }

  @Test
  void aFolder() {
    refused(
        Scratch.palette("run", folder.toString()),
        folder + ": expected a notebook, found a folder.");
  }

  @Test
  void brokenJson() {
    var file = new Scratch(folder).write("broken.ipynb", "{\"cells\": [\n  {]}").toString();
    refused(
        Scratch.palette("run", file),
        file + ": expected a notebook's JSON, found broken JSON at line 2, column 4.");
  }

  @Test
  void aCutFile() {
    var file = new Scratch(folder).write("cut.ipynb", "{\"cells\": [").toString();
    assertThat(Scratch.palette("run", file).err()).contains("found broken JSON at line 1");
  }

  @Test
  void jsonThatIsNoNotebook() {
    var list = new Scratch(folder).write("list.ipynb", "[]").toString();
    refused(Scratch.palette("run", list), list + ": expected a JSON object, found something else.");
    var empty = new Scratch(folder).write("empty.ipynb", "{}").toString();
    refused(Scratch.palette("run", empty), empty + ": expected nbformat 4, found no nbformat.");
  }

  @Test
  void anOldFormat() {
    var scratch = Scratch.of(folder, "1");
    scratch.json.put("nbformat", 3);
    refused(
        scratch.run(),
        scratch.notebook()
            + ": expected nbformat 4, found nbformat 3. Convert it: jupyter nbconvert --to notebook"
            + " --nbformat 4.");
  }

  @Test
  void anotherLanguage() {
    var scratch = Scratch.of(folder, "1");
    scratch.json.putObject("metadata").putObject("language_info").put("name", "python");
    refused(
        scratch.run(),
        scratch.notebook()
            + ": expected a Java notebook, found one in python. Only Java notebooks run here.");
  }

  @Test
  void jsonOfAnotherShape() {
    var scratch = Scratch.of(folder, "1");
    scratch.json.putObject("metadata").put("language_info", "java");
    refused(
        scratch.run(),
        scratch.notebook() + ": expected an object 'language_info', found something else.");
    var sourceless = new Scratch(folder);
    sourceless.code("").putNull("source");
    refused(
        sourceless.run(),
        scratch.notebook()
            + ": expected cells whose 'source' is a text or an array of lines, found another.");
    var nested = scratch.write("nested.ipynb", "[".repeat(5000)).toString();
    refused(
        Scratch.palette("run", nested),
        nested + ": expected a notebook's JSON, found one nested deeper than 1000.");
  }

  @Test
  void aNotebookWithoutALanguageIsTakenAsJava() {
    var scratch = Scratch.of(folder, "1 + 1");
    scratch.json.putObject("metadata");
    assertThat(scratch.run().out()).isEqualTo("2\n");
  }

  @Test
  void wrongCommandLines() {
    refused(Scratch.palette("walk"), "unknown command walk. See palette --help.");
    refused(Scratch.palette("run"), "run needs a notebook. See palette --help.");
    refused(Scratch.palette("run", "a", "b"), "more than one notebook: b. See palette --help.");
    refused(Scratch.palette("run", "--fast", "a"), "unknown option --fast. See palette --help.");
    refused(Scratch.palette("run", "a", "--out"), "--out needs a value. See palette --help.");
    refused(
        Scratch.palette("run", "a", "-p", "seed"),
        "-p expects name=value, found 'seed'. See palette --help.");
    refused(
        Scratch.palette("run", "a", "--add-jar", "none.jar"),
        "--add-jar none.jar: expected a jar, found no such file.");
    refused(Scratch.palette("doctor", "now"), "doctor takes no argument. See palette --help.");
  }

  @Test
  void anOptionIsGivenOnce() {
    for (var command :
        List.of(
            "run --out b --out c",
            "lab --port 1 --port 2",
            "kernel --prefix b --prefix c",
            "serve m --port 1 --port 2")) {
      var words = command.split(" ");
      var option = words[words.length - 2];
      refused(Scratch.palette(words), option + " is given twice. See palette --help.");
    }
    refused(
        Scratch.palette("run", "a", "-p", "n=1", "-p", "n=2"),
        "-p n is given twice. See palette --help.");
    refused(Scratch.palette("page", "m", "n"), "more than one model: n. See palette --help.");
  }

  @Test
  void helpAndVersionAreNotErrors() {
    assertThat(Scratch.palette("--help").out()).contains("palette run NOTEBOOK");
    assertThat(Scratch.palette("run", "--help").out()).contains("palette run NOTEBOOK");
    assertThat(Scratch.palette().status()).isZero();
    assertThat(Scratch.palette("--version").out()).matches("palette \\d.*\n");
  }
}
