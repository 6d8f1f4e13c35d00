package palette.data.io;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Votes in the order of their times, as Polis logs them: who votes again on a statement has changed
 * their mind. Of two votes of one moment the later line counts.
 */
public final class PolisLog {
  private record Vote(double time, int value) {}

  /** Takes somebody's vote on a statement. */
  @FunctionalInterface
  public interface Use {
    /** 1 agree, -1 disagree, 0 pass. */
    void accept(String user, String comment, int vote);
  }

  private final Map<String, Map<String, Vote>> votes = new LinkedHashMap<>();
  private long changed;

  /** One line of the log. */
  public void add(Row row) {
    String user = row.required("voter-id");
    String comment = row.required("comment-id");
    double time = row.number("timestamp", row.required("timestamp"));
    double vote = row.number("vote", row.required("vote"));
    if (Math.abs(vote) > 1 || vote != Math.rint(vote)) {
      throw row.refuse(
          "1 (agree), -1 (disagree) or 0 (pass) in 'vote'", Row.found(row.text("vote")), "");
    }
    var mine = votes.computeIfAbsent(user, id -> new LinkedHashMap<>());
    var before = mine.get(comment);
    if (before != null) changed++;
    if (before == null || time >= before.time) mine.put(comment, new Vote(time, (int) vote));
  }

  /** How many votes another one on the same statement replaced. */
  public long changed() {
    return changed;
  }

  /** Hands on the votes that count. */
  public void each(Use use) {
    votes.forEach((user, mine) -> mine.forEach((id, vote) -> use.accept(user, id, vote.value)));
  }
}
