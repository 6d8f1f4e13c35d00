package palette.data.io;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import palette.data.io.JsonRows.JsonRow;
import palette.data.io.Messages.Message;
import palette.support.InputException;

/**
 * One conversation of PRISM. In each turn a person asks and scores what models answer; the chosen
 * answer is what the next turn goes on from.
 */
public final class PrismTalk {
  private static final String HISTORY = "conversation_history";
  private static final int MOST = 100; // turns, and answers of one; PRISM has 22 and 4

  /** What a model said, its score (NaN: none) and whether the person went on with it. */
  public record Said(String text, double score, boolean chosen) {}

  /** A turn: all that was said before and the question, as one text, and the answers to it. */
  public record Turn(int number, String asked, List<Said> said) {}

  private static final class Asked {
    private String question = "";
    private final List<Said> said = new ArrayList<>();
  }

  private final String user;
  private final Map<Integer, Asked> turns = new TreeMap<>();

  /** An empty one of this person. */
  public PrismTalk(String user) {
    this.user = user;
  }

  /** Whose it is. */
  public String user() {
    return user;
  }

  /** Adds what one row of utterances.jsonl says: a question and one answer. */
  public void add(Row row, int turn, String question, Said said) {
    var asked = turns.computeIfAbsent(turn, n -> new Asked());
    if (asked.said.size() == MOST) throw tooMany(row);
    asked.question = question;
    asked.said.add(said);
  }

  /** Whether a record is a whole conversation, as in conversations.jsonl. */
  public static boolean isWhole(Row row) {
    return row.fields().contains(HISTORY);
  }

  /** A line of conversations.jsonl. */
  public static PrismTalk of(JsonRow row) {
    var talk = new PrismTalk(Mapping.NONE.required(row, "user_id"));
    var history = row.node().get(HISTORY);
    if (!history.isArray()) throw row.refuse("a list in '" + HISTORY + "'", "none", "");
    for (var one : history) talk.add(row, new JsonRow(row.where(), one));
    return talk;
  }

  private void add(JsonRow row, JsonRow one) {
    var asked = turns.computeIfAbsent(turn(one), n -> new Asked());
    String role = Mapping.NONE.required(one, "role");
    if (role.equals("user")) asked.question = Mapping.NONE.required(one, "content");
    else if (role.equals("model")) asked.said.add(said(one, "content"));
    else throw row.refuse("user or model in 'role'", Row.found(role), "");
    if (asked.said.size() > MOST) throw tooMany(row);
  }

  private static InputException tooMany(Row row) {
    return row.refuse("at most " + MOST + " answers in a turn", "more", "");
  }

  /** The number of the turn that a record names. */
  public static int turn(Row row) {
    double turn = row.number("turn");
    if (turn >= 0 && turn < MOST && turn == Math.rint(turn)) return (int) turn;
    throw row.refuse("the number of a turn in 'turn'", Row.found(row.text("turn")), "");
  }

  /** The answer that a record names. */
  public static Said said(Row row, String field) {
    String text = row.text(field);
    String score = Mapping.NONE.optional(row, "score");
    double number = score == null ? Double.NaN : row.number("score", score);
    return new Said(text == null ? "" : text, number, row.truth("if_chosen"));
  }

  /** Its turns in order. */
  public List<Turn> turns() {
    var all = new ArrayList<Turn>();
    var before = new ArrayList<Message>();
    for (var turn : turns.entrySet()) {
      var asked = turn.getValue();
      before.add(new Message("user", asked.question));
      all.add(new Turn(turn.getKey(), new Messages(before).text(), List.copyOf(asked.said)));
      asked.said.stream()
          .filter(Said::chosen)
          .findFirst()
          .ifPresent(said -> before.add(new Message("assistant", said.text)));
    }
    return all;
  }
}
