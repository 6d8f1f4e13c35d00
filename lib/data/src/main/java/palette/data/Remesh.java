package palette.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import palette.data.io.Input;
import palette.data.io.Place;
import palette.data.io.Row;
import palette.support.InputException;

/**
 * One collective dialogue as Remesh exports it: {@code ..._preference.csv}, {@code ..._binary.csv}
 * and {@code ..._verbatim_map.csv}. Each begins with lines about the session; the header is the
 * line that begins with {@code Question ID}. See {@link Preferences#remesh} and {@link
 * RemeshVotesReader}.
 */
final class Remesh {
  private static final String MAP = "verbatim_map";
  private static final String HEADER = "Question ID";
  private static final List<String> TIES =
      List.of("I agree with both", "I disagree with both", "These are similar");
  private static final String UNSURE = "I'm not sure";

  final Map<String, String> questions = new HashMap<>(); // texts by ids
  final Map<String, String> answers = new HashMap<>();
  final List<String> notes = new ArrayList<>();
  private final Input input;

  /** Reads questions and answers. */
  Remesh(Input input) {
    this.input = input;
    each(MAP, this::add);
  }

  private void add(Row row) {
    String question = row.required(HEADER);
    String asked = row.required("Question Text");
    String answer = row.required("Thought ID");
    String said = row.required("Thought Text");
    if (answers.putIfAbsent(answer, said) != null) throw row.twice("each answer once", answer);
    questions.putIfAbsent(question, asked);
  }

  /** Hands on the records of the file of this kind, and notes what was left out. */
  void each(String kind, Consumer<Row> use) {
    notes.addAll(input.file(find(input.path(), kind)).each(HEADER, use));
  }

  private static Path find(Path path, String kind) {
    if (!Files.isDirectory(path)) return beside(path, kind);
    String next = "Name the file itself: those of its dialogue are found beside it.";
    var found = Place.inside(path, file -> is(file, kind));
    return Place.only(path, found, "one file ending in _" + kind + ".csv", next, next);
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

  /** Who preferred which of two answers. */
  static Preferences preferences(Input input) {
    var files = new Remesh(input);
    var intake = new Intake();
    files.each("preference", row -> files.add(row, intake));
    var items = intake.answers.build().items().ids();
    long textless = items.stream().filter(id -> !files.answers.containsKey(id)).count();
    intake.leave(textless, "item", " without a text.");
    return intake.preferences(files.notes);
  }

  private void add(Row row, Intake intake) {
    String user = row.required("Participant ID");
    String question = row.required(HEADER);
    String a = row.required("Thought A ID");
    String b = row.required("Thought B ID");
    String vote = row.required("Vote");
    if (a.equals(b)) throw row.twice("two different answers", a);
    boolean tied = TIES.contains(vote);
    if (!tied && !List.of("Thought A", "Thought B", UNSURE).contains(vote)) {
      String expected = "'Thought A', 'Thought B', " + TIES + " or '" + UNSURE + "'";
      throw row.refuse(expected, Row.found(vote), "");
    }
    if (vote.equals(UNSURE)) {
      intake.leave(1, "answer", " left out: " + UNSURE + ".");
      return;
    }
    intake.answers.prompt(question, questions.get(question));
    intake.answers.item(a, answers.get(a)).item(b, answers.get(b));
    boolean first = !vote.equals("Thought B");
    var answer = new Comparison(user, question, first ? a : b, first ? b : a);
    if (!tied) {
      intake.answers.add(answer);
      return;
    }
    intake.answers.tie(answer);
    intake.leave(1, "tie", ": " + vote + ".");
  }
}
