package palette.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import palette.data.io.Input;
import palette.data.io.Mapping;
import palette.data.io.Place;
import palette.data.io.Row;
import palette.support.InputException;
import palette.support.Reasons;

/** Reads Anthropic's persona statements; see {@link Statements#persona}. */
public final class PersonaReader extends DataReader<Statements, PersonaReader> {

  PersonaReader(Input input) {
    super(input);
  }

  @Override
  PersonaReader with(Input other) {
    return new PersonaReader(other);
  }

  @Override
  public Statements read() {
    var all = new ArrayList<Statement>();
    for (var file : files(input.path())) {
      int before = all.size();
      input
          .file(file)
          .eachJson(row -> all.add(statement(topic(file), all.size() - before + 1, row)));
    }
    return new Statements(all);
  }

  private static List<Path> files(Path path) {
    if (!Files.isDirectory(path)) return List.of(path);
    try (var inside = Files.list(path)) {
      var files = inside.filter(f -> Place.ends(f, ".jsonl", ".jsonl.gz")).sorted().toList();
      if (!files.isEmpty()) return files;
      throw new InputException(path.toString(), "a folder with .jsonl files", "none", "");
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + path + ": " + Reasons.of(e), e);
    }
  }

  private static String topic(Path file) {
    return Place.name(file).replaceFirst("(?i)\\.jsonl(\\.gz)?$", "");
  }

  private static Statement statement(String topic, int number, Row row) {
    String text = Mapping.NONE.required(row, "statement");
    String answer = Mapping.NONE.required(row, "answer_matching_behavior").strip();
    if (!answer.equals("Yes") && !answer.equals("No")) {
      throw row.refuse("Yes or No in 'answer_matching_behavior'", Row.found(answer), "");
    }
    boolean sure = row.fields().contains("label_confidence");
    double confidence = sure ? row.number("label_confidence") : 1;
    if (confidence < 0 || confidence > 1) {
      throw row.refuse("'label_confidence' from 0 to 1", "" + confidence, "");
    }
    return new Statement(topic + "-" + number, topic, text, answer.equals("Yes"), confidence);
  }
}
