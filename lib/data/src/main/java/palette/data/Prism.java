package palette.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import palette.data.io.Input;
import palette.data.io.JsonRows.JsonRow;
import palette.data.io.Messages;
import palette.data.io.Messages.Message;
import palette.data.io.Row;
import palette.support.InputException;

/**
 * PRISM's conversations; see {@link Preferences#prism}. In each turn a person asks and scores what
 * models answer; the chosen answer is what the next turn goes on from.
 */
final class Prism {
  private static final List<String> NAMES =
      List.of(
          "conversations.jsonl",
          "conversations.jsonl.gz",
          "utterances.jsonl",
          "utterances.jsonl.gz");
  private static final String HISTORY = "conversation_history";
  private static final String SPLIT =
      "Turns go on from each other: .splitByConversation(...) keeps them on one side.";
  private static final int MOST = 100; // turns, and answers of one, which are four at most

  /** What a model said, its score (NaN: none) and whether the person went on with it. */
  private record Said(String text, double score, boolean chosen) {}

  private static final class Turn {
    private String question = "";
    private final List<Said> said = new ArrayList<>();
  }

  private record Conversation(String user, Map<Integer, Turn> turns) {
    private Conversation(String user) {
      this(user, new TreeMap<>());
    }

    private Turn turn(Row row) {
      double turn = row.number("turn");
      if (turn < 0 || turn >= MOST || turn != Math.rint(turn)) {
        throw row.refuse("the number of a turn in 'turn'", Row.found(row.text("turn")), "");
      }
      return turns.computeIfAbsent((int) turn, n -> new Turn());
    }
  }

  private final DataReader.Intake intake = new DataReader.Intake();
  private final Map<String, Conversation> utterances = new LinkedHashMap<>();

  private Prism() {}

  static Preferences read(Input input) {
    var reading = new Prism();
    var notes = new ArrayList<>(input.file(file(input.path())).eachJson(reading::add));
    reading.utterances.forEach(reading::keep);
    notes.add(SPLIT);
    return reading.intake.preferences(notes);
  }

  private static Path file(Path path) {
    if (!Files.isDirectory(path)) return path;
    for (var name : NAMES) if (Files.exists(path.resolve(name))) return path.resolve(name);
    throw new InputException(
        path.toString(), "one of " + NAMES, "none", "Name the file, or the folder that has it.");
  }

  private void add(JsonRow row) {
    String id = row.required("conversation_id");
    String user = row.required("user_id");
    if (row.fields().contains(HISTORY)) keep(id, whole(row, user));
    else addUtterance(row, id, user);
  }

  /** A line of conversations.jsonl. */
  private static Conversation whole(JsonRow row, String user) {
    var history = row.node().get(HISTORY);
    if (!history.isArray()) throw row.refuse("a list in '" + HISTORY + "'", "none", "");
    var talk = new Conversation(user);
    for (var element : history) {
      var one = new JsonRow(row.where(), element);
      var turn = talk.turn(one);
      String role = one.required("role");
      if (role.equals("user")) turn.question = one.required("content");
      else if (role.equals("model")) addSaid(turn, one, "content");
      else throw row.refuse("user or model in 'role'", Row.found(role), "");
    }
    return talk;
  }

  /** A line of utterances.jsonl: a question and one answer. */
  private void addUtterance(Row row, String id, String user) {
    String question = row.required("user_prompt");
    if (!row.fields().contains("model_response")) row.required("model_response");
    var talk = utterances.getOrDefault(id, new Conversation(user));
    if (!talk.user.equals(user)) {
      throw row.refuse("one user a conversation", Row.found(user), "");
    }
    var turn = talk.turn(row);
    addSaid(turn, row, "model_response");
    turn.question = question;
    utterances.put(id, talk);
  }

  private static void addSaid(Turn turn, Row row, String field) {
    String text = row.text(field);
    String score = row.text("score");
    boolean scored = score != null && !score.isBlank();
    double number = scored ? row.number("score", score) : Double.NaN;
    boolean chosen = row.truth("if_chosen");
    if (turn.said.size() == MOST) {
      throw row.refuse("at most " + MOST + " answers in a turn", "more", "");
    }
    turn.said.add(new Said(text == null ? "" : text, number, chosen));
  }

  private void keep(String id, Conversation talk) {
    var before = new ArrayList<Message>();
    talk.turns.forEach(
        (number, turn) -> {
          before.add(new Message("user", turn.question));
          keep(talk.user, id + "/" + number, new Messages(before).text(), turn.said);
          var chosen = turn.said.stream().filter(Said::chosen).findFirst();
          chosen.ifPresent(said -> before.add(new Message("assistant", said.text)));
        });
  }

  private void keep(String user, String prompt, String asked, List<Said> all) {
    var said = different(all);
    double weight = weight(said);
    for (int i = 0; i < said.size(); i++) {
      for (int j = i + 1; j < said.size(); j++) {
        boolean higher = said.get(i).score >= said.get(j).score;
        String better = said.get(higher ? i : j).text;
        var pair = new Comparison(user, prompt, better, said.get(higher ? j : i).text);
        intake.answers.prompt(prompt, asked);
        if (said.get(i).score == said.get(j).score) intake.answers.tie(pair);
        else intake.answers.add(pair, weight);
      }
    }
  }

  private List<Said> different(List<Said> said) {
    var seen = new HashSet<String>();
    var kept = new ArrayList<Said>();
    for (var one : said) {
      boolean unsaid = one.text.isBlank() || Double.isNaN(one.score);
      if (unsaid) intake.leave(1, "answer", " empty or without a score left out.");
      else if (seen.add(one.text)) kept.add(one);
      else intake.leave(1, "answer", " repeated in its turn left out.");
    }
    return kept;
  }

  private static double weight(List<Said> said) {
    long pairs = 0;
    for (int i = 0; i < said.size(); i++) {
      for (int j = 0; j < i; j++) if (said.get(i).score != said.get(j).score) pairs++;
    }
    return pairs == 0 ? 1 : Math.min(1, (double) said.size() / pairs);
  }
}
