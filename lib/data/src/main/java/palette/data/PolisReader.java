package palette.data;

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
import palette.data.io.PolisFiles;
import palette.data.io.PolisLog;
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
  private static final List<String> COMMENTS = List.of("comments.csv");
  private static final List<String> VOTES =
      List.of("participants-votes.csv", "participant-votes.csv");
  private static final List<String> LOG = List.of("votes.csv");
  private static final Set<String> NOT_VOTES =
      Set.of("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree", "xid");

  private final boolean withoutRejected;
  private final Set<String> without;

  PolisReader(Input folder) {
    this(folder, false, Set.of());
  }

  private PolisReader(Input folder, boolean withoutRejected, Set<String> without) {
    super(folder);
    this.withoutRejected = withoutRejected;
    this.without = without;
  }

  @Override
  PolisReader with(Input other) {
    return new PolisReader(other, withoutRejected, without);
  }

  /** Leaves out votes on statements that the moderators rejected (moderated -1). */
  public PolisReader withoutRejected() {
    return new PolisReader(input, true, without);
  }

  /** Leaves out votes on these comment-ids: facts such as "I am a tenant" are no preferences. */
  public PolisReader without(String... comments) {
    return new PolisReader(input, withoutRejected, Set.of(comments));
  }

  @Override
  public Judgements read() {
    var comments = new Comments();
    comments.notes.addAll(file(COMMENTS).each(comments::add));
    comments.checkKnown(without);
    var votes = new Votes(comments);
    var log = PolisFiles.log(input.path(), VOTES, LOG);
    comments.notes.addAll(
        log == null ? file(VOTES).each(votes::add) : logged(input.file(log), votes));
    return votes.judgements();
  }

  private static List<String> logged(Input file, Votes votes) {
    var log = new PolisLog();
    var notes = new ArrayList<>(file.each(log::add));
    if (log.changed() > 0) {
      notes.add(
          Texts.count(log.changed(), "vote") + " changed later left out: the last one counts.");
    }
    log.each(votes::add);
    return notes;
  }

  /**
   * The opinion group that Polis itself saw each participant in, by participant; those without are
   * missing.
   */
  public Map<String, String> groups() {
    var groups = new LinkedHashMap<String, String>();
    file(VOTES).each(row -> addGroup(groups, row));
    return groups;
  }

  private static void addGroup(Map<String, String> groups, Row row) {
    String group = Mapping.NONE.optional(row, "group-id");
    if (group != null) groups.put(Mapping.NONE.required(row, "participant"), group);
  }

  private Input file(List<String> names) {
    var path = input.path();
    var folder = PolisFiles.isLog(path, VOTES, LOG) ? path.toAbsolutePath().getParent() : path;
    return input.file(PolisFiles.find(folder, names));
  }

  /** What is known of the statements. */
  private static final class Comments {
    private final Map<String, String> texts = new HashMap<>();
    private final Set<String> rejected = new HashSet<>();
    private final List<String> notes = new ArrayList<>();

    private void add(Row row) {
      String id = column(row, "comment-id");
      String text = column(row, "comment-body");
      String moderated = column(row, "moderated");
      boolean out = !moderated.isBlank() && row.number("moderated", moderated) == -1;
      if (texts.putIfAbsent(id, text) != null) {
        throw row.refuse("each comment-id once", Row.found(id) + " twice", "");
      }
      if (out) rejected.add(id);
    }

    private void checkKnown(Set<String> ids) {
      for (var id : ids) {
        Checks.require(texts.containsKey(id), "without", "ids of comments.csv", "'" + id + "'");
      }
    }
  }

  /** The votes so far, and what was left out of them. */
  private final class Votes {
    private final Comments comments;
    private final Judgements.Builder builder = Judgements.builder();
    private final Set<String> participants = new HashSet<>();
    private final Set<String> unlisted = new LinkedHashSet<>();
    private long unwanted;
    private long passes;
    private long onRejected;
    private long withoutText;

    private Votes(Comments comments) {
      this.comments = comments;
    }

    private void add(Row row) {
      String user = Mapping.NONE.required(row, "participant");
      if (participants.contains(user)) {
        throw row.refuse("each participant once", Row.found(user) + " twice", "");
      }
      var votes = new LinkedHashMap<String, Integer>();
      for (var field : row.fields()) {
        if (comments.texts.containsKey(field) && !row.text(field).isEmpty()) {
          votes.put(field, vote(row, field));
        }
      }
      participants.add(user);
      for (var field : row.fields()) {
        if (!comments.texts.containsKey(field) && !NOT_VOTES.contains(field)) unlisted(row, field);
      }
      votes.forEach((comment, vote) -> add(user, comment, vote));
    }

    // A number may be a statement that was deleted; anything else is no column of votes.
    private void unlisted(Row row, String field) {
      if (!field.matches("\\d+")) unlisted.add(field);
      else if (!row.text(field).isEmpty()) withoutText++;
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

    private void add(String user, String comment, int vote) {
      String text = comments.texts.getOrDefault(comment, "");
      boolean rejected = comments.rejected.contains(comment);
      if (without.contains(comment)) unwanted++;
      else if (vote == 0) passes++;
      else if (text.isBlank()) withoutText++;
      else {
        if (rejected) onRejected++;
        if (!rejected || !withoutRejected) builder.item(comment, text).add(user, comment, vote);
      }
    }

    private Judgements judgements() {
      var notes = comments.notes;
      if (unwanted > 0) notes.add(Texts.count(unwanted, "vote") + " left out by .without().");
      if (passes > 0) notes.add(Texts.count(passes, "pass vote") + " left out.");
      if (!unlisted.isEmpty()) {
        notes.add(
            "Not in comments.csv, so no votes: "
                + Texts.count(unlisted.size(), "column")
                + " "
                + Mapping.listed(unlisted)
                + ".");
      }
      if (withoutText > 0) {
        notes.add(Texts.count(withoutText, "vote") + " on statements without a text left out.");
      }
      if (onRejected > 0) {
        String done = withoutRejected ? " left out." : " kept; .withoutRejected() leaves them out.";
        notes.add(
            Texts.count(onRejected, "vote") + " on statements that moderators rejected" + done);
      }
      return builder.build().withNotes(notes);
    }
  }

  private static String column(Row row, String name) {
    String value = row.text(name);
    if (value == null)
      throw row.refuse("a column '" + name + "'", Mapping.listed(row.fields()), "");
    return value;
  }

  static PolisReader of(Path folder) {
    return new PolisReader(Input.of(folder));
  }
}
