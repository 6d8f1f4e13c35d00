package palette.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import palette.data.io.Input;
import palette.data.io.Lines;
import palette.data.io.Row;
import palette.data.io.Rows;
import palette.support.InputException;
import palette.support.Texts;

/**
 * Reads rankings in PrefLib's formats: strict or with ties, complete or not (.soc, .soi, .toc,
 * .toi). The item is the number of an alternative, its text the name; the value is minus the rank,
 * so that higher is better, and tied alternatives share a rank. A line {@code count: order} stands
 * for {@code count} voters, {@code v1, v2, ...} in the order of the file. Alternatives that a voter
 * did not rank were not judged.
 *
 * <p>Source: preflib.org/format.
 */
public final class PreflibReader extends DataReader<Judgements, PreflibReader> {
  private static final String NAME = "ALTERNATIVE NAME ";

  PreflibReader(Input input) {
    super(input);
  }

  @Override
  PreflibReader with(Input other) {
    return new PreflibReader(other);
  }

  @Override
  public Judgements read() {
    try (var votes = new Votes(input.lines())) {
      var builder = Judgements.builder();
      var notes = new ArrayList<>(input.each(votes, (Vote vote) -> vote.addTo(builder, votes)));
      votes.checkVoters(notes);
      return builder.build().withNotes(notes);
    }
  }

  /** An order of a number of voters, best first; tied alternatives together. */
  private record Vote(long voters, List<List<String>> order) {

    private void addTo(Judgements.Builder builder, Votes votes) {
      for (long v = 0; v < voters; v++) {
        String voter = "v" + ++votes.voters;
        for (int rank = 0; rank < order.size(); rank++) {
          for (var item : order.get(rank)) {
            builder.item(item, votes.names.get(item)).add(voter, item, -(rank + 1));
          }
        }
      }
    }
  }

  /** The header, then the orders one after another. */
  private static final class Votes implements Rows<Vote> {
    private final Lines lines;
    private final Map<String, String> header = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private boolean begun;
    private long voters;

    private Votes(Lines lines) {
      this.lines = lines;
    }

    @Override
    public Vote next() {
      for (String line = lines.next(); line != null; line = lines.next()) {
        if (line.startsWith("#")) header(line.substring(1).strip());
        else if (!line.isBlank()) return vote(line);
      }
      return null;
    }

    private void header(String line) {
      int colon = line.indexOf(':');
      if (colon < 0) return;
      String key = line.substring(0, colon).strip();
      String value = line.substring(colon + 1).strip();
      if (key.startsWith(NAME)) names.put(key.substring(NAME.length()).strip(), value);
      else header.put(key, value);
    }

    private Vote vote(String line) {
      if (!begun) checkHeader();
      begun = true;
      int colon = line.indexOf(':');
      long count = colon < 0 ? 0 : whole(line.substring(0, colon).strip());
      if (count < 1 || count > declared("NUMBER VOTERS", 100_000_000)) {
        throw refuse("'count: best,second,...'", Row.found(line), "");
      }
      var order = order(line.substring(colon + 1));
      long ranked = order.stream().mapToInt(List::size).sum();
      String type = header.getOrDefault("DATA TYPE", "");
      if (type.endsWith("c") && ranked != names.size()) {
        throw refuse(
            "all " + names.size() + " alternatives, as a ." + type + " has", "" + ranked, "");
      }
      return new Vote(count, order);
    }

    private List<List<String>> order(String written) {
      var order = new ArrayList<List<String>>();
      var seen = new HashSet<String>();
      List<String> tied = null;
      for (var part : written.split(",")) {
        String item = part.strip();
        if (item.startsWith("{")) order.add(tied = new ArrayList<>());
        String id = item.replaceAll("^\\{|}$", "").strip();
        if (!names.containsKey(id)) {
          throw refuse(
              "an alternative of the header", Row.found(id), "They are 1 to " + names.size() + ".");
        }
        if (!seen.add(id)) throw refuse("each alternative once", "'" + id + "' twice", "");
        if (tied == null) order.add(List.of(id));
        else tied.add(id);
        if (item.endsWith("}")) tied = null;
      }
      if (tied != null) throw refuse("a closing '}'", Row.found(written), "");
      return order;
    }

    private void checkHeader() {
      if (names.isEmpty() || declared("NUMBER ALTERNATIVES", names.size()) != names.size()) {
        throw new InputException(
            lines.file(),
            "a line '# ALTERNATIVE NAME n: ...' for each of "
                + header.getOrDefault("NUMBER ALTERNATIVES", "the")
                + " alternatives",
            "" + names.size(),
            "Files without '#' are of the old format: take them from preflib.org again.");
      }
    }

    private void checkVoters(List<String> notes) {
      long expected = declared("NUMBER VOTERS", voters);
      if (expected == voters) return;
      var wrong =
          new InputException(
              lines.file(), Texts.count(expected, "voter") + " as in the header", "" + voters, "");
      if (notes.isEmpty()) throw wrong;
      notes.add(wrong.getMessage());
    }

    private long declared(String key, long otherwise) {
      return header.containsKey(key) ? whole(header.get(key)) : otherwise;
    }

    private static long whole(String written) {
      return written.matches("\\d{1,12}") ? Long.parseLong(written) : 0;
    }

    private InputException refuse(String expected, String found, String next) {
      return new InputException(lines.where(), expected, found, next.isEmpty() ? Row.MEND : next);
    }

    @Override
    public long number() {
      return lines.number();
    }

    @Override
    public void close() {
      lines.close();
    }
  }
}
