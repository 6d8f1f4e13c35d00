package palette.data;

import java.util.ArrayList;
import java.util.List;
import palette.data.io.Input;
import palette.data.io.PreflibRows;
import palette.data.io.PreflibRows.Vote;
import palette.data.io.Stop;
import palette.support.InputException;
import palette.support.Texts;

/** Rankings in PrefLib's formats; see {@link Judgements#preflib}. */
final class Preflib {
  // A line of few bytes may stand for any number of voters, who all take memory.
  private static final long MOST_VOTERS = 1_000_000;
  private static final long MOST_RANKS = 10_000_000;

  private final PreflibRows rows;
  private final Judgements.Builder builder = Judgements.builder();
  private long voters;
  private long ranks;

  private Preflib(PreflibRows rows) {
    this.rows = rows;
  }

  static Judgements read(Input input) {
    try (var rows = new PreflibRows(input.lines())) {
      var reading = new Preflib(rows);
      var notes = new ArrayList<>(input.each(rows, reading::add));
      reading.checkVoters(notes);
      return reading.builder.build().withNotes(notes);
    }
  }

  private void add(Vote vote) {
    long more = vote.voters() * vote.ranked();
    limit("voters", voters + vote.voters(), MOST_VOTERS);
    limit("ranks", ranks + more, MOST_RANKS);
    for (long v = 0; v < vote.voters(); v++) add("v" + ++voters, vote.order());
    ranks += more;
  }

  private void limit(String what, long n, long most) {
    if (n <= most) return;
    String expected = Texts.format("at most %,d %s", most, what);
    throw rows.refuse(expected, Texts.format("%,d", n), "Take a sample of the file.");
  }

  private void add(String voter, List<List<String>> order) {
    Stop.ifInterrupted("Reading " + rows.file());
    for (int rank = 0; rank < order.size(); rank++) {
      for (var item : order.get(rank)) {
        builder.item(item, rows.names().get(item)).add(voter, item, -(rank + 1));
      }
    }
  }

  private void checkVoters(List<String> notes) {
    long expected = rows.voters(voters);
    if (expected == voters) return;
    String said = Texts.count(expected, "voter") + " as in the header";
    var wrong = new InputException(rows.file(), said, "" + voters, "");
    if (notes.isEmpty()) throw wrong;
    notes.add(wrong.getMessage());
  }
}
