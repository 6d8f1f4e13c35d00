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
 * Sixty posts of an invented forum, four summaries each (short, medium, long and one that misses
 * the point), and which of two of them 25 workers preferred. One half of the workers likes short
 * and plain summaries, the other long and detailed ones; nobody likes to miss the point.
 */
final class Summaries {
  private static final int WORKERS = 25;
  private static final int ANSWERS = 60; // a worker
  private static final List<String> KINDS = List.of("short", "medium", "long", "off");
  private static final double[] SHORT_TASTE = {1.2, 0.4, -0.8, -1.2};
  private static final double[] LONG_TASTE = {-0.8, 0.4, 1.2, -1.2};

  private record Post(String text, List<String> summaries) {}

  private final List<Post> posts = new ArrayList<>();

  Summaries() {
    var slots = new ArrayList<String[]>();
    var texts = new LinkedHashMap<String, String>();
    for (var line : Samples.lines("posts.txt")) {
      if (line.startsWith("= ")) {
        addPosts(slots, texts);
        slots.clear();
        texts.clear();
      } else if (line.contains(" | ")) slots.add(line.split(" \\| "));
      else texts.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 2));
    }
    addPosts(slots, texts);
  }

  private void addPosts(List<String[]> slots, Map<String, String> texts) {
    for (var values : slots) {
      var summaries = KINDS.stream().map(kind -> filled(texts.get(kind), values)).toList();
      posts.add(new Post(filled(texts.get("post"), values), summaries));
    }
  }

  /** The text with its slots filled and every sentence begun with a capital. */
  private static String filled(String text, String[] values) {
    var filled = text;
    for (int i = 0; i < values.length; i++) filled = filled.replace("{" + i + "}", values[i]);
    var sentence = new StringBuilder(filled);
    for (int i = 0; i < sentence.length(); i++) {
      if (begins(sentence, i)) sentence.setCharAt(i, Character.toUpperCase(sentence.charAt(i)));
    }
    return sentence.toString();
  }

  private static boolean begins(StringBuilder text, int at) {
    return at == 0
        || at >= 2 && text.charAt(at - 1) == ' ' && ".?!".indexOf(text.charAt(at - 2)) >= 0;
  }

  /** One answer a line, in a random order. */
  String jsonl() {
    var lines = new ArrayList<String>();
    for (int worker = 1; worker <= WORKERS; worker++) lines.addAll(answers(worker));
    var text = new StringBuilder();
    for (int i : Seeds.permutation(lines.size(), Seeds.stream(2024, "lines"))) {
      text.append(lines.get(i)).append('\n');
    }
    return text.toString();
  }

  private List<String> answers(int worker) {
    var random = Seeds.stream(2024, "worker " + worker);
    double[] taste = worker % 2 == 1 ? SHORT_TASTE : LONG_TASTE;
    var lines = new ArrayList<String>();
    int[] order = Seeds.permutation(posts.size() * 6, random);
    for (int k = 0; k < ANSWERS; k++) {
      var post = posts.get(order[k] / 6);
      int pair = order[k] % 6;
      int a = pair < 3 ? 0 : pair < 5 ? 1 : 2;
      int b = pair < 3 ? pair + 1 : pair < 5 ? pair - 1 : 3;
      boolean first = wins(taste[a] - taste[b], random);
      lines.add(
          line(worker, post, post.summaries.get(first ? a : b), post.summaries.get(first ? b : a)));
    }
    return lines;
  }

  // No exponential: the same bits on every machine.
  private static boolean wins(double by, SplittableRandom random) {
    return random.nextDouble() < Math.max(0.06, Math.min(0.94, 0.5 + 0.25 * by));
  }

  private static String line(int worker, Post post, String winner, String loser) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("worker", "worker-" + worker);
    fields.put("post", post.text);
    fields.put("winner", winner);
    fields.put("loser", loser);
    try {
      return new ObjectMapper().writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
