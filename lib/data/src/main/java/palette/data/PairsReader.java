package palette.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import palette.data.io.Input;
import palette.data.io.Mapping;
import palette.support.Checks;

/**
 * Reads comparisons, one a record, from JSONL, CSV, TSV or a table. The fields are {@code user},
 * {@code prompt} (may be missing), {@code chosen} and {@code rejected} unless they are named. A
 * text is its own id where there is no id field ({@code promptId}, {@code chosenId}, {@code
 * rejectedId}). A record whose {@code tie} is true (or 1) is a tie; false, 0 and nothing is none.
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

  /** The field of the first item's id, where it has one apart from its text. */
  public PairsReader leftId(String field) {
    return with("leftId", field);
  }

  /** The field of the second item's text, in records with a label. */
  public PairsReader right(String field) {
    return with("right", field);
  }

  /** The field of the second item's id, where it has one apart from its text. */
  public PairsReader rightId(String field) {
    return with("rightId", field);
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
    var reading = new PairsReading(fields, labelled ? labels : Map.of(), everyone);
    var notes = new ArrayList<>(input.each(reading::add));
    if (reading.nobody()) notes.add(NOBODY);
    return reading.intake.preferences(notes);
  }
}
