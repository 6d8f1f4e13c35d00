package palette.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import palette.data.io.Input;
import palette.data.io.Mapping;
import palette.data.io.Place;
import palette.data.io.Row;
import palette.support.Checks;
import palette.support.InputException;
import palette.support.Texts;

/**
 * Reads a conversation as Polis exports it: a folder with {@code comments.csv} (comment-id,
 * moderated, comment-body, ...) and {@code participants-votes.csv} (participant, group-id, ...,
 * then a column for every comment-id). The latter is {@code participant-votes.csv} in exports of
 * today, and both may begin with the export's name and a hyphen. A folder without it, or the file
 * itself, may have the log of all votes instead, {@code votes.csv} (timestamp, comment-id,
 * voter-id, vote), of which somebody's last vote on a statement counts. The item is the comment-id,
 * its text the statement, the value +1 for agree and -1 for disagree. A pass (0) says nothing of
 * better or worse: passes are counted in the notes and left out. So are votes on a statement that
 * has no text. Votes on statements that the moderators rejected later stay, since people gave them;
 * {@link #withoutRejected} leaves them out.
 *
 * <p>Source: the compdemocracy/openData repository.
 */
public final class PolisReader extends DataReader<Judgements, PolisReader> {
  private static final List<String> VOTES =
      List.of("participants-votes.csv", "participant-votes.csv");
  private static final Set<String> NOT_VOTES =
      Set.of("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree", "xid");

  private record Logged(double time, int value) {}

  private boolean withoutRejected;
  private Set<String> without = Set.of();

  PolisReader(Input folder) {
    super(folder);
  }

  /** Leaves out votes on statements that the moderators rejected (moderated -1). */
  public PolisReader withoutRejected() {
    return with(r -> r.withoutRejected = true);
  }

  /** Leaves out votes on these comment-ids: facts such as "I am a tenant" are no preferences. */
  public PolisReader without(String... comments) {
    return with(r -> r.without = Set.of(comments));
  }

  @Override
  public Judgements read() {
    var reading = new Reading();
    var notes = file(List.of("comments.csv")).each(reading::addComment);
    for (var id : without) {
      boolean known = reading.texts.containsKey(id);
      Checks.require(known, "without", "ids of comments.csv", "'" + id + "'");
    }
    var log = log();
    return reading.judgements(
        notes, log == null ? file(VOTES).each(reading::addRow) : reading.addLog(input.file(log)));
  }

  /**
   * The opinion group that Polis itself saw each participant in, by participant; those without are
   * missing.
   */
  public Map<String, String> groups() {
    var groups = new LinkedHashMap<String, String>();
    file(VOTES)
        .each(
            row -> {
              String group = row.text("group-id");
              String participant = row.required("participant");
              if (group != null && !group.isBlank()) groups.put(participant, group);
            });
    return groups;
  }

  // ------------------------------------------------------------------- files, whose names changed

  private Input file(List<String> names) {
    var path = input.path();
    var folder = isLog(path) ? path.toAbsolutePath().getParent() : path;
    if (!Files.isDirectory(folder)) return input.file(folder.resolve(names.get(0))); // it complains
    String expected =
        "one file " + String.join(" or ", names) + ", by that name or behind \"...-\"";
    String more = "Give each export a folder of its own.";
    return input.file(
        Place.only(folder, inside(folder, names), expected, "Check the folder.", more));
  }

  /** The log of votes: the file itself, or that of a folder that has no table of votes; or null. */
  private Path log() {
    var path = input.path();
    if (!Files.isDirectory(path)) return isLog(path) ? path : null;
    if (!inside(path, VOTES).isEmpty()) return null;
    var logs = inside(path, List.of("votes.csv"));
    return logs.size() == 1 ? logs.get(0) : null;
  }

  private static boolean isLog(Path path) {
    return is(path, List.of("votes.csv")) && !is(path, VOTES) && Files.isRegularFile(path);
  }

  private static boolean is(Path file, List<String> names) {
    String name = Place.name(file);
    return names.stream().anyMatch(n -> name.equals(n) || name.endsWith("-" + n));
  }

  private static List<Path> inside(Path folder, List<String> names) {
    var there = names.stream().map(folder::resolve).filter(Files::exists).toList();
    return there.isEmpty() ? Place.inside(folder, file -> is(file, names)) : there;
  }

  // -------------------------------------------------------------------------------------- records

  /** Statements and votes so far. */
  private final class Reading {
    private final Intake intake = new Intake();
    private final Map<String, String> texts = new HashMap<>(); // by comment-id
    private final Set<String> rejected = new HashSet<>();
    private final Set<String> participants = new HashSet<>();
    private final Set<String> unlisted = new LinkedHashSet<>();

    private void addComment(Row row) {
      String id = column(row, "comment-id");
      String text = column(row, "comment-body");
      String moderated = column(row, "moderated");
      boolean out = !moderated.isBlank() && row.number("moderated", moderated) == -1;
      if (texts.putIfAbsent(id, text) != null) throw row.twice("each comment-id once", id);
      if (out) rejected.add(id);
    }

    private static String column(Row row, String name) {
      String value = row.text(name);
      if (value != null) return value;
      throw row.refuse("a column '" + name + "'", Mapping.listed(row.fields()), "");
    }

    private void addRow(Row row) {
      String user = row.required("participant");
      if (participants.contains(user)) throw row.twice("each participant once", user);
      var votes = new LinkedHashMap<String, Integer>();
      for (var field : row.fields()) {
        if (texts.containsKey(field) && !row.text(field).isEmpty()) {
          votes.put(field, vote(row, field));
        }
      }
      participants.add(user);
      for (var field : row.fields()) {
        if (!texts.containsKey(field) && !NOT_VOTES.contains(field)) unlisted(row, field);
      }
      votes.forEach((comment, vote) -> add(user, comment, vote));
    }

    // A number may be a statement that was deleted; anything else is no column of votes.
    private void unlisted(Row row, String field) {
      if (!field.matches("\\d+")) unlisted.add(field);
      else if (!row.text(field).isEmpty()) withoutText();
    }

    private void withoutText() {
      intake.leave(1, "vote", " on statements without a text left out.");
    }

    private int vote(Row row, String comment) {
      return switch (row.text(comment)) {
        case "1", "1.0" -> 1;
        case "-1", "-1.0" -> -1;
        case "0", "0.0" -> 0;
        default ->
            throw new InputException(
                row.where() + ", comment " + comment,
                "1 (agree), -1 (disagree), 0 (pass) or nothing",
                Row.found(row.text(comment)),
                "");
      };
    }

    // Who votes again on a statement has changed their mind; of one moment the later line counts.
    private List<String> addLog(Input file) {
      var log = new LinkedHashMap<String, Map<String, Logged>>(); // by voter and comment
      var notes = file.each(row -> addLogged(row, log));
      log.forEach((user, mine) -> mine.forEach((id, vote) -> add(user, id, vote.value)));
      return notes;
    }

    private void addLogged(Row row, Map<String, Map<String, Logged>> log) {
      String user = row.required("voter-id");
      String comment = row.required("comment-id");
      double time = row.number("timestamp", row.required("timestamp"));
      double vote = row.number("vote", row.required("vote"));
      if (Math.abs(vote) > 1 || vote != Math.rint(vote)) {
        String expected = "1 (agree), -1 (disagree) or 0 (pass) in 'vote'";
        throw row.refuse(expected, Row.found(row.text("vote")), "");
      }
      var mine = log.computeIfAbsent(user, id -> new LinkedHashMap<>());
      var before = mine.get(comment);
      if (before != null) {
        intake.leave(1, "vote", " changed later left out: the last one counts.");
      }
      if (before == null || time >= before.time) mine.put(comment, new Logged(time, (int) vote));
    }

    private void add(String user, String comment, int vote) {
      String text = texts.getOrDefault(comment, "");
      if (without.contains(comment)) intake.leave(1, "vote", " left out by .without().");
      else if (vote == 0) intake.leave(1, "pass vote", " left out.");
      else if (text.isBlank()) withoutText();
      else if (kept(comment)) intake.judgements.item(comment, text).add(user, comment, vote);
    }

    private boolean kept(String comment) {
      if (!rejected.contains(comment)) return true;
      String done = withoutRejected ? " left out." : " kept; .withoutRejected() leaves them out.";
      intake.leave(1, "vote", " on statements that moderators rejected" + done);
      return !withoutRejected;
    }

    private Judgements judgements(List<String> ofComments, List<String> ofVotes) {
      var notes = new ArrayList<>(ofComments);
      notes.addAll(ofVotes);
      if (!unlisted.isEmpty()) {
        String columns = Texts.count(unlisted.size(), "column") + " " + Mapping.listed(unlisted);
        notes.add("Not in comments.csv, so no votes: " + columns + ".");
      }
      return intake.judgements(notes, false);
    }
  }
}
