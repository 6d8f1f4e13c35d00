package palette.data.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import palette.support.InputException;
import palette.support.Reasons;

/**
 * The files of one collective dialogue as Remesh exports it: {@code ..._preference.csv}, {@code
 * ..._binary.csv} and {@code ..._verbatim_map.csv}. Each begins with lines about the session; the
 * header is the line that begins with {@code Question ID}.
 */
public record RemeshFiles(Input input, Map<String, String> questions, Map<String, String> answers) {
  private static final String MAP = "verbatim_map";
  private static final String HEADER = "Question ID";

  /** Reads questions and answers, by their ids; adds to the notes what was left out. */
  public static RemeshFiles of(Input input, List<String> notes) {
    var files = new RemeshFiles(input, new HashMap<>(), new HashMap<>());
    notes.addAll(files.each(MAP, files::add));
    return files;
  }

  private void add(Row row) {
    String question = Mapping.NONE.required(row, HEADER);
    String asked = Mapping.NONE.required(row, "Question Text");
    String answer = Mapping.NONE.required(row, "Thought ID");
    String said = Mapping.NONE.required(row, "Thought Text");
    if (answers.putIfAbsent(answer, said) != null) {
      throw row.refuse("each answer once", Row.found(answer) + " twice", "");
    }
    questions.putIfAbsent(question, asked);
  }

  /** Hands on the records of the file of this kind. */
  public List<String> each(String kind, Consumer<Row> use) {
    return input.file(find(input.path(), kind)).each(HEADER, use);
  }

  private static Path find(Path path, String kind) {
    if (!Files.isDirectory(path)) return beside(path, kind);
    try (var inside = Files.list(path)) {
      var found = inside.filter(file -> is(file, kind)).sorted().toList();
      if (found.size() == 1) return found.get(0);
      throw new InputException(
          path.toString(),
          "one file ending in _" + kind + ".csv",
          found.isEmpty() ? "none" : Mapping.listed(found.stream().map(Place::name).toList()),
          "Name the file itself: those of its dialogue are found beside it.");
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + path + ": " + Reasons.of(e), e);
    }
  }

  private static boolean is(Path file, String kind) {
    return Place.ends(file, "_" + kind + ".csv", "_" + kind + ".csv.gz");
  }

  private static Path beside(Path file, String kind) {
    String name = Place.name(file);
    for (var other : List.of("preference", "binary", MAP)) {
      if (is(file, other)) return file.resolveSibling(name.replace("_" + other, "_" + kind));
    }
    throw new InputException(
        name,
        "a name ending in _preference.csv, _binary.csv or _verbatim_map.csv",
        "another",
        "Name a file as Remesh does, or its folder.");
  }
}
