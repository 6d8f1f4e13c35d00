package palette.data;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import palette.data.PairsReader.Side;
import palette.data.io.Input;
import palette.data.io.Mapping;
import palette.data.io.Row;
import palette.data.io.Talk;

/** The comparisons that were read so far; a record is looked at whole before any of it is kept. */
final class PairsReading {
  private static final String EVERYONE = "everyone";
  private static final String ONE = " Or say .oneUser(\"everyone\"), if there are no users.";

  /** What records have beside users, in Palette's form and in UltraFeedback's. */
  static final Set<String> NO_USERS =
      Set.of(
          ("prompt promptId chosen chosenId rejected rejectedId tie first seconds context messages"
                  + " prompt_id score_chosen score_rejected")
              .split(" "));

  private final Mapping fields;
  private final Map<String, Side> labels; // empty: chosen and rejected say it
  final Intake intake = new Intake();
  private final PreferencesBuilder builder = intake.answers;
  private String everyone; // null: users are read
  private boolean begun;
  private boolean nobody;

  PairsReading(Mapping fields, Map<String, Side> labels, String everyone) {
    this.fields = fields;
    this.labels = labels;
    this.everyone = everyone;
  }

  /** Pairs of whole dialogues of one user, those left out that say nothing. */
  static Preferences dialogues(Input input) {
    var intake = new Intake();
    return intake.preferences(
        input.each(
            record -> {
              var row = Talk.ofDialogues(record, "chosen", "rejected");
              String better = row.text("chosen");
              String worse = row.text("rejected");
              if (!intake.keeps(better, worse)) return;
              intake.answers.add(new Comparison(EVERYONE, row.text("prompt"), better, worse));
            }));
  }

  /** Whether there were no users, and so all answers are one's. */
  boolean nobody() {
    return nobody;
  }

  void add(Row record) {
    var side = labels.isEmpty() ? null : side(record);
    var row = talk(record, side == null ? "chosen" : "left", side == null ? "rejected" : "right");
    String user = user(row);
    var prompt = entry(row, "prompt", false);
    var first = entry(row, side == null ? "chosen" : "left", true);
    var second = entry(row, side == null ? "rejected" : "right", true);
    if (first.id.equals(second.id)) throw row.twice("two different items", first.id);
    if (prompt != null) sameText(row, prompt.id, prompt.text, builder.promptText(prompt.id));
    sameText(row, first.id, first.text, builder.itemText(first.id));
    sameText(row, second.id, second.text, builder.itemText(second.id));
    boolean tie = side == Side.TIE || side == null && row.truth("tie");
    double weight = fields.names("weight") && !tie ? weight(row) : 1;
    var winner = side == Side.RIGHT ? second : first;
    var loser = side == Side.RIGHT ? first : second;
    int place = tie ? 0 : place(row, side, winner, loser);
    double seconds = fields.names("seconds") && !tie ? seconds(row) : Double.NaN;
    if (prompt != null) builder.prompt(prompt.id, prompt.text);
    builder.item(first.id, first.text).item(second.id, second.text);
    var answer = new Comparison(user, prompt == null ? null : prompt.id, winner.id, loser.id);
    if (tie) builder.tie(answer);
    else builder.add(answer, weight, place, seconds);
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

  private Row talk(Row row, String first, String second) {
    return Talk.of(row, fields.field("prompt"), fields.field(first), fields.field(second));
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
