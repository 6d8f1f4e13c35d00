package palette.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import palette.data.io.Input;
import palette.data.io.PreflibRows;
import palette.data.io.PreflibRows.Vote;
import palette.data.io.Stop;
import palette.support.InputException;
import palette.support.Texts;

/**
 * Reads rankings in PrefLib's formats: strict or with ties, complete or not (.soc, .soi, .toc,
 * .toi). The item is the number of an alternative, its text the name; the value is minus the rank,
 * so that higher is better, and tied alternatives share a rank. A line {@code count: order} stands
 * for {@code count} voters, {@code v1, v2, ...} in the order of the file. Alternatives that a voter
 * did not rank were not judged. A file has at most 1,000,000 voters and 10,000,000 ranks.
 *
 * <p>Source: preflib.org/format.
 */
public final class PreflibReader extends DataReader<Judgements, PreflibReader> {
  // A line of few bytes may stand for any number of voters, who all take memory.
  private static final long MOST_VOTERS = 1_000_000;
  private static final long MOST_RANKS = 10_000_000;

  PreflibReader(Input input) {
    super(input);
  }

  @Override
  PreflibReader with(Input other) {
    return new PreflibReader(other);
  }

  @Override
  public Judgements read() {
    try (var rows = new PreflibRows(input.lines())) {
      var reading = new Reading(rows);
      var notes = new ArrayList<>(input.each(rows, reading::add));
      reading.checkVoters(notes);
      return reading.builder.build().withNotes(notes);
    }
  }

  /** The voters so far. */
  private static final class Reading {
    private final PreflibRows rows;
    private final String work;
    private final Map<String, String> names;
    private final Judgements.Builder builder = Judgements.builder();
    private long voters;
    private long ranks;

    private Reading(PreflibRows rows) {
      this.rows = rows;
      work = "Reading " + rows.file();
      names = rows.header().names();
    }

    private void add(Vote vote) {
      limit("voters", voters + vote.voters(), MOST_VOTERS);
      limit("ranks", ranks + vote.voters() * vote.ranked(), MOST_RANKS);
      for (long v = 0; v < vote.voters(); v++) add("v" + ++voters, vote.order());
      ranks += vote.voters() * vote.ranked();
    }

    private void limit(String what, long n, long most) {
      if (n <= most) return;
      String expected = Texts.format("at most %,d %s", most, what);
      throw rows.refuse(expected, Texts.format("%,d", n), "Take a sample of the file.");
    }

    private void add(String voter, List<List<String>> order) {
      Stop.ifInterrupted(work);
      for (int rank = 0; rank < order.size(); rank++) {
        for (var item : order.get(rank)) {
          builder.item(item, names.get(item)).add(voter, item, -(rank + 1));
        }
      }
    }

    private void checkVoters(List<String> notes) {
      long expected = rows.header().declared("NUMBER VOTERS", voters);
      if (expected == voters) return;
      var wrong =
          new InputException(
              rows.file(), Texts.count(expected, "voter") + " as in the header", "" + voters, "");
      if (notes.isEmpty()) throw wrong;
      notes.add(wrong.getMessage());
    }
  }
}
