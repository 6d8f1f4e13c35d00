package palette.data.samples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import palette.support.Seeds;

/**
 * Sixty-four requests, one half for a fact and the other for advice, and in which of two manners 40
 * users would like to be answered. One group wants facts briefly and advice at length, the other
 * the reverse; nobody likes to be put off. The manners are the same for every request: what is
 * chosen cannot be foretold from the manner alone.
 */
final class Prompts {
  private static final int USERS = 40;
  private static final int ANSWERS = 60; // a user
  private static final List<String> MANNERS = List.of("brief", "thorough", "evasive");
  private static final double[] LIKED_BRIEF = {1, -1, -1.4};
  private static final double[] LIKED_LONG = {-1, 1, -1.4};

  private record Manner(int kind, String text) {}

  private final Map<String, List<String>> texts = Samples.sections("requests.txt");
  private final List<Manner> manners = new ArrayList<>();

  Prompts() {
    for (int kind = 0; kind < MANNERS.size(); kind++) {
      for (var text : texts.get(MANNERS.get(kind))) manners.add(new Manner(kind, text));
    }
  }

  /** One answer a line, in a random order. */
  String jsonl() {
    var lines = new ArrayList<String>();
    for (int user = 1; user <= USERS; user++) lines.addAll(answers(user));
    var text = new StringBuilder();
    for (int i : Seeds.permutation(lines.size(), Seeds.stream(2024, "requests"))) {
      text.append(lines.get(i)).append('\n');
    }
    return text.toString();
  }

  /** Three of five users want facts briefly; everybody is a little of the other kind. */
  private List<String> answers(int user) {
    var random = Seeds.stream(2024, "user " + user);
    double own = 0.85 + 0.15 * random.nextDouble();
    double brief = user % 5 < 3 ? own : 1 - own;
    var lines = new ArrayList<String>();
    while (lines.size() < ANSWERS) {
      boolean fact = random.nextInt(2) == 0;
      var requests = texts.get(fact ? "fact" : "advice");
      var request = requests.get(random.nextInt(requests.size()));
      var line = answer(user, request, fact ? brief : 1 - brief, random);
      if (!lines.contains(line)) lines.add(line);
    }
    return lines;
  }

  /** Two manners of different kinds, and which of them the user chose. */
  private String answer(int user, String request, double brief, SplittableRandom random) {
    var first = manners.get(random.nextInt(manners.size()));
    var second = manners.get(random.nextInt(manners.size()));
    while (second.kind == first.kind) second = manners.get(random.nextInt(manners.size()));
    boolean wins = wins(liked(first, brief) - liked(second, brief), random);
    return line(user, request, wins ? first : second, wins ? second : first);
  }

  private static double liked(Manner manner, double brief) {
    return brief * LIKED_BRIEF[manner.kind] + (1 - brief) * LIKED_LONG[manner.kind];
  }

  // No exponential: the same bits on every machine.
  private static boolean wins(double by, SplittableRandom random) {
    return random.nextDouble() < Math.max(0.06, Math.min(0.94, 0.5 + 0.35 * by));
  }

  private static String line(int user, String request, Manner winner, Manner loser) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("user", "user-" + user);
    fields.put("prompt", request);
    fields.put("chosen", winner.text);
    fields.put("rejected", loser.text);
    try {
      return new ObjectMapper().writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
