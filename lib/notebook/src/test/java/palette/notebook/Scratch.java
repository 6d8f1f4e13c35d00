package palette.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import palette.notebook.page.Cell;

/** A notebook made by a test, in a folder of its own, and what became of running it. */
public final class Scratch {
  /** Exit status and what stood on the terminal. */
  public record Ran(int status, String out, String err) {}

  final Path folder;
  final ObjectNode json = JsonNodeFactory.instance.objectNode();

  public Scratch(Path folder) {
    this.folder = folder;
    json.put("nbformat", 4).put("nbformat_minor", 5);
    json.putObject("metadata").putObject("kernelspec").put("name", "java").put("language", "java");
    json.putArray("cells");
  }

  public static Scratch of(Path folder, String... sources) {
    var scratch = new Scratch(folder);
    for (var source : sources) scratch.code(source);
    return scratch;
  }

  public ObjectNode code(String source) {
    var cell = cell("code", source);
    cell.putNull("execution_count");
    cell.putArray("outputs");
    return cell;
  }

  public Scratch parameters(String source) {
    return tagged("parameters", source);
  }

  public Scratch tagged(String tag, String source) {
    ((ObjectNode) code(source).path("metadata")).putArray("tags").add(tag);
    return this;
  }

  public Scratch markdown(String source) {
    cell("markdown", source);
    return this;
  }

  private ObjectNode cell(String type, String source) {
    var cell = json.withArray("/cells").addObject();
    cell.put("cell_type", type).put("id", "cell-" + json.path("cells").size());
    cell.putObject("metadata");
    return cell.put("source", source);
  }

  public Path notebook() {
    return write("notebook.ipynb", json.toString());
  }

  public Path write(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code palette run} on this notebook with more arguments. */
  public Ran run(String... more) {
    var arguments = new ArrayList<>(List.of("run", notebook().toString()));
    arguments.addAll(List.of(more));
    return palette(arguments.toArray(String[]::new));
  }

  /** The executed notebook. */
  public JsonNode executed(String... more) {
    var out = folder.resolve("out.ipynb");
    var arguments = new ArrayList<>(List.of("--out", out.toString()));
    arguments.addAll(List.of(more));
    run(arguments.toArray(String[]::new));
    try {
      return new ObjectMapper().readTree(Files.readAllBytes(out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The outputs of the cell with this index in the executed notebook. */
  public JsonNode outputs(int cell) {
    return executed().path("cells").path(cell).path("outputs");
  }

  public static String text(JsonNode lines) {
    return Cell.text(lines);
  }

  public static Ran palette(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int status = Main.run(List.of(arguments), print(out), print(err));
    return new Ran(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream print(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }
}
