package palette.data.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import palette.data.Preferences;
import palette.support.Connected;

/**
 * Circles a &gt; b &gt; c &gt; a among the answers of one user to one prompt, in rounds that need
 * not be complete. An edge is what the user answered more often; a draw is none. Of the triads of a
 * graph with so many edges, items and parts, edges - items + parts can be circles independently of
 * each other (the rank of its circles).
 */
final class Circles {
  private static final int MOST_ITEMS = 2000; // a user who compared more has votes made into pairs

  private final Map<Integer, Integer> index = new HashMap<>();
  private final List<BitSet> beats = new ArrayList<>();
  private final List<BitSet> beaten = new ArrayList<>();
  private int edges;

  /** Counts the circles of every user into their signs. */
  static void count(Preferences answers, Asked asked, Signs[] users) {
    var rounds = new HashMap<Long, Circles>(); // of a user and a prompt
    long prompts = answers.prompts().size() + 1L;
    for (int cell = 0; cell < asked.size(); cell++) {
      int low = Math.min(answers.chosen(asked.row[cell]), answers.rejected(asked.row[cell]));
      int high = Math.max(answers.chosen(asked.row[cell]), answers.rejected(asked.row[cell]));
      int way = Integer.compare(asked.low(cell), asked.high(cell));
      if (way == 0) continue;
      long key = asked.user[cell] * prompts + answers.prompt(asked.row[cell]) + 1;
      var round = rounds.computeIfAbsent(key, k -> new Circles());
      round.add(way > 0 ? low : high, way > 0 ? high : low);
    }
    rounds.forEach((key, round) -> round.count(users[(int) (key / prompts)]));
  }

  private void add(int winner, int loser) {
    int w = at(winner);
    int l = at(loser);
    beats.get(w).set(l);
    beaten.get(l).set(w);
    edges++;
  }

  private int at(int item) {
    Integer known = index.putIfAbsent(item, index.size());
    if (known != null) return known;
    beats.add(new BitSet());
    beaten.add(new BitSet());
    return index.size() - 1;
  }

  private void count(Signs signs) {
    int items = index.size();
    if (items < 3 || items > MOST_ITEMS) return;
    var graph = new Connected(items);
    long circles = 0;
    long transitive = 0; // each has one edge from its best to its worst, with the third between
    for (int w = 0; w < items; w++) {
      var losers = beats.get(w);
      for (int l = losers.nextSetBit(0); l >= 0; l = losers.nextSetBit(l + 1)) {
        graph.link(w, l);
        circles += common(beats.get(l), beaten.get(w));
        transitive += common(losers, beaten.get(l));
      }
    }
    signs.circles += Math.toIntExact(circles / 3);
    signs.triads += Math.toIntExact(circles / 3 + transitive);
    signs.independent += edges - items + graph.count();
  }

  private static int common(BitSet a, BitSet b) {
    var both = (BitSet) a.clone();
    both.and(b);
    return both.cardinality();
  }
}
