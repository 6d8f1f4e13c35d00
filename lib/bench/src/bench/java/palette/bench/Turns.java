package palette.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import palette.support.Texts;

/**
 * Palette, then each peer, again and again: so that what else runs on the machine weighs on all
 * alike. Ratios are taken turn by turn; their median counts, and their range says how quiet it was.
 */
record Turns(List<PeerTask.Run> ours, List<List<Peers.Run>> theirs) {
  static final int COUNT = Integer.getInteger("bench.turns", 5);
  private static final String LINE = "| %-34s | %9.2f | %12.2f | %5.2f (%.2f-%.2f) | %s | %s |";

  @SafeVarargs
  static Turns of(Supplier<PeerTask.Run> palette, Supplier<Peers.Run>... peers) {
    var turns = new Turns(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < peers.length; i++) turns.theirs.add(new ArrayList<>());
    palette.get(); // the JVM compiles its loops
    for (int turn = 0; turn < COUNT; turn++) {
      turns.ours.add(palette.get());
      for (int i = 0; i < peers.length; i++) turns.theirs.get(i).add(peers[i].get());
    }
    return turns;
  }

  /** The peer with the least median. */
  int best() {
    int best = 0;
    for (int i = 1; i < theirs.size(); i++) if (seconds(i) < seconds(best)) best = i;
    return best;
  }

  /** Median seconds of Palette's epoch. */
  double seconds() {
    return Peers.median(ours.stream().mapToDouble(PeerTask.Run::seconds).toArray());
  }

  private double seconds(int peer) {
    return Peers.median(theirs.get(peer).stream().mapToDouble(Peers.Run::seconds).toArray());
  }

  static void header() {
    System.out.println("\nMedians of " + Texts.count(COUNT, "turn") + "; times are ms an epoch.");
    System.out.println(
        "| training                           | Palette   | peer         | ratio (range)    | final"
            + " losses     | test accuracy, peer |");
    System.out.println("|---|---|---|---|---|---|");
  }

  void print(String name, int peer, String how) {
    double[] ratios = new double[ours.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = theirs.get(peer).get(i).seconds() / ours.get(i).seconds();
    }
    var a = ours.get(0);
    var b = theirs.get(peer).get(0);
    System.out.println(
        Texts.format(
            LINE,
            name,
            1e3 * seconds(),
            1e3 * seconds(peer),
            Peers.median(ratios),
            Arrays.stream(ratios).min().orElseThrow(),
            Arrays.stream(ratios).max().orElseThrow(),
            Texts.format("%.6f %.6f", a.loss(), b.loss()),
            Texts.format("%.4f %.4f, %s", a.accuracy(), b.accuracy(), how)));
  }
}
