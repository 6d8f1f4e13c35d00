package palette.data;

import java.util.ArrayList;
import java.util.List;
import palette.data.io.Input;
import palette.data.io.Mapping;
import palette.data.io.Row;
import palette.support.Texts;

/**
 * Reads Anthropic's HH-RLHF: JSONL with two whole dialogues, {@code chosen} and {@code rejected}.
 * The prompt is what both share, up to and with the last {@code "\n\nAssistant:"} of it; the items
 * are what follows. There are no users, so everybody is {@code "everyone"}. Pairs of equal answers
 * and pairs with an empty one are counted in the notes and left out.
 */
public final class HhRlhfReader extends DataReader<Preferences, HhRlhfReader> {
  private static final String TURN = "\n\nAssistant:";

  HhRlhfReader(Input input) {
    super(input);
  }

  @Override
  HhRlhfReader with(Input other) {
    return new HhRlhfReader(other);
  }

  @Override
  public Preferences read() {
    var builder = Preferences.builder();
    var left = new LeftOut();
    var notes = new ArrayList<>(input.each(row -> add(builder, row, left)));
    notes.addAll(left.notes());
    return builder.build().withNotes(notes);
  }

  private static void add(PreferencesBuilder builder, Row row, LeftOut left) {
    String chosen = Mapping.NONE.required(row, "chosen");
    String rejected = Mapping.NONE.required(row, "rejected");
    int turn = chosen.substring(0, shared(chosen, rejected)).lastIndexOf(TURN);
    if (turn < 0) {
      throw row.refuse("a dialogue with 'Assistant:' that both share", Row.found(chosen), "");
    }
    int from = turn + TURN.length();
    String better = chosen.substring(from).strip();
    String worse = rejected.substring(from).strip();
    if (left.keeps(better, worse)) {
      builder.add(new Comparison("everyone", chosen.substring(0, from), better, worse));
    }
  }

  private static int shared(String a, String b) {
    int n = 0;
    while (n < a.length() && n < b.length() && a.charAt(n) == b.charAt(n)) n++;
    return n;
  }

  /** Counts of pairs that say nothing: known faults of public data, no reason to stop. */
  static final class LeftOut {
    private long equal;
    private long empty;

    boolean keeps(String a, String b) {
      if (a.isBlank() || b.isBlank()) empty++;
      else if (a.equals(b)) equal++;
      else return true;
      return false;
    }

    List<String> notes() {
      var notes = new ArrayList<String>();
      if (equal > 0) notes.add(Texts.count(equal, "pair") + " of equal answers left out.");
      if (empty > 0) notes.add(Texts.count(empty, "pair") + " with an empty answer left out.");
      return notes;
    }
  }
}
