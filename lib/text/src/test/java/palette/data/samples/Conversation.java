package palette.data.samples;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import palette.support.Seeds;

/**
 * A conversation of an invented town, in the form of a Polis export. Every statement has, for each
 * of three groups (quiet residents, shopkeepers and drivers, young families), how readily it agrees
 * from 0 to 9. A participant belongs to one group mostly and to another a little.
 */
final class Conversation {
  private static final int[] SIZES = {60, 50, 40};
  private static final long BEGAN = Instant.parse("2024-03-01T08:00:00Z").toEpochMilli();
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ENGLISH);

  private record Comment(String text, int author, boolean rejected, double[] agreement) {}

  private record Participant(int group, Integer[] votes) {}

  private final List<Comment> comments = new ArrayList<>();
  private final List<Participant> participants = new ArrayList<>();

  Conversation() {
    var lines = Samples.lines("statements.txt");
    var random = Seeds.stream(2024, "authors");
    for (int i : Seeds.permutation(lines.size(), Seeds.stream(2024, "order"))) {
      int author = comments.size() < 20 ? 0 : 1 + random.nextInt(149);
      comments.add(comment(lines.get(i), author, false));
    }
    comments.add(comment("5 5 5 test test", 17, true));
    comments.add(comment("4 4 4 Visit my shop, ten per cent off until Easter!", 58, true));
    var groups = new ArrayList<Integer>();
    for (int g = 0; g < SIZES.length; g++) for (int i = 0; i < SIZES[g]; i++) groups.add(g);
    for (int i : Seeds.permutation(groups.size(), Seeds.stream(2024, "groups"))) {
      participants.add(participant(groups.get(i)));
    }
  }

  private static Comment comment(String line, int author, boolean rejected) {
    double[] agreement = new double[SIZES.length];
    for (int g = 0; g < agreement.length; g++) {
      agreement[g] = 0.05 + 0.1 * (line.charAt(2 * g) - '0');
    }
    return new Comment(line.substring(6), author, rejected, agreement);
  }

  private Participant participant(int group) {
    var random = Seeds.stream(2024, "participant " + participants.size());
    int other = (group + 1 + random.nextInt(2)) % 3;
    double own = 0.75 + 0.25 * random.nextDouble();
    double mood = 0.1 * random.nextDouble() - 0.05;
    boolean patient = random.nextDouble() < 0.88;
    int shown = patient ? 44 + random.nextInt(24) : 5 + random.nextInt(25);
    var votes = new Integer[comments.size()];
    int[] order = Seeds.permutation(votes.length, random);
    for (int k = 0; k < shown; k++) {
      var comment = comments.get(order[k]);
      if (comment.rejected && random.nextInt(10) > 0) continue;
      double agree = own * comment.agreement[group] + (1 - own) * comment.agreement[other] + mood;
      votes[order[k]] = vote(agree, random);
    }
    return new Participant(group, votes);
  }

  private static int vote(double agree, SplittableRandom random) {
    double sure = Math.abs(2 * agree - 1);
    if (random.nextDouble() < 0.03 + 0.15 * (1 - sure)) return 0;
    return random.nextDouble() < agree ? 1 : -1;
  }

  /** comments.csv, the newest first. */
  String comments() {
    var csv =
        new StringBuilder(
            "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n");
    for (int id = comments.size() - 1; id >= 0; id--) {
      var comment = comments.get(id);
      long time = BEGAN + (id < 20 ? id * 20_000L : id * 5_400_000L + id * id * 1_000L);
      csv.append(time)
          .append(',')
          .append(DATE.format(Instant.ofEpochMilli(time).atOffset(ZoneOffset.UTC)))
          .append("," + id + "," + comment.author)
          .append("," + of(id, 1) + "," + of(id, -1))
          .append("," + (comment.rejected ? -1 : 1) + "," + quoted(comment.text) + "\n");
    }
    return csv.toString();
  }

  private long of(int id, int value) {
    return participants.stream().filter(p -> p.votes[id] != null && p.votes[id] == value).count();
  }

  private static String quoted(String text) {
    boolean plain = !text.contains(",") && !text.contains("\"");
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  /** participants-votes.csv; the group is the planted one, empty below seven votes as in Polis. */
  String votes() {
    var csv = new StringBuilder("participant,group-id,n-comments,n-votes,n-agree,n-disagree");
    for (int id = 0; id < comments.size(); id++) csv.append("," + id);
    csv.append('\n');
    for (int who = 0; who < participants.size(); who++) row(csv, who);
    return csv.toString();
  }

  private void row(StringBuilder csv, int who) {
    var participant = participants.get(who);
    int[] counts = new int[3];
    for (var vote : participant.votes) if (vote != null) counts[vote + 1]++;
    int all = counts[0] + counts[1] + counts[2];
    long wrote = comments.stream().filter(c -> c.author == who).count();
    csv.append(who + "," + (all < 7 ? "" : participant.group) + "," + wrote + "," + all);
    csv.append("," + counts[2] + "," + counts[0]);
    for (var vote : participant.votes) csv.append("," + (vote == null ? "" : vote));
    csv.append('\n');
  }
}
