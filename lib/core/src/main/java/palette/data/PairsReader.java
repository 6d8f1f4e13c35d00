package palette.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import palette.data.io.Input;
import palette.data.io.Mapping;
import palette.data.io.Row;
import palette.support.Checks;
import palette.support.Texts;

/**
 * Reads comparisons, one a record, from JSONL, CSV, TSV or a table. The fields are {@code user},
 * {@code prompt} (may be missing), {@code chosen} and {@code rejected} unless they are named. A
 * text is its own id where there is no id field ({@code promptId}, {@code chosenId}, {@code
 * rejectedId}). A record whose {@code tie} is true (or 1) is a tie; false, 0 and nothing is none.
 *
 * <p>Where a record has two items and a label instead: {@code
 * .left("item1").right("item2").label("pref").leftWins("1").rightWins("-1").tie("0")}.
 */
public final class PairsReader extends DataReader<Preferences, PairsReader> {
  private enum Side {
    LEFT,
    RIGHT,
    TIE
  }

  private static final String NOBODY = " Or say .oneUser(\"everyone\"), if there are no users.";

  private final Mapping fields;
  private final Map<String, Side> labels;
  private final String everyone; // null: users are read

  PairsReader(Input input) {
    this(input, Mapping.NONE, Map.of(), null);
  }

  private PairsReader(Input input, Mapping fields, Map<String, Side> labels, String everyone) {
    super(input);
    this.fields = fields;
    this.labels = labels;
    this.everyone = everyone;
  }

  @Override
  PairsReader with(Input other) {
    return new PairsReader(other, fields, labels, everyone);
  }

  private PairsReader with(String role, String field) {
    return new PairsReader(input, fields.with(role, field), labels, everyone);
  }

  private PairsReader with(Side side, String... values) {
    var more = new HashMap<>(labels);
    for (var value : values) {
      var before = more.put(Checks.present("label", value), side);
      Checks.require(
          before == null || before == side, "label '" + value + "'", "one meaning", "two");
    }
    return new PairsReader(input, fields, Map.copyOf(more), everyone);
  }

  /** What parts the fields of a table; with a tab, quotes are ordinary characters. */
  public PairsReader separator(char separator) {
    return with(input.separator(separator));
  }

  /** The field of the user's id. */
  public PairsReader user(String field) {
    return with("user", field);
  }

  /** There is no user field: everybody is this one. */
  public PairsReader oneUser(String id) {
    return new PairsReader(input, fields, labels, Checks.present("id", id));
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
    var builder = Preferences.builder();
    var notes = new ArrayList<>(input.each(row -> add(builder, row, labelled ? side(row) : null)));
    var read = builder.build();
    if (read.ties().size() > 0) notes.add(tiesNote(read));
    return read.withNotes(notes);
  }

  static String tiesNote(Preferences read) {
    return Texts.count(read.ties().size(), "tie") + " kept apart in ties() and not trained on.";
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

  private void add(PreferencesBuilder builder, Row row, Side side) {
    String user = everyone != null ? everyone : fields.required(row, "user", NOBODY);
    var prompt = entry(row, "prompt", false);
    var first = entry(row, side == null ? "chosen" : "left", true);
    var second = entry(row, side == null ? "rejected" : "right", true);
    if (first.id.equals(second.id)) {
      throw row.refuse("two different items", Row.found(first.id) + " twice", "");
    }
    if (prompt != null) sameText(row, prompt, builder.promptText(prompt.id));
    sameText(row, first, builder.itemText(first.id));
    sameText(row, second, builder.itemText(second.id));
    boolean tie = side == Side.TIE || side == null && row.truth("tie");
    double weight = fields.names("weight") && !tie ? weight(row) : 1;
    if (prompt != null) builder.prompt(prompt.id, prompt.text);
    builder.item(first.id, first.text).item(second.id, second.text);
    var winner = side == Side.RIGHT ? second : first;
    var loser = side == Side.RIGHT ? first : second;
    var answer = new Comparison(user, prompt == null ? null : prompt.id, winner.id, loser.id);
    if (tie) builder.tie(answer);
    else builder.add(answer, weight);
  }

  private double weight(Row row) {
    double weight = row.number(fields.field("weight"), fields.required(row, "weight"));
    if (PreferencesBuilder.isWeight(weight)) return weight;
    throw row.refuse("a weight from 1e-30 to 1e30", "" + weight, "");
  }

  private static void sameText(Row row, Entry entry, String before) {
    sameText(row, entry.id, entry.text, before);
  }

  /** An id has one text in all records. */
  static void sameText(Row row, String id, String text, String before) {
    if (before == null || text == null || before.equals(text)) return;
    throw row.refuse(
        "one text for the id " + Row.found(id),
        Row.found(text) + " after " + Row.found(before),
        "");
  }

  // Preferences.write puts ids under the very names of the roles.
  private boolean hasPlainId(Row row, String role) {
    return !fields.names(role) && row.text(role + "Id") != null;
  }

  private record Entry(String id, String text) {}

  private Entry entry(Row row, String role, boolean required) {
    boolean hasId = fields.names(role + "Id") || hasPlainId(row, role);
    String id = hasId ? fields.required(row, role + "Id") : null;
    boolean textNeeded = required && (!hasId || fields.names(role));
    String text = textNeeded ? fields.required(row, role) : fields.optional(row, role);
    if (id == null && text == null) return null;
    return id == null ? new Entry(text, null) : new Entry(id, text);
  }
}
