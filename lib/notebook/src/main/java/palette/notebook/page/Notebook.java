package palette.notebook.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import palette.support.AtomicFile;
import palette.support.InputException;
import palette.support.Reasons;

/** An nbformat-4 notebook in Java. Fields that we do not know are kept. */
public final class Notebook {
  // An output may be a picture or a table of any size; only what is nested deep overflows the
  // stack.
  private static final StreamReadConstraints ANY_SIZE =
      StreamReadConstraints.builder()
          .maxStringLength(Integer.MAX_VALUE)
          .maxNameLength(Integer.MAX_VALUE)
          .maxNumberLength(Integer.MAX_VALUE)
          .build();

  private static final ObjectMapper JSON =
      new ObjectMapper(JsonFactory.builder().streamReadConstraints(ANY_SIZE).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final ObjectNode json;
  private final Path file;

  private Notebook(ObjectNode json, Path file) {
    this.json = json;
    this.file = file;
  }

  /**
   * Reads a notebook.
   *
   * @throws InputException if there is no such file, or it is not a Java notebook of nbformat 4
   */
  public static Notebook read(Path file) {
    if (!Files.isRegularFile(file))
      throw bad(file, "a notebook", Files.exists(file) ? "a folder" : "no such file", "");
    var notebook = new Notebook(parse(file), file);
    notebook.check();
    notebook.describe();
    return notebook;
  }

  /** A Markdown file as a notebook of one text. */
  static Notebook ofMarkdown(Path file) {
    var json = JSON.createObjectNode();
    var text = Reasons.attempt("read " + file, () -> Files.readString(file));
    json.putArray("cells").addObject().put("cell_type", "markdown").put("source", text);
    return new Notebook(json, file);
  }

  /** In a script no text may end it, so "<" is written as JSON also allows. */
  static String json(Object value) {
    var json = Reasons.attempt("write JSON", () -> JSON.writeValueAsString(value));
    return json.replace("<", "\\u003c");
  }

  private static ObjectNode parse(Path file) {
    try (var in = Files.newInputStream(file)) {
      if (JSON.readTree(in) instanceof ObjectNode object) return object;
      throw bad(file, "a JSON object", "something else", "");
    } catch (StreamConstraintsException e) {
      int deepest = ANY_SIZE.getMaxNestingDepth();
      throw bad(file, "a notebook's JSON", "one nested deeper than " + deepest, "");
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      var where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
      throw bad(file, "a notebook's JSON", "broken JSON" + where, "");
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + file + ": " + Reasons.of(e), e);
    }
  }

  private void check() {
    int format = json.path("nbformat").asInt();
    if (format != 4)
      throw bad(
          file,
          "nbformat 4",
          format == 0 ? "no nbformat" : "nbformat " + format,
          format == 0 ? "" : "Convert it: jupyter nbconvert --to notebook --nbformat 4.");
    checkObject(json, "metadata");
    checkObject(json.path("metadata"), "language_info");
    if (!json.path("cells").isArray()) throw bad(file, "an array 'cells'", "none", "");
    json.path("cells").forEach(this::checkCell);
    if (!language().equalsIgnoreCase("java"))
      throw bad(file, "a Java notebook", "one in " + language(), "Only Java notebooks run here.");
  }

  private void checkObject(JsonNode in, String field) {
    if (in.has(field) && !in.path(field).isObject())
      throw bad(file, "an object '" + field + "'", "something else", "");
  }

  private void checkCell(JsonNode cell) {
    if (!cell.isObject() || !cell.path("cell_type").isTextual())
      throw bad(file, "cells with a 'cell_type'", "one without", "");
    if (!Cell.isText(cell.path("source")))
      throw bad(file, "cells whose 'source' is a text or an array of lines", "another", "");
  }

  // A notebook that names no language is taken to be ours.
  private String language() {
    var metadata = json.path("metadata");
    return Stream.of(
            metadata.path("kernelspec").path("language"),
            metadata.path("language_info").path("name"))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .findFirst()
        .orElse("java");
  }

  private void describe() {
    var language = json.withObject("/metadata").withObject("/language_info");
    language.put("name", "java");
    language.put("file_extension", ".jshell");
    language.put("mimetype", "text/x-java-source");
  }

  private static InputException bad(Path file, String expected, String found, String next) {
    return new InputException(file.toString(), expected, found, next);
  }

  public Path file() {
    return file;
  }

  public List<Cell> cells() {
    return StreamSupport.stream(json.path("cells").spliterator(), false)
        .map(cell -> new Cell((ObjectNode) cell))
        .toList();
  }

  public List<Cell> codeCells() {
    return cells().stream().filter(Cell::isCode).toList();
  }

  /** Puts other cells in the place of the present ones. */
  public void cells(List<Cell> cells) {
    var array = json.putArray("cells");
    cells.forEach(cell -> array.add(cell.json()));
    if (json.path("nbformat_minor").asInt() >= 5) cells.forEach(Cell::name);
  }

  /** Forgets what an earlier run has left. */
  public void clear() {
    codeCells().forEach(Cell::clear);
    cells(new ArrayList<>(cells()));
  }

  /**
   * The edition for students: without outputs, and with {@code // your code} in the place of cells
   * tagged {@code answer}.
   */
  public void forStudents() {
    clear();
    codeCells().stream().filter(c -> c.hasTag("answer")).forEach(c -> c.source("// your code\n"));
  }

  /** Writes the notebook as Jupyter does, one space a level; whole or not at all. */
  public void write(Path to) {
    var lines = new DefaultIndenter(" ", "\n");
    var printer =
        new DefaultPrettyPrinter(
                Separators.createDefaultInstance()
                    .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""))
            .withObjectIndenter(lines)
            .withArrayIndenter(lines);
    var text = Reasons.attempt("write JSON", () -> JSON.writer(printer).writeValueAsString(json));
    AtomicFile.write(to, text + "\n");
  }
}
