package palette.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import palette.data.io.Input;
import palette.data.io.Mapping;
import palette.data.io.Row;
import palette.data.io.Talk;
import palette.support.Checks;

/**
 * Reads comparisons, one a record, from JSONL, CSV, TSV or a table. The fields are {@code user},
 * {@code prompt} (may be missing), {@code chosen} and {@code rejected} unless they are named. A
 * text is its own id where there is no id field ({@code promptId}, {@code chosenId}, {@code
 * rejectedId}). A user's own text is in {@code userText}, in one of their records or in all. A
 * record whose {@code tie} is true (or 1) is a tie; false, 0 and nothing is none.
 *
 * <p>Conversations, lists of {@code role} and {@code content} as TRL and UltraFeedback have them,
 * are texts too: what both items begin with is the prompt, or the end of it. Records of nothing but
 * a prompt and two items are answers of one user, {@code "everyone"}, and a note says so.
 *
 * <p>Where a record has two items and a label instead: {@code
 * .left("item1").right("item2").label("pref").leftWins("1").rightWins("-1").tie("0")}.
 */
public final class PairsReader extends DataReader<Preferences, PairsReader> {
  enum Side {
    LEFT,
    RIGHT,
    TIE
  }

  private static final String NOBODY =
      "No field 'user': all answers are those of one user, \"everyone\". .user(\"...\") names one.";

  private static final String EVERYONE = "everyone";
  private static final String ONE = " Or say .oneUser(\"everyone\"), if there are no users.";

  /** What records have beside users, in Palette's form and in UltraFeedback's. */
  static final Set<String> NO_USERS =
      Set.of(
          ("prompt promptId chosen chosenId rejected rejectedId tie first seconds context messages"
                  + " prompt_id score_chosen score_rejected")
              .split(" "));

  private Mapping fields = Mapping.NONE;
  private Map<String, Side> labels = Map.of();
  private String everyone; // null: users are read

  PairsReader(Input input) {
    super(input);
  }

  PairsReader with(String role, String field) {
    return with(r -> r.fields = fields.with(role, field));
  }

  private PairsReader with(Side side, String... values) {
    var more = new HashMap<>(labels);
    for (var value : values) {
      var before = more.put(Checks.present("label", value), side);
      Checks.require(
          before == null || before == side, "label '" + value + "'", "one meaning", "two");
    }
    return with(r -> r.labels = Map.copyOf(more));
  }

  /** What parts the fields of a table; with a tab, quotes are ordinary characters. */
  public PairsReader separator(char separator) {
    return with(r -> r.input = input.separator(separator));
  }

  /** The names of the columns, in a table without a header. */
  public PairsReader header(String... names) {
    return with(r -> r.input = input.header(List.of(names)));
  }

  /** The field of the user's id. */
  public PairsReader user(String field) {
    return with("user", field);
  }

  /** There is no user field: everybody is this one. */
  public PairsReader oneUser(String id) {
    return with(r -> r.everyone = Checks.named("id", id));
  }

  /** The field of the prompt's text. */
  public PairsReader prompt(String field) {
    return with("prompt", field);
  }

  /** The field of the prompt's id, where it has one apart from its text. */
  public PairsReader promptId(String field) {
    return with("promptId", field);
  }

  /** The field of the chosen item's text. */
  public PairsReader chosen(String field) {
    return with("chosen", field);
  }

  /** The field of the chosen item's id, where it has one apart from its text. */
  public PairsReader chosenId(String field) {
    return with("chosenId", field);
  }

  /** The field of the rejected item's text. */
  public PairsReader rejected(String field) {
    return with("rejected", field);
  }

  /** The field of the rejected item's id, where it has one apart from its text. */
  public PairsReader rejectedId(String field) {
    return with("rejectedId", field);
  }

  /** The field of how much evidence a record is, in answers, 1e-30 to 1e30; 1 unless named. */
  public PairsReader weight(String field) {
    return with("weight", field);
  }

  /**
   * The field that says which item was shown first: {@code chosen} or {@code rejected}, or that
   * item's id. In records with a label the left one stands first unless this field is named.
   */
  public PairsReader first(String field) {
    return with("first", field);
  }

  /** The field of how many seconds an answer took. */
  public PairsReader seconds(String field) {
    return with("seconds", field);
  }

  /** The field of the first item's text, in records with a label. */
  public PairsReader left(String field) {
    return with("left", field);
  }

  /** The field of the second item's text, in records with a label. */
  public PairsReader right(String field) {
    return with("right", field);
  }

  /** The field that says which of the two was preferred. */
  public PairsReader label(String field) {
    return with("label", field);
  }

  /** Labels by which the first item was preferred. */
  public PairsReader leftWins(String... values) {
    return with(Side.LEFT, values);
  }

  /** Labels by which the second item was preferred. */
  public PairsReader rightWins(String... values) {
    return with(Side.RIGHT, values);
  }

  /** Labels that see no difference; such pairs are kept apart ({@link Preferences#ties}). */
  public PairsReader tie(String... values) {
    return with(Side.TIE, values);
  }

  @Override
  public Preferences read() {
    boolean labelled = fields.names("label") || !labels.isEmpty();
    boolean both = labels.values().containsAll(List.of(Side.LEFT, Side.RIGHT));
    Checks.require(
        !labelled || both, "label", "leftWins and rightWins values", new TreeMap<>(labels));
    var reading = new Reading();
    var notes = new ArrayList<>(input.each(reading::add));
    if (reading.nobody) notes.add(NOBODY);
    return reading.intake.preferences(notes);
  }

  /** The comparisons so far; a record is looked at whole before any of it is kept. */
  private final class Reading {
    private final Intake intake = new Intake();
    private boolean begun;
    private boolean nobody; // there were no users, and so all answers are one's

    void add(Row record) {
      boolean labelled = !labels.isEmpty();
      var side = labelled ? side(record) : null;
      String one = labelled ? "left" : "chosen";
      String other = labelled ? "right" : "rejected";
      var row = Talk.of(record, fields.field("prompt"), fields.field(one), fields.field(other));
      String user = user(row);
      String told = fields.optional(row, "userText");
      var prompt = entry(row, "prompt", false);
      var first = entry(row, one, true);
      var second = entry(row, other, true);
      if (first.id.equals(second.id)) throw row.twice("two different items", first.id);
      var known = intake.answers;
      row.sameText(user, told, known.userText(user));
      if (prompt != null) row.sameText(prompt.id, prompt.text, known.promptText(prompt.id));
      row.sameText(first.id, first.text, known.itemText(first.id));
      row.sameText(second.id, second.text, known.itemText(second.id));
      boolean tie = side == Side.TIE || !labelled && row.truth("tie");
      double weight = fields.names("weight") && !tie ? weight(row) : 1;
      var winner = side == Side.RIGHT ? second : first;
      var loser = side == Side.RIGHT ? first : second;
      int place = tie ? 0 : place(row, side, winner, loser);
      double seconds = fields.names("seconds") && !tie ? seconds(row) : Double.NaN;
      if (told != null) known.user(user, told);
      if (prompt != null) known.prompt(prompt.id, prompt.text);
      known.item(first.id, first.text).item(second.id, second.text);
      var answer = new Comparison(user, prompt == null ? null : prompt.id, winner.id, loser.id);
      if (tie) known.tie(answer);
      else known.add(answer, weight, place, seconds);
      begun = true;
    }

    /** 1 where the winner stood first, 2 where the loser did, 0 where it is not said. */
    private int place(Row row, Side side, Entry winner, Entry loser) {
      if (!fields.names("first")) return side == null ? 0 : side == Side.LEFT ? 1 : 2;
      String first = fields.optional(row, "first");
      if (first == null) return 0;
      if (first.equals("chosen") || first.equals(winner.id)) return 1;
      if (first.equals("rejected") || first.equals(loser.id)) return 2;
      throw row.refuse("'chosen', 'rejected' or the id of one of them", Row.found(first), "");
    }

    private double seconds(Row row) {
      String written = fields.optional(row, "seconds");
      if (written == null) return Double.NaN;
      double seconds = row.number(fields.field("seconds"), written);
      if (seconds >= 0 && seconds <= 1e30) return seconds;
      throw row.refuse("seconds of at least 0", Row.found(written), "");
    }

    private Side side(Row row) {
      String label = fields.required(row, "label");
      var side = labels.get(label);
      if (side != null) return side;
      throw row.refuse(
          "a label among " + labels.keySet().stream().sorted().toList(),
          Row.found(label),
          "Name its meaning with .leftWins, .rightWins or .tie.");
    }

    /** The first good record says whether there are users. */
    private String user(Row row) {
      if (!begun && everyone == null) nobody = namesNobody(row);
      if (!nobody) return everyone != null ? everyone : fields.required(row, "user", ONE);
      if (!row.fields().contains("user")) return EVERYONE;
      throw row.refuse("no field 'user', as in the records before", "one", "Give all a user.");
    }

    private boolean namesNobody(Row row) {
      if (fields.names("user")) return false;
      var others = new HashSet<>(row.fields());
      others.removeAll(NO_USERS);
      others.removeAll(fields.named().values());
      others.removeIf(Mapping::isIndex);
      return others.isEmpty();
    }

    private double weight(Row row) {
      double weight = row.number(fields.field("weight"), fields.required(row, "weight"));
      if (PreferencesBuilder.isWeight(weight)) return weight;
      throw row.refuse("a weight from 1e-30 to 1e30", "" + weight, "");
    }

    private record Entry(String id, String text) {}

    private Entry entry(Row row, String role, boolean required) {
      // Preferences.write puts ids under the very names of the roles.
      boolean plainId = !fields.names(role) && row.text(role + "Id") != null;
      boolean hasId = plainId || fields.names(role + "Id");
      String id = hasId ? fields.required(row, role + "Id") : null;
      boolean textNeeded = required && (!hasId || fields.names(role));
      String text = textNeeded ? fields.required(row, role) : fields.optional(row, role);
      if (id == null && text == null) return null;
      return id == null ? new Entry(text, null) : new Entry(id, text);
    }
  }
}
