package palette.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import palette.data.io.Input;
import palette.data.io.Place;
import palette.data.io.Row;
import palette.support.InputException;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;

/** Sentences labelled by whether people with a trait would say them; users are made of them. */
public record Statements(List<Statement> all) implements Tabled {

  public Statements {
    all = List.copyOf(all);
  }

  /**
   * Reads Anthropic's persona files: JSONL with {@code statement} and {@code
   * answer_matching_behavior} (Yes or No). A folder stands for every .jsonl in it; the topic is the
   * file's name, and an id is topic and number in the file.
   */
  public static FormReader<Statements> persona(Path fileOrFolder) {
    return new FormReader<>(Input.of(fileOrFolder, Input.JSONL), Statements::read);
  }

  private static Statements read(Input input) {
    var all = new ArrayList<Statement>();
    for (var file : files(input.path())) {
      String topic = Place.name(file).replaceFirst("(?i)\\.jsonl(\\.gz)?$", "");
      int before = all.size();
      input.file(file).eachJson(row -> all.add(statement(topic, all.size() - before + 1, row)));
    }
    return new Statements(all);
  }

  private static List<Path> files(Path path) {
    if (!Files.isDirectory(path)) return List.of(path);
    var files = Place.inside(path, file -> Place.ends(file, ".jsonl", ".jsonl.gz"));
    if (!files.isEmpty()) return files;
    throw new InputException(path.toString(), "a folder with .jsonl files", "none", "");
  }

  private static Statement statement(String topic, int number, Row row) {
    String text = row.required("statement");
    String answer = row.required("answer_matching_behavior").strip();
    if (!answer.equals("Yes") && !answer.equals("No")) {
      throw row.refuse("Yes or No in 'answer_matching_behavior'", Row.found(answer), "");
    }
    return new Statement(topic + "-" + number, topic, text, answer.equals("Yes"));
  }

  /** Number of statements. */
  public int size() {
    return all.size();
  }

  /** The topics in order. */
  public List<String> topics() {
    return all.stream().map(Statement::topic).distinct().toList();
  }

  /** The statements of one topic. */
  public Statements of(String topic) {
    return new Statements(all.stream().filter(s -> s.topic().equals(topic)).toList());
  }

  /** The statements as items, to be embedded or judged. */
  public Catalog catalog() {
    var builder = Catalog.builder();
    all.forEach(s -> builder.add(s.id(), s.text()));
    return builder.build();
  }

  private List<String> row(String topic) {
    var mine = of(topic).all;
    long matching = mine.stream().filter(Statement::matches).count();
    return List.of(
        topic, Texts.format("%,d", matching), Texts.format("%,d", mine.size() - matching));
  }

  @Override
  public Sheet sheet() {
    var rows = topics().stream().map(this::row).toList();
    return new Sheet(List.of("topic", "matching", "not matching"), rows);
  }

  @Override
  public String toString() {
    return "Statements[" + size() + " of " + topics() + "]";
  }
}
