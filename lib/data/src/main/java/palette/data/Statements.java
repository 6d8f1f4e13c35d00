package palette.data;

import java.nio.file.Path;
import java.util.List;
import palette.data.io.Input;
import palette.support.Sheet;
import palette.support.Tabled;
import palette.support.Texts;

/** Sentences labelled by whether people with a trait would say them; users are made of them. */
public record Statements(List<Statement> all) implements Tabled {

  /** Copies the list. */
  public Statements {
    all = List.copyOf(all);
  }

  /**
   * Reads Anthropic's persona files: JSONL with {@code statement} and {@code
   * answer_matching_behavior} (Yes or No). A folder stands for every .jsonl in it; the topic is the
   * file's name, and an id is topic and number in the file.
   */
  public static PersonaReader persona(Path fileOrFolder) {
    return new PersonaReader(Input.of(fileOrFolder, Input.JSONL));
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

  private List<List<String>> rows() {
    return topics().stream().map(this::row).toList();
  }

  private List<String> row(String topic) {
    var mine = of(topic).all;
    long matching = mine.stream().filter(Statement::matches).count();
    return List.of(
        topic, Texts.format("%,d", matching), Texts.format("%,d", mine.size() - matching));
  }

  private static final List<String> HEADER = List.of("topic", "matching", "not matching");

  @Override
  public Sheet sheet() {
    return new Sheet(HEADER, rows());
  }

  @Override
  public String toString() {
    return "Statements[" + size() + " of " + topics() + "]";
  }
}
