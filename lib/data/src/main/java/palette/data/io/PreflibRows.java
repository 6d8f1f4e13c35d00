package palette.data.io;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import palette.support.InputException;
import palette.support.Texts;

/**
 * A PrefLib file: the header, lines with {@code #}, then the orders one after another. What is
 * wrong with the header is said when the first order comes.
 */
public final class PreflibRows extends LineRows<PreflibRows.Vote> {
  // A line of few bytes may stand for any number of voters, who all take memory.
  private static final long MOST_VOTERS = 1_000_000;
  private static final long MOST_RANKS = 10_000_000;
  private static final String NAME = "ALTERNATIVE NAME ";
  private static final String VOTERS = "NUMBER VOTERS";
  private static final List<String> COUNTS = List.of(VOTERS, "NUMBER ALTERNATIVES");
  private static final List<String> TYPES = List.of("soc", "soi", "toc", "toi");

  private final Map<String, String> header = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private InputException fault; // the header's first; without a header nothing else is right

  private long voters; // so far
  private long ranks;

  /** An order of a number of voters, best first; tied alternatives together. */
  record Vote(long voters, List<List<String>> order) {
    private long ranked() {
      return order.stream().mapToLong(List::size).sum();
    }
  }

  /** Takes the rank, from 1, that a voter gave an alternative of this number and name. */
  @FunctionalInterface
  public interface Use {
    void accept(String voter, String item, String name, int rank);
  }

  private PreflibRows(Lines lines) {
    super(lines);
  }

  /** Hands on all ranks, voter by voter; returns what is worth saying of what was left out. */
  public static List<String> each(Input input, Use use) {
    try (var rows = new PreflibRows(input.lines())) {
      var notes = new ArrayList<>(input.each(rows, vote -> rows.handOn(vote, use)));
      long expected = rows.declared(VOTERS, rows.voters);
      if (expected == rows.voters) return notes;
      String said = Texts.count(expected, "voter") + " as in the header";
      var wrong = new InputException(rows.lines.file(), said, "" + rows.voters, "");
      if (notes.isEmpty()) throw wrong;
      notes.add(wrong.getMessage());
      return notes;
    }
  }

  private void handOn(Vote vote, Use use) {
    long more = vote.voters * vote.ranked();
    limit("voters", voters + vote.voters, MOST_VOTERS);
    limit("ranks", ranks + more, MOST_RANKS);
    ranks += more;
    for (long v = 0; v < vote.voters; v++) {
      Stop.ifInterrupted("Reading " + lines.file());
      voters++;
      for (int rank = 0; rank < vote.order.size(); rank++) {
        for (var item : vote.order.get(rank)) {
          use.accept("v" + voters, item, names.get(item), rank + 1);
        }
      }
    }
  }

  private void limit(String what, long n, long most) {
    if (n <= most) return;
    String expected = Texts.format("at most %,d %s", most, what);
    throw refuse(expected, Texts.format("%,d", n), "Take a sample of the file.");
  }

  /** What to throw about the line that was read last. */
  private InputException refuse(String expected, String found, String next) {
    return new InputException(lines.where(), expected, found, next.isEmpty() ? Row.MEND : next);
  }

  @Override
  public Vote next() {
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (line.startsWith("#")) head(line.substring(1).strip());
      else if (!line.isBlank()) return vote(line);
    }
    return null;
  }

  // --------------------------------------------------------------------------------------- header

  private void head(String line) {
    int colon = line.indexOf(':');
    if (colon < 0) return;
    String key = line.substring(0, colon).strip();
    String value = line.substring(colon + 1).strip();
    if (key.startsWith(NAME)) {
      name(key.substring(NAME.length()).strip(), value);
      return;
    }
    if (COUNTS.contains(key) && whole(value) < 1) {
      fault("a whole number of at least 1 as '" + key + "'", Row.found(value));
    }
    header.put(key, value);
    if (key.equals("DATA TYPE") && !TYPES.contains(type())) {
      fault("soc, soi, toc or toi as 'DATA TYPE'", Row.found(value));
    }
  }

  private void name(String id, String name) {
    if (whole(id) < 1) {
      fault("'# ALTERNATIVE NAME' and its number from 1", Row.found(id));
    } else if (names.putIfAbsent(id, name) != null) {
      fault("one name for each alternative", "a second for '" + id + "'");
    }
  }

  private void fault(String expected, String found) {
    if (fault == null) fault = refuse(expected, found, "Mend the header.");
  }

  private void checkHeader() {
    if (fault != null) throw fault;
    if (!names.isEmpty() && declared("NUMBER ALTERNATIVES", names.size()) == names.size()) return;
    String many = header.getOrDefault("NUMBER ALTERNATIVES", "the");
    throw new InputException(
        lines.file(),
        "a line '# ALTERNATIVE NAME n: ...' for each of " + many + " alternatives",
        "" + names.size(),
        "Files without '#' are of the old format: take them from preflib.org again.");
  }

  /** soc, soi, toc or toi; empty where the file does not say. */
  private String type() {
    return header.getOrDefault("DATA TYPE", "").toLowerCase(Locale.ROOT);
  }

  private long declared(String key, long otherwise) {
    return header.containsKey(key) ? whole(header.get(key)) : otherwise;
  }

  /** A whole number of up to twelve digits; 0 for anything else. */
  private static long whole(String written) {
    return written.matches("\\d{1,12}") ? Long.parseLong(written) : 0;
  }

  // --------------------------------------------------------------------------------------- orders

  private Vote vote(String line) {
    checkHeader();
    int colon = line.indexOf(':');
    long count = colon < 0 ? 0 : whole(line.substring(0, colon).strip());
    if (count < 1 || count > declared(VOTERS, Long.MAX_VALUE)) {
      throw refuse("'count: best,second,...'", Row.found(line), "");
    }
    var vote = new Vote(count, new Order(line.substring(colon + 1)).groups());
    if (type().endsWith("c") && vote.ranked() != names.size()) {
      String all = "all " + names.size() + " alternatives, as a ." + type() + " has";
      throw refuse(all, "" + vote.ranked(), "");
    }
    if (type().startsWith("s") && vote.ranked() != vote.order.size()) {
      throw refuse("a strict order, as a ." + type() + " has", "a tie", "");
    }
    return vote;
  }

  /** An order being taken apart: {@code 3,{1,2},4}. */
  private final class Order {
    private final String written;
    private final List<List<String>> groups = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private List<String> tied; // null: outside of braces

    private Order(String written) {
      this.written = written;
    }

    private List<List<String>> groups() {
      for (var part : written.split(",", -1)) add(part.strip());
      if (tied != null) throw refuse("a closing '}'", Row.found(written), "");
      return groups;
    }

    private void add(String part) {
      boolean opens = part.startsWith("{");
      boolean closes = part.endsWith("}");
      if (opens && tied != null) throw refuse("'}' before '{'", Row.found(written), "");
      if (closes && !opens && tied == null) throw refuse("'{' before '}'", Row.found(written), "");
      if (opens) groups.add(tied = new ArrayList<>());
      String id = known(part.substring(opens ? 1 : 0, part.length() - (closes ? 1 : 0)).strip());
      if (tied == null) groups.add(List.of(id));
      else tied.add(id);
      if (closes) tied = null;
    }

    private String known(String id) {
      if (!names.containsKey(id)) {
        String next = "They are 1 to " + names.size() + ".";
        throw refuse("an alternative of the header", Row.found(id), next);
      }
      if (!seen.add(id)) throw refuse("each alternative once", "'" + id + "' twice", "");
      return id;
    }
  }
}
