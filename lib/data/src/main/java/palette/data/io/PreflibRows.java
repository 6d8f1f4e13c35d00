package palette.data.io;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import palette.support.InputException;

/** A PrefLib file: the header, then the orders one after another. */
public final class PreflibRows implements Rows<PreflibRows.Vote> {
  private final Lines lines;
  private final PreflibHeader header;
  private boolean begun;

  /** An order of a number of voters, best first; tied alternatives together. */
  public record Vote(long voters, List<List<String>> order) {

    /** How many alternatives have a rank. */
    public long ranked() {
      return order.stream().mapToLong(List::size).sum();
    }
  }

  /** Reads from these lines and closes them. */
  public PreflibRows(Lines lines) {
    this.lines = lines;
    header = new PreflibHeader(lines.file());
  }

  /** The header so far; whole when the first order was read. */
  public PreflibHeader header() {
    return header;
  }

  @Override
  public Vote next() {
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (line.startsWith("#")) header.add(line.substring(1).strip(), lines.where());
      else if (!line.isBlank()) return vote(line);
    }
    return null;
  }

  private Vote vote(String line) {
    if (!begun) header.check();
    begun = true;
    int colon = line.indexOf(':');
    long count = colon < 0 ? 0 : PreflibHeader.whole(line.substring(0, colon).strip());
    if (count < 1 || count > header.declared("NUMBER VOTERS", Long.MAX_VALUE)) {
      throw refuse("'count: best,second,...'", Row.found(line), "");
    }
    var vote = new Vote(count, new Order(line.substring(colon + 1)).groups());
    checkType(vote);
    return vote;
  }

  private void checkType(Vote vote) {
    String type = header.type();
    int all = header.names().size();
    if (type.endsWith("c") && vote.ranked() != all) {
      throw refuse("all " + all + " alternatives, as a ." + type + " has", "" + vote.ranked(), "");
    }
    if (type.startsWith("s") && vote.ranked() != vote.order().size()) {
      throw refuse("a strict order, as a ." + type + " has", "a tie", "");
    }
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
      if (!header.names().containsKey(id)) {
        String next = "They are 1 to " + header.names().size() + ".";
        throw refuse("an alternative of the header", Row.found(id), next);
      }
      if (!seen.add(id)) throw refuse("each alternative once", "'" + id + "' twice", "");
      return id;
    }
  }

  /** What to throw about the line that was read last. */
  public InputException refuse(String expected, String found, String next) {
    return new InputException(lines.where(), expected, found, next.isEmpty() ? Row.MEND : next);
  }

  /** The name of the file. */
  public String file() {
    return lines.file();
  }

  @Override
  public long number() {
    return lines.number();
  }

  @Override
  public double share() {
    return lines.share();
  }

  @Override
  public void close() {
    lines.close();
  }
}
