package palette.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import palette.data.io.Input;
import palette.data.io.Place;
import palette.data.io.Row;
import palette.support.InputException;

/**
 * Reads who agreed with which answer in a collective dialogue of Remesh: {@code ..._binary.csv}
 * and, beside it, {@code ..._verbatim_map.csv} with the texts. The value is +1 for agree and -1 for
 * disagree. A user's text is all that they wrote themselves. Answers to several questions are
 * hardly to be compared: {@link #question} takes those to one. Who preferred which of two answers,
 * {@code ..._preference.csv}, is read by {@link Preferences#remesh}.
 */
public final class RemeshReader extends DataReader<Judgements, RemeshReader> {
  private static final String MAP = "verbatim_map";
  // Lines about the session stand above the header; this is its first column.
  private static final String HEADER = "Question ID";
  private static final List<String> TIES =
      List.of("I agree with both", "I disagree with both", "These are similar");
  private static final String UNSURE = "I'm not sure";

  private String question; // null: all

  RemeshReader(Input input) {
    super(input);
  }

  /** Only votes on the answers to this question, by its text or its id. */
  public RemeshReader question(String textOrId) {
    return with(r -> r.question = textOrId);
  }

  @Override
  public Judgements read() {
    var files = new Export(input);
    var asked = new HashSet<String>();
    files.each("binary", row -> addVote(row, files, asked));
    if (asked.size() > 1) {
      String what = "Votes on the answers to " + asked.size() + " questions";
      files.notes.add(what + "; .question(\"...\") takes those to one.");
    }
    return files.intake.judgements(files.notes, true);
  }

  private void addVote(Row row, Export files, Set<String> asked) {
    String user = row.required("Participant ID");
    String about = row.required(HEADER);
    String item = row.required("Thought ID");
    String vote = row.required("Vote");
    if (!vote.equals("Agree") && !vote.equals("Disagree")) {
      throw row.refuse("Agree or Disagree in 'Vote'", Row.found(vote), "");
    }
    String text = files.questions.get(about);
    if (question != null && !question.equals(about) && !question.equals(text)) {
      files.intake.leave(1, "vote", " on other questions left out.");
      return;
    }
    asked.add(about);
    double value = vote.equals("Agree") ? 1 : -1;
    var judgements = files.intake.judgements.user(user, files.words.get(user));
    judgements.item(item, files.answers.get(item)).add(user, item, value);
  }

  /** Who preferred which of two answers. */
  static Preferences preferences(Input input) {
    var files = new Export(input);
    files.each("preference", files::addPair);
    var items = files.intake.answers.build().items().ids();
    long textless = items.stream().filter(id -> !files.answers.containsKey(id)).count();
    files.intake.leave(textless, "item", " without a text.");
    return files.intake.preferences(files.notes);
  }

  /** The files of one dialogue, and what was read of them so far. */
  private static final class Export {
    private final Map<String, String> questions = new HashMap<>(); // texts by ids
    private final Map<String, String> answers = new HashMap<>();
    private final Map<String, String> words = new HashMap<>(); // all that somebody wrote
    private final List<String> notes = new ArrayList<>();
    private final Intake intake = new Intake();
    private final Input input;

    private Export(Input input) {
      this.input = input;
      each(MAP, this::addText);
    }

    private void addText(Row row) {
      String about = row.required(HEADER);
      String asked = row.required("Question Text");
      String answer = row.required("Thought ID");
      String said = row.required("Thought Text");
      if (answers.putIfAbsent(answer, said) != null) throw row.twice("each answer once", answer);
      questions.putIfAbsent(about, asked);
      words.merge(row.required("Participant ID"), said, (all, more) -> all + "\n" + more);
    }

    /** Hands on the records of the file of this kind, and notes what was left out. */
    private void each(String kind, Consumer<Row> use) {
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

    private void addPair(Row row) {
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
      intake.answers.user(user, words.get(user)).prompt(question, questions.get(question));
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
}
