package palette.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import palette.data.io.Input;
import palette.data.io.Mapping;
import palette.data.io.RemeshFiles;
import palette.data.io.Row;
import palette.support.InputException;
import palette.support.Texts;

/**
 * Reads who preferred which of two answers in a collective dialogue of Remesh: {@code
 * ..._preference.csv} and, beside it, {@code ..._verbatim_map.csv} with the texts. The prompt is
 * the question, the items are what other participants answered. Who agrees with both, disagrees
 * with both or finds them similar sees no difference: ties. "I'm not sure" says nothing and is
 * counted in the notes.
 *
 * <p>Source: the akonya/polarized-issues-data repository.
 */
public final class RemeshReader extends DataReader<Preferences, RemeshReader> {
  private static final List<String> TIES =
      List.of("I agree with both", "I disagree with both", "These are similar");
  private static final String UNSURE = "I'm not sure";

  RemeshReader(Input input) {
    super(input);
  }

  @Override
  RemeshReader with(Input other) {
    return new RemeshReader(other);
  }

  @Override
  public Preferences read() {
    var notes = new ArrayList<String>();
    var reading = new Reading(RemeshFiles.of(input, notes));
    notes.addAll(reading.files.each("preference", reading::add));
    return reading.preferences(notes);
  }

  /** The answers so far. */
  private static final class Reading {
    private final RemeshFiles files;
    private final PreferencesBuilder builder = Preferences.builder();
    private final Map<String, Integer> ties = new TreeMap<>();
    private long unsure;

    private Reading(RemeshFiles files) {
      this.files = files;
    }

    private void add(Row row) {
      String user = Mapping.NONE.required(row, "Participant ID");
      String question = Mapping.NONE.required(row, "Question ID");
      String a = Mapping.NONE.required(row, "Thought A ID");
      String b = Mapping.NONE.required(row, "Thought B ID");
      String vote = Mapping.NONE.required(row, "Vote");
      if (a.equals(b)) throw row.refuse("two different answers", Row.found(a) + " twice", "");
      boolean tied = TIES.contains(vote);
      if (!tied && !List.of("Thought A", "Thought B", UNSURE).contains(vote)) throw none(row, vote);
      if (vote.equals(UNSURE)) {
        unsure++;
        return;
      }
      builder.prompt(question, files.questions().get(question));
      builder.item(a, files.answers().get(a)).item(b, files.answers().get(b));
      boolean first = !vote.equals("Thought B");
      var answer = new Comparison(user, question, first ? a : b, first ? b : a);
      if (tied) builder.tie(answer);
      else builder.add(answer);
      if (tied) ties.merge(vote, 1, Integer::sum);
    }

    private static InputException none(Row row, String vote) {
      return row.refuse(
          "'Thought A', 'Thought B', " + TIES + " or '" + UNSURE + "'", Row.found(vote), "");
    }

    private Preferences preferences(List<String> notes) {
      var read = builder.build();
      long textless =
          read.items().ids().stream().filter(id -> !files.answers().containsKey(id)).count();
      if (read.ties().size() > 0) {
        notes.add(PairsReader.tiesNote(read));
        ties.forEach((kind, n) -> notes.add(Texts.count(n, "tie") + ": " + kind + "."));
      }
      if (unsure > 0) notes.add(Texts.count(unsure, "answer") + " left out: " + UNSURE + ".");
      if (textless > 0) notes.add(Texts.count(textless, "item") + " without a text.");
      return read.withNotes(notes);
    }
  }
}
